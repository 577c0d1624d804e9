package cn.cityapis.platform.time;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The last day of a period; it ends with the end of that day (民法典 第二百零三条), in the time of the city.
 *
 * @param provisional the working calendar of the days it spans is not yet announced: shown as such, recomputed when it
 *     is, and nothing is forfeited on it
 */
@Schema(description = "期限")
public record Deadline(@Schema(description = "最后一日；当日结束时（北京时间）届满", example = "2026-11-30") LocalDate lastDay,
        @Schema(description = "是否暂定：跨入尚未公布放假安排的日期，公布后重新计算，其间不因逾期丧失权利", example = "false") boolean provisional) {

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
