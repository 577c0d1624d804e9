package cn.cityapis.platform.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a delivery that failed is tried again: after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, as Standard Webhooks
 * recommends; then it is dead and waits for a replay.
 */
final class RetrySchedule {

    private static final List<Duration> WAITS = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5),
            Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(10),
            Duration.ofHours(14), Duration.ofHours(20), Duration.ofHours(24));

    private RetrySchedule() {
    }

    /**
     * @param failed how many attempts have failed, from 1
     * @param spread 0 to 1: up to a tenth is added, so that what failed together does not come again together
     * @return empty after the last
     */
    static Optional<Duration> waitAfter(int failed, double spread) {
        if (failed > WAITS.size()) {
            return Optional.empty();
        }
        Duration wait = WAITS.get(failed - 1);
        return Optional.of(wait.plusMillis((long) (wait.toMillis() * 0.1 * spread)));
    }
}
