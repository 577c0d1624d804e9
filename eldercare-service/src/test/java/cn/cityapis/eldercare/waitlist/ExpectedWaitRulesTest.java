package cn.cityapis.eldercare.waitlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ExpectedWaitRulesTest {

    private static final LocalDate TO = LocalDate.of(2026, 11, 20);
    private static final LocalDate FROM = TO.minusDays(365);

    @Test
    void saysSoWhenThereIsTooLittleData() {
        ExpectedWait wait = ExpectedWaitRules.estimate(Channel.ORDINARY, 5, new Flow(FROM, TO, 19, 3, 1000), 20);
        assertThat(wait.status()).isEqualTo(ExpectedWait.Status.NOT_ENOUGH_DATA);
        assertThat(wait.lowDays()).isNull();
        assertThat(wait.placements()).isEqualTo(19);
        assertThat(wait.explanation()).contains("19").contains("20");
    }

    @Test
    void theRangeHoldsTheTruthOfASteadyQueue() {
        // one placement every 10 days, nobody leaves otherwise: the tenth waits 100 days
        ExpectedWait wait = ExpectedWaitRules.estimate(Channel.ORDINARY, 9, new Flow(FROM, TO, 36, 0, 10_000), 20);
        assertThat(wait.status()).isEqualTo(ExpectedWait.Status.ESTIMATED);
        assertThat(wait.lowDays()).isLessThan(100);
        assertThat(wait.highDays()).isGreaterThan(100);
    }

    @Test
    void thoseWhoLeaveOtherwiseShortenTheWait() {
        ExpectedWait none = ExpectedWaitRules.estimate(Channel.ORDINARY, 50, new Flow(FROM, TO, 36, 0, 18_000), 20);
        ExpectedWait some = ExpectedWaitRules.estimate(Channel.ORDINARY, 50, new Flow(FROM, TO, 36, 18, 18_000), 20);
        assertThat(some.highDays()).isLessThan(none.highDays());
    }

    @Test
    void theSpecialChannelDoesNotWait() {
        assertThat(ExpectedWaitRules.estimate(Channel.SPECIAL, 0, new Flow(FROM, TO, 0, 0, 0), 20).status())
                .isEqualTo(ExpectedWait.Status.NO_WAITING);
    }
}
