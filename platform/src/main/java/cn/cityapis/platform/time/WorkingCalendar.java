package cn.cityapis.platform.time;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * Working days by the State Council's yearly notices, with make-up days; every other day follows the week. The day of
 * the event does not count (民法典 第二百零一条); a period in calendar days that ends on a day off ends on the next
 * working day (第二百零三条).
 */
public final class WorkingCalendar {

    private final Map<LocalDate, Boolean> exceptions;
    private final LocalDate firstKnown;
    private final LocalDate lastKnown;

    /**
     * @param exceptions true for a make-up working day, false for a day off
     * @param firstKnown first day of the first announced year
     * @param lastKnown last day of the last announced year
     */
    public WorkingCalendar(Map<LocalDate, Boolean> exceptions, LocalDate firstKnown, LocalDate lastKnown) {
        this.exceptions = Map.copyOf(exceptions);
        this.firstKnown = firstKnown;
        this.lastKnown = lastKnown;
    }

    /**
     * Reads {@code date,kind,name} rows (kind {@code holiday} or {@code workday}); all years that have a row are known.
     *
     * @throws IllegalArgumentException for a row that cannot be read
     */
    public static WorkingCalendar read(InputStream csv) {
        Map<LocalDate, Boolean> exceptions = new HashMap<>();
        try (var lines = new BufferedReader(new InputStreamReader(csv, StandardCharsets.UTF_8))) {
            lines.lines().skip(1).filter(line -> !line.isBlank()).forEach(line -> {
                String[] cells = line.split(",", -1);
                exceptions.put(LocalDate.parse(cells[0]), working(cells[1]));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LocalDate first = exceptions.keySet().stream().min(LocalDate::compareTo)
                .orElseThrow(() -> new IllegalArgumentException("The working calendar is empty"));
        LocalDate last = exceptions.keySet().stream().max(LocalDate::compareTo).orElse(first);
        return new WorkingCalendar(exceptions, first.withDayOfYear(1), last.withMonth(12).withDayOfMonth(31));
    }

    private static boolean working(String kind) {
        return switch (kind) {
            case "workday" -> true;
            case "holiday" -> false;
            default -> throw new IllegalArgumentException("Unknown kind of day: " + kind);
        };
    }

    public boolean isWorkingDay(LocalDate day) {
        Boolean exception = exceptions.get(day);
        return exception == null ? day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0 : exception;
    }

    /** Whether the notice for the day's year has been loaded. */
    public boolean isKnown(LocalDate day) {
        return !day.isBefore(firstKnown) && !day.isAfter(lastKnown);
    }

    /** Last day of the last announced year: what ends later is provisional. */
    public LocalDate lastKnown() {
        return lastKnown;
    }

    /**
     * 工作日: the n-th working day after the event.
     *
     * @param days at least 1
     */
    public Deadline workingDaysAfter(LocalDate event, int days) {
        requirePositive(days);
        LocalDate day = event;
        for (int left = days; left > 0;) {
            day = day.plusDays(1);
            if (isWorkingDay(day)) {
                left--;
            }
        }
        return deadline(event, day);
    }

    /**
     * 天 or 日: calendar days after the event, moved to the next working day if the last is a day off.
     *
     * @param days at least 1
     */
    public Deadline calendarDaysAfter(LocalDate event, int days) {
        requirePositive(days);
        LocalDate day = event.plusDays(days);
        while (!isWorkingDay(day)) {
            day = day.plusDays(1);
        }
        return deadline(event, day);
    }

    private Deadline deadline(LocalDate event, LocalDate lastDay) {
        boolean certain = isKnown(event) && isKnown(lastDay);
        return new Deadline(lastDay, !certain);
    }

    private static void requirePositive(int days) {
        if (days < 1) {
            throw new IllegalArgumentException("A period has at least one day: " + days);
        }
    }
}
