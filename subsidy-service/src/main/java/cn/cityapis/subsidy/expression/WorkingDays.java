package cn.cityapis.subsidy.expression;

import cn.cityapis.platform.time.WorkingCalendar;
import java.time.LocalDate;
import java.util.Set;

/**
 * Counts working days for expressions. Where the days off of a year are not announced the answer is not known yet: nothing
 * is decided on a guess.
 */
record WorkingDays(WorkingCalendar calendar) {

    static final String IS_WORKING_DAY = "isWorkingDay";
    static final String PLUS = "plusWorkingDays";
    static final String BETWEEN = "workingDaysBetween";
    static final Set<String> FUNCTIONS = Set.of(IS_WORKING_DAY, PLUS, BETWEEN);

    /** Names no fact: nobody can be asked for it. */
    private static final Node.Unknown UNANNOUNCED = new Node.Unknown(Set.of("workingCalendar"));

    Object isWorkingDay(LocalDate day) {
        return calendar.isKnown(day) ? calendar.isWorkingDay(day) : UNANNOUNCED;
    }

    /** The n-th working day after the day, before it if n is negative; the day itself does not count. */
    Object plus(LocalDate day, long n) {
        LocalDate on = day;
        long left = n;
        while (calendar.isKnown(on)) {
            if (left == 0) {
                return on;
            }
            on = on.plusDays(Long.signum(n));
            left -= calendar.isWorkingDay(on) ? Long.signum(n) : 0;
        }
        return UNANNOUNCED;
    }

    /** How many come after the first day, up to the last and with it; negative if the last is before the first. */
    Object between(LocalDate first, LocalDate last) {
        if (!calendar.isKnown(first) || !calendar.isKnown(last)) {
            return UNANNOUNCED;
        }
        boolean forward = !last.isBefore(first);
        LocalDate from = forward ? first : last;
        LocalDate until = forward ? last : first;
        long days = from.datesUntil(until).filter(day -> calendar.isWorkingDay(day.plusDays(1))).count();
        return forward ? days : -days;
    }
}
