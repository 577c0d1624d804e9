package cn.cityapis.subsidy.period;

import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.LocalDate;

/** From which day on somebody is warned that a period ends. */
public final class WarnRules {

    private WarnRules() {
    }

    /** So many working days before the last day. */
    public static LocalDate warnOn(Deadline by, int workingDays, WorkingCalendar calendar) {
        LocalDate day = by.lastDay();
        for (int left = workingDays; left > 0;) {
            day = day.minusDays(1);
            if (calendar.isWorkingDay(day)) {
                left--;
            }
        }
        return day;
    }
}
