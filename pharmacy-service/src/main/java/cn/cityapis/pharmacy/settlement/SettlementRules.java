package cn.cityapis.pharmacy.settlement;

import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Until when a delivery is paid. The term is dated configuration ("about 30 days" in the report), no cited rule. */
final class SettlementRules {

    private SettlementRules() {
    }

    /** A term in calendar days that holds for deliveries accepted from a day on. */
    record Term(LocalDate inForceFrom, int days) {
    }

    static Term inForce(Collection<Term> all, LocalDate acceptedOn) {
        return all.stream().filter(t -> !t.inForceFrom().isAfter(acceptedOn))
                .max(Comparator.comparing(Term::inForceFrom))
                .orElseThrow(() -> new IllegalStateException("no settlement term in force on " + acceptedOn));
    }

    /** The day of acceptance does not count; a last day that is a day off moves to the next working day. */
    static Deadline due(LocalDate acceptedOn, Term term, WorkingCalendar calendar) {
        return calendar.calendarDaysAfter(acceptedOn, term.days());
    }

    /** The last day still is in time; the day after it is the first overdue. */
    static int overdueDays(LocalDate dueOn, LocalDate today) {
        return (int) Math.max(0, ChronoUnit.DAYS.between(dueOn, today));
    }

    /** How urgent an unpaid settlement is: the higher, the later. */
    enum Stage {
        DUE_SOON(-5, "即将到期"), OVERDUE(1, "已逾期"), A_WEEK(7, "已逾期一周"), A_MONTH(30, "已逾期三十天");

        private final int fromDay;
        private final String text;

        Stage(int fromDay, String text) {
            this.fromDay = fromDay;
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** The stage that a settlement is in; none while it is far off. Nothing is overdue on a provisional day. */
    static Optional<Stage> stage(Deadline due, LocalDate today) {
        long days = ChronoUnit.DAYS.between(due.lastDay(), today);
        return Arrays.stream(Stage.values()).filter(stage -> days >= stage.fromDay)
                .filter(stage -> stage == Stage.DUE_SOON || !due.provisional())
                .reduce((earlier, later) -> later)
                .filter(stage -> stage != Stage.DUE_SOON || days <= 0);
    }
}
