package cn.cityapis.platform.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The last day of a period; it ends with the end of that day (民法典 第二百零三条), in the time of the city.
 *
 * @param provisional the working calendar of the days it spans is not yet announced: shown as such, recomputed when it
 *     is, and nothing is forfeited on it
 */
public record Deadline(LocalDate lastDay, boolean provisional) {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** The first instant after the period. */
    public Instant end() {
        return lastDay.plusDays(1).atStartOfDay(ZONE).toInstant();
    }

    public boolean passed(Instant now) {
        return !now.isBefore(end());
    }

    /** Whether something may be lost on it now: passed, and certain. */
    public boolean enforceable(Instant now) {
        return passed(now) && !provisional;
    }
}
