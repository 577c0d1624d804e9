package cn.cityapis.eldercare.fairness;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When the applicants of a home had offers of other homes. Two homes share no lock, so their events have no order but
 * that of the database's clock, read before the commits: within {@link #LEEWAY} either answer is true.
 */
record Elsewhere(Map<UUID, List<Span>> byApplication) {

    /** Longer than any transaction of the service can last. */
    static final Duration LEEWAY = Duration.ofMinutes(1);

    /** @param to null while it is open */
    record Span(Instant from, @Nullable Instant to) {

        boolean holds(Instant at, Duration widened) {
            return !at.isBefore(from.minus(widened)) && (to == null || !at.isAfter(to.plus(widened)));
        }
    }

    boolean mayBeOpen(UUID application, Instant at) {
        return any(application, at, LEEWAY);
    }

    boolean isOpen(UUID application, Instant at) {
        return any(application, at, LEEWAY.negated());
    }

    private boolean any(UUID application, Instant at, Duration widened) {
        return byApplication.getOrDefault(application, List.of()).stream().anyMatch(span -> span.holds(at, widened));
    }
}
