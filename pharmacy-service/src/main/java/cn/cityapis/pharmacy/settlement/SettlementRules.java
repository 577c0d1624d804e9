package cn.cityapis.pharmacy.settlement;

import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;

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
}
