package cn.cityapis.eldercare.waitlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedWaitRulesTest {

    private static final LocalDate TO = LocalDate.of(2026, 11, 20);
    private static final LocalDate FROM = TO.minusDays(364);

    private static Flow flow(int placements, int otherEnds, double personDays) {
        return new Flow(FROM, TO, placements, otherEnds, personDays, List.of());
    }

    @Test
    void saysSoWhenThereIsTooLittleData() {
        ExpectedWait wait = ExpectedWaitRules.estimate(Channel.ORDINARY, 5, flow(19, 3, 1000), 20);
        assertThat(wait.status()).isEqualTo(ExpectedWait.Status.NOT_ENOUGH_DATA);
        assertThat(wait.lowDays()).isNull();
        assertThat(wait.placements()).isEqualTo(19);
        assertThat(wait.explanation()).contains("19").contains("20");
        assertThat(ExpectedWaitRules.estimate(Channel.ORDINARY, 5, flow(20, 3, 1000), 20).status())
                .isEqualTo(ExpectedWait.Status.ESTIMATED);
    }

    @Test
    void namesItsDateAndItsSample() {
        ExpectedWait wait = ExpectedWaitRules.estimate(Channel.ORDINARY, 9, flow(36, 7, 10_000), 20);
        assertThat(wait.from()).isEqualTo(FROM);
        assertThat(wait.asOf()).isEqualTo(TO);
        assertThat(wait.placements()).isEqualTo(36);
        assertThat(wait.otherEnds()).isEqualTo(7);
    }

    @Test
    void theRangeHoldsTheTruthOfASteadyQueue() {
        // one placement every 10 days, nobody leaves otherwise: the tenth waits 100 days
        ExpectedWait wait = ExpectedWaitRules.estimate(Channel.ORDINARY, 9, flow(36, 0, 10_000), 20);
        assertThat(wait.status()).isEqualTo(ExpectedWait.Status.ESTIMATED);
        assertThat(wait.lowDays()).isLessThan(100);
        assertThat(wait.highDays()).isGreaterThan(100);
    }

    @Test
    void thoseWhoLeaveOtherwiseShortenTheWait() {
        ExpectedWait none = ExpectedWaitRules.estimate(Channel.ORDINARY, 50, flow(36, 0, 18_000), 20);
        ExpectedWait some = ExpectedWaitRules.estimate(Channel.ORDINARY, 50, flow(36, 18, 18_000), 20);
        assertThat(some.highDays()).isLessThan(none.highDays());
    }

    @Test
    void theSpecialChannelDoesNotWait() {
        assertThat(ExpectedWaitRules.estimate(Channel.SPECIAL, 0, flow(0, 0, 0), 20).status())
                .isEqualTo(ExpectedWait.Status.NO_WAITING);
    }

    /**
     * A year of a simulated queue is recorded; the range made from it is held against how long the person at a place of
     * that queue then waits. Eight of ten are meant to lie within.
     */
    @ParameterizedTest(name = "{0} placed and {1} leaving a year, {2} ahead")
    @CsvSource({"24, 6, 5", "24, 24, 20", "60, 30, 40", "120, 30, 100", "60, 120, 60", "30, 0, 10"})
    void eightOfTenSimulatedWaitsLieWithinTheRange(double placed, double leaving, int ahead) {
        Random random = new Random(20_230_718);
        int within = 0;
        int estimated = 0;
        for (int trial = 0; trial < 3_000; trial++) {
            Simulated queue = new Simulated(random, placed / 365, leaving / 365 / (ahead + 1.0), ahead + 1);
            Flow recorded = queue.record(365);
            ExpectedWait wait = ExpectedWaitRules.estimate(Channel.ORDINARY, ahead, recorded, 20);
            if (wait.status() == ExpectedWait.Status.ESTIMATED) {
                double days = queue.untilServed(ahead);
                estimated++;
                within += days >= wait.lowDays() && days <= wait.highDays() ? 1 : 0;
            }
        }
        double coverage = within / (double) estimated;
        System.out.printf("placed %.0f, leaving %.0f a year, %d ahead: %.1f %% of %d within the range%n", placed,
                leaving, ahead, 100 * coverage, estimated);
        assertThat(coverage).isBetween(0.75, 0.88);
    }

    /** A queue of steady length: somebody comes for everybody who goes. */
    private static final class Simulated {

        private final Random random;
        private final double placed;
        private final double left;
        private final int length;

        Simulated(Random random, double placed, double left, int length) {
            this.random = random;
            this.placed = placed;
            this.left = left;
            this.length = length;
        }

        private double after(double rate) {
            return -Math.log(1 - random.nextDouble()) / rate;
        }

        Flow record(int days) {
            int placements = 0;
            int otherEnds = 0;
            double all = placed + left * length;
            for (double now = after(all); now < days; now += after(all)) {
                if (random.nextDouble() < placed / all) {
                    placements++;
                } else {
                    otherEnds++;
                }
            }
            return flow(placements, otherEnds, (double) length * days);
        }

        /** Of one who stays, however long it takes. */
        double untilServed(int ahead) {
            double now = 0;
            for (int n = ahead; n >= 0; n--) {
                now += after(placed + left * n);
            }
            return now;
        }
    }

    /** Known truth: constant rates, so that the share of an outcome after t days is its part of 1 − e^(−all·t). */
    @Test
    void competingOutcomesAreEstimatedFromAWindowOfALongHistory() {
        double[] rates = {0.004, 0.001, 0.002, 0.0005};
        EndReason[] reasons = {EndReason.ADMITTED, EndReason.WITHDRAWN, EndReason.DIED, EndReason.FORFEITED};
        double all = 0.0075;
        Random random = new Random(42);
        List<Waited> seen = new ArrayList<>();
        int admittedOfEnded = 0;
        int ended = 0;
        for (int person = 0; person < 20_000; person++) {
            double applied = random.nextDouble() * 1_500 - 1_000;
            double end = applied - Math.log(1 - random.nextDouble()) / all;
            if (end < 0 || applied > 365) {
                continue;
            }
            double die = random.nextDouble() * all;
            int outcome = 0;
            while (die > rates[outcome]) {
                die -= rates[outcome++];
            }
            boolean known = end < 365;
            if (known && end - applied < 180) {
                ended++;
                admittedOfEnded += outcome == 0 ? 1 : 0;
            }
            seen.add(new Waited((int) Math.max(0, -applied), (int) (Math.min(end, 365) - applied),
                    known ? reasons[outcome] : null, 1));
        }
        List<Outcomes> found = CumulativeIncidenceRules.estimate(seen, List.of(90, 180, 365, 100_000));
        assertThat(found).extracting(Outcomes::days).containsExactly(90, 180, 365);
        for (Outcomes outcomes : found) {
            double gone = 1 - Math.exp(-all * outcomes.days());
            assertThat(outcomes.admitted()).isCloseTo(gone * rates[0] / all, within(0.02));
            assertThat(outcomes.withdrawn()).isCloseTo(gone * rates[1] / all, within(0.02));
            assertThat(outcomes.died()).isCloseTo(gone * rates[2] / all, within(0.02));
            assertThat(outcomes.forfeited()).isCloseTo(gone * rates[3] / all, within(0.02));
            assertThat(outcomes.waiting()).isCloseTo(1 - gone, within(0.02));
        }
        // what a look at the ended ones alone would say of 180 days is far off
        double naive = admittedOfEnded / (double) ended;
        assertThat(naive - found.get(1).admitted()).isGreaterThan(0.1);
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }

    @Test
    void smallExampleByHand() {
        // ten come; on day 2 one moves in of ten, on day 4 one dies of nine, then five are lost from sight, one moves in of three
        List<Waited> seen = List.of(new Waited(0, 1, EndReason.ADMITTED, 1), new Waited(0, 3, EndReason.DIED, 1),
                new Waited(0, 5, null, 5), new Waited(0, 7, EndReason.ADMITTED, 1), new Waited(0, 9, null, 2));
        Outcomes after = CumulativeIncidenceRules.estimate(seen, List.of(9)).getFirst();
        assertThat(after.admitted()).isEqualTo(0.367);
        assertThat(after.died()).isEqualTo(0.1);
        assertThat(after.waiting()).isEqualTo(0.533);
    }
}
