package cn.cityapis.pharmacy.institution;

import io.swagger.v3.oas.annotations.media.Schema;

/** One stretch of a weekday; 24:00 is the end of the day. */
@Schema(description = "每周营业时间的一段")
public record OpeningHours(@Schema(description = "星期（1 为星期一）", example = "1") int weekday,
        @Schema(description = "开门", example = "08:00") String opens,
        @Schema(description = "关门，24:00 表示当日结束", example = "21:30") String closes) {
}
