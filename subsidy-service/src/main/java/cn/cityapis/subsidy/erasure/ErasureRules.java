package cn.cityapis.subsidy.erasure;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the data of a person may go (PIPL 47): not while a matter of his needs it, nor before its period is over. */
final class ErasureRules {

    private ErasureRules() {
    }

    /**
     * The periods that hold today.
     *
     * @param applications null if the office has never set one
     * @param payments that of accounting records
     */
    record Periods(@Nullable RetentionPeriod applications, @Nullable RetentionPeriod payments) {
    }

    /** Everything that still needs it, all at once; empty if it may go. A draft never stands against it. */
    static List<Obstacle> obstacles(List<Round> rounds, Periods periods, LocalDate today) {
        List<Obstacle> found = new ArrayList<>();
        for (Round round : rounds) {
            if (!round.isDraft()) {
                runs(round).map(kind -> Obstacle.of(round, kind)).ifPresent(found::add);
                open(round, found);
                kept(round, periods.applications(), round.lastDay(), today).ifPresent(found::add);
                kept(round, periods.payments(), round.lastOrdered(), today).ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    private static Optional<Obstacle.Kind> runs(Round round) {
        return switch (round.state()) {
            case DRAFT, ENDED, CLAWED_BACK, REJECTED, WITHDRAWN -> Optional.empty();
            case FIRST_REVIEW, SUPPLEMENT, SECOND_REVIEW, PUBLIC_NOTICE, AWAITING_FUNDS ->
                Optional.of(Obstacle.Kind.APPLICATION_OPEN);
            case PAYING, SUSPENDED -> Optional.of(Obstacle.Kind.PAYMENTS_RUN);
            case APPEALED -> Optional.of(Obstacle.Kind.APPEAL_OPEN);
        };
    }

    private static void open(Round round, List<Obstacle> found) {
        if (round.ordersOpen()) {
            found.add(Obstacle.of(round, Obstacle.Kind.ORDERS_OPEN));
        }
        if (round.owes()) {
            found.add(Obstacle.of(round, Obstacle.Kind.OWES));
        }
        if (round.objectionOpen()) {
            found.add(Obstacle.of(round, Obstacle.Kind.OBJECTION_OPEN));
        }
        if (round.periodRuns()) {
            found.add(Obstacle.of(round, Obstacle.Kind.PERIOD_RUNS));
        }
    }

    private static Optional<Obstacle> kept(Round round, @Nullable RetentionPeriod period, @Nullable LocalDate from,
            LocalDate today) {
        LocalDate until = period == null || from == null ? null : period.keptUntil(from);
        return until == null || period == null || today.isAfter(until)
                ? Optional.empty()
                : Optional.of(Obstacle.keptUntil(round, until, period.basis()));
    }
}
