package cn.cityapis.eldercare.erasure;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the data of a person may go (PIPL 47): not while a matter of his needs it, nor before its period is over. */
final class ErasureRules {

    private ErasureRules() {
    }

    /** Everything that still needs it, all at once; empty if it may go. What was not received never stands against it. */
    static List<Obstacle> obstacles(List<Round> rounds, @Nullable RetentionPeriod period, LocalDate today) {
        List<Obstacle> found = new ArrayList<>();
        for (Round round : rounds) {
            if (round.received()) {
                needed(round, found);
                keptUntil(round, period, today).ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    private static void needed(Round round, List<Obstacle> found) {
        if (round.state().isLive()) {
            found.add(Obstacle.of(round, Obstacle.Kind.APPLICATION_OPEN));
        }
        if (round.inBed()) {
            found.add(Obstacle.of(round, Obstacle.Kind.LIVES_IN_A_BED));
        }
        if (round.changeOpen()) {
            found.add(Obstacle.of(round, Obstacle.Kind.CHANGE_UNDECIDED));
        }
        if (round.periodRuns()) {
            found.add(Obstacle.of(round, Obstacle.Kind.PERIOD_RUNS));
        }
    }

    private static Optional<Obstacle> keptUntil(Round round, @Nullable RetentionPeriod period, LocalDate today) {
        LocalDate until = period == null ? null : period.keptUntil(round.lastDay());
        return until == null || period == null || today.isAfter(until)
                ? Optional.empty()
                : Optional.of(Obstacle.keptUntil(round, until, period.basis()));
    }
}
