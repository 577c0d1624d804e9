package cn.cityapis.eldercare.home;

import cn.cityapis.platform.events.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** 第二十五条: free beds are published at once, truly: counted in the transaction that changed them. */
@Component
public class PublishBeds {

    private final Homes homes;
    private final Outbox outbox;
    private final Clock clock;

    PublishBeds(Homes homes, Outbox outbox, Clock clock) {
        this.homes = homes;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** The caller holds the home's row, so events come in the order of the changes. */
    public Mono<Void> changed(UUID home) {
        return homes.counts(List.of(home))
                .flatMap(counts -> outbox.publish("eldercare.home.beds-changed", "homes/" + home, Map.of("homeId", home,
                        "freeBeds", counts.stream().mapToLong(Homes.TypeCount::free).sum(),
                        "freeEmergencyBeds", counts.stream().mapToLong(Homes.TypeCount::freeEmergency).sum(),
                        "asOf", clock.instant())));
    }
}
