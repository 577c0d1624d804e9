package cn.cityapis.pharmacy.nearby;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.catalogue.Drugs;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Medicines with their prices of today, remembered for a moment: everybody asks for the same few, whose prices change a
 * few times a year, and to read them each time is a second statement for each search. What does not exist is not
 * remembered.
 */
@Component
class RememberedDrugs {

    /** More than any list of procured medicines has; then all is forgotten. */
    private static final int MOST = 10_000;

    private final Function<UUID, Mono<Drug>> source;
    private final Duration memory;
    private final LongSupplier nanos;
    private final Clock clock;
    private final Map<UUID, Remembered> known = new ConcurrentHashMap<>();

    @Autowired
    RememberedDrugs(Drugs drugs, NearbySettings settings, Clock clock) {
        this(drugs::find, settings.drugsFor(), System::nanoTime, clock);
    }

    /** @param nanos time that only runs forward */
    RememberedDrugs(Function<UUID, Mono<Drug>> source, Duration memory, LongSupplier nanos, Clock clock) {
        this.source = source;
        this.memory = memory;
        this.nanos = nanos;
        this.clock = clock;
    }

    private record Remembered(Drug drug, LocalDate day, long since) {
    }

    Mono<Drug> find(UUID id) {
        Remembered found = known.get(id);
        LocalDate today = LocalDate.now(clock);
        long now = nanos.getAsLong();
        if (found != null && found.day().equals(today) && now - found.since() < memory.toNanos()) {
            return Mono.just(found.drug());
        }
        return source.apply(id).doOnNext(drug -> remember(new Remembered(drug, today, now)));
    }

    private void remember(Remembered fresh) {
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(fresh.drug().drugId(), fresh);
    }
}
