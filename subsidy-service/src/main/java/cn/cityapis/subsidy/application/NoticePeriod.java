package cn.cityapis.subsidy.application;

import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long an application is shown to the public. What it was counted from is kept, so that it can be counted again once a
 * year's calendar has been loaded.
 *
 * @param from the day of the decision, or that of an extension after the end; it does not count (民法典 第二百零一条)
 * @param days of the scheme, then those of each extension
 */
public record NoticePeriod(LocalDate from, List<Integer> days, Deadline ends) {

    public NoticePeriod {
        days = List.copyOf(days);
    }

    static NoticePeriod of(LocalDate from, int days, WorkingCalendar calendar) {
        return counted(from, List.of(days), calendar);
    }

    /** From its end, or from today if that is past. */
    NoticePeriod extended(int more, LocalDate today, WorkingCalendar calendar) {
        return ends.lastDay().isBefore(today)
                ? of(today, more, calendar)
                : counted(from, Stream.concat(days.stream(), Stream.of(more)).toList(), calendar);
    }

    /** The days that were left when it was broken off, one at least: the last of them may have been that day. */
    NoticePeriod rest(LocalDate brokenOff, LocalDate today, WorkingCalendar calendar) {
        return of(today, Math.toIntExact(Math.max(1, ChronoUnit.DAYS.between(brokenOff, ends.lastDay()))), calendar);
    }

    NoticePeriod anew(WorkingCalendar calendar) {
        return counted(from, days, calendar);
    }

    private static NoticePeriod counted(LocalDate from, List<Integer> days, WorkingCalendar calendar) {
        Deadline ends = new Deadline(from, false);
        for (int each : days) {
            ends = calendar.calendarDaysAfter(ends.lastDay(), each);
        }
        return new NoticePeriod(from, days, ends);
    }
}
