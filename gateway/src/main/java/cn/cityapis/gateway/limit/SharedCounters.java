package cn.cityapis.gateway.limit;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Counts with the other gateways while Redis answers, and this gateway's share alone while it does not: nobody is
 * refused because of Redis, and nobody gets more than his limit from all gateways together.
 */
final class SharedCounters implements Counters {

    private static final Logger LOG = LoggerFactory.getLogger(SharedCounters.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Counters shared;
    private final Counters alone;
    private final int gateways;
    private final MeterRegistry meters;
    private final AtomicReference<Instant> notBefore = new AtomicReference<>(Instant.MIN);

    SharedCounters(Counters shared, Counters alone, int gateways, MeterRegistry meters) {
        this.shared = shared;
        this.alone = alone;
        this.gateways = gateways;
        this.meters = meters;
    }

    @Override
    public Mono<Taken> take(Limit limit, Instant now) {
        if (now.isBefore(notBefore.get())) {
            return takeAlone(limit, now);
        }
        return shared.take(limit, now).doOnNext(answered -> answers())
                .onErrorResume(failure -> {
                    failed(failure, now);
                    return takeAlone(limit, now);
                });
    }

    private Mono<Taken> takeAlone(Limit limit, Instant now) {
        meters.counter("gateway.limit.alone").increment();
        return alone.take(limit.share(gateways), now);
    }

    private void answers() {
        if (!notBefore.getAndSet(Instant.MIN).equals(Instant.MIN)) {
            LOG.info("Redis answers again: limits are counted together");
        }
    }

    private void failed(Throwable failure, Instant now) {
        if (notBefore.getAndSet(now.plus(PAUSE)).equals(Instant.MIN)) {
            LOG.warn("Redis does not answer ({}): each gateway counts its share of the limits", failure.toString());
        }
    }
}
