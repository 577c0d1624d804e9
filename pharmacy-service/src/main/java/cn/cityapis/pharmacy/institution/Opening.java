package cn.cityapis.pharmacy.institution;

import cn.cityapis.platform.time.WorkingCalendar;
import java.time.Clock;
import java.time.LocalDateTime;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Whether a place is open now: its dated exceptions first, then its week, by the calendar where it keeps that. */
@Component
public class Opening {

    /** Never more than a look at the rows of the one place: a list of all that are open would be read each time. */
    private static final String OPEN = """
            coalesce((SELECT bool_or(coalesce(e.opens <= :time AND :time < e.closes, false)) FROM opening_exception e
                       WHERE e.institution_id = %1$s AND e.day = :day),
                     EXISTS (SELECT FROM opening_hours o
                              WHERE o.institution_id = %1$s
                                AND o.weekday = CASE WHEN (SELECT k.keeps_calendar FROM institution k WHERE k.id = %1$s)
                                                     THEN :calendarWeekday ELSE :weekday END
                                AND o.opens <= :time AND :time < o.closes))""";

    private final WorkingCalendar calendar;
    private final Clock clock;

    public Opening(WorkingCalendar calendar, Clock clock) {
        this.calendar = calendar;
        this.clock = clock;
    }

    /** The condition in SQL, for a place whose id this expression is; it needs the values of {@link #now}. */
    public static String sql(String institution) {
        return OPEN.formatted(institution);
    }

    /** Binds this moment to the condition. */
    public DatabaseClient.GenericExecuteSpec now(DatabaseClient.GenericExecuteSpec statement) {
        LocalDateTime now = LocalDateTime.now(clock);
        return statement.bind("day", now.toLocalDate())
                .bind("time", now.toLocalTime())
                .bind("weekday", now.getDayOfWeek().getValue())
                .bind("calendarWeekday",
                        OpeningRules.calendarWeekday(now.toLocalDate(), calendar.isWorkingDay(now.toLocalDate()))
                                .getValue());
    }
}
