package cn.cityapis.pharmacy.volume;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;

/** How far an agreed volume is fulfilled against the time that has passed. Figures are dated configuration. */
final class VolumeRules {

    private static final int WHOLE_BP = 10_000;

    private VolumeRules() {
    }

    /**
     * @param notBeforeBp part of the cycle, in ten-thousandths, before which nothing is behind
     * @param behindBelowBp part of what the time passed would give, below which a volume is behind
     */
    record Threshold(LocalDate inForceFrom, int notBeforeBp, int behindBelowBp) {
    }

    /** @param fulfilmentBp accepted of agreed, in ten-thousandths; nothing agreed is fulfilled */
    record Standing(int fulfilmentBp, int timePassedBp, long expectedPacks, boolean behind) {
    }

    static Threshold inForce(Collection<Threshold> all, LocalDate day) {
        return all.stream().filter(t -> !t.inForceFrom().isAfter(day))
                .max(Comparator.comparing(Threshold::inForceFrom))
                .orElseThrow(() -> new IllegalStateException("no volume threshold in force on " + day));
    }

    /** The last day counts whole; before the first nothing has passed, after the last everything. */
    static int timePassedBp(LocalDate from, LocalDate to, LocalDate today) {
        long days = ChronoUnit.DAYS.between(from, to) + 1;
        long passed = Math.max(0, Math.min(days, ChronoUnit.DAYS.between(from, today) + 1));
        return (int) (passed * WHOLE_BP / days);
    }

    static Standing standing(long agreed, long accepted, int timePassedBp, Threshold threshold) {
        int fulfilment = agreed == 0 ? WHOLE_BP : (int) Math.min(Integer.MAX_VALUE, accepted * WHOLE_BP / agreed);
        boolean behind = timePassedBp > threshold.notBeforeBp()
                && (long) fulfilment * WHOLE_BP < (long) timePassedBp * threshold.behindBelowBp();
        return new Standing(fulfilment, timePassedBp, expectedPacks(agreed, timePassedBp), agreed > 0 && behind);
    }

    /** What the time passed would give. */
    static long expectedPacks(long agreed, int timePassedBp) {
        return agreed * timePassedBp / WHOLE_BP;
    }
}
