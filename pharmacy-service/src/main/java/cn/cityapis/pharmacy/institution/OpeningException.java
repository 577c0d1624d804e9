package cn.cityapis.pharmacy.institution;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;

/** The hours of one date, instead of those of the week. */
@Schema(description = "某一天的特殊营业时间，代替当天的每周营业时间")
record OpeningException(@Schema(description = "日期", example = "2027-02-06") LocalDate day,
        @Schema(description = "营业时段；为空表示全天不营业") List<Hours> hours,
        @Schema(description = "可直接展示的文字", example = "09:00-12:00") String text,
        @Schema(description = "说明", example = "春节值班") String note) {

    @Schema(name = "OpeningExceptionHours", description = "一个时段")
    record Hours(@Schema(description = "开门", example = "09:00") String opens,
            @Schema(description = "关门", example = "12:00") String closes) {
    }

    static OpeningException of(LocalDate day, List<OpeningRules.Stretch> stretches, String note) {
        return new OpeningException(day, stretches.stream().map(s -> new Hours(s.opens(), s.closes())).toList(),
                OpeningRules.text(stretches), note);
    }
}
