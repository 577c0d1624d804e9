package cn.cityapis.platform.webhooks;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Mono;

/** Shows how long the oldest event has been due: whatever keeps events from their receivers, it grows. */
final class WatchDeliveries {

    private final Deliveries deliveries;
    private final Clock clock;
    private volatile Optional<Instant> oldest = Optional.empty();

    WatchDeliveries(Deliveries deliveries, MeterRegistry metrics, Clock clock) {
        this.deliveries = deliveries;
        this.clock = clock;
        Gauge.builder("webhook.oldest.due", this, WatchDeliveries::seconds).baseUnit("seconds")
                .description("How long the oldest event has been due").register(metrics);
    }

    @Scheduled(fixedDelayString = "${platform.webhooks.watch-every:PT15S}")
    Mono<Void> look() {
        return Mono.defer(deliveries::oldestDue).map(Optional::of).defaultIfEmpty(Optional.empty())
                .doOnNext(found -> oldest = found).then();
    }

    private double seconds() {
        return oldest.map(since -> Math.max(0, Duration.between(since, clock.instant()).toSeconds())).orElse(0L);
    }
}
