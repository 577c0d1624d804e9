package cn.cityapis.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryScheduleRulesTest {

    @Test
    void afterTheFirstFailureFiveSecondsAfterTheLastNothing() {
        assertThat(RetrySchedule.waitAfter(1, 0)).contains(Duration.ofSeconds(5));
        assertThat(RetrySchedule.waitAfter(9, 0)).contains(Duration.ofHours(24));
        assertThat(RetrySchedule.waitAfter(10, 0)).isEmpty();
    }

    @Test
    void itIsTriedForThreeDaysAndNoLongerThanAWebhookMayFail() {
        Duration whole = IntStream.rangeClosed(1, 9).mapToObj(n -> RetrySchedule.waitAfter(n, 1).orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);
        assertThat(whole).isGreaterThan(Duration.ofDays(3)).isLessThan(DeliverEvents.PATIENCE);
    }

    @Test
    void theSpreadAddsUpToATenth() {
        assertThat(RetrySchedule.waitAfter(2, 0.5)).contains(Duration.ofSeconds(315));
    }
}
