package cn.cityapis.eldercare.waitlist;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A range from recorded flow, or the plain statement that there is too little data. */
@Schema(description = "预计等待：由过往实际入住与退出情况估算的区间；数据不足时如实说明")
public record ExpectedWait(@Schema(description = "状态", example = "ESTIMATED") Status status,
        @Schema(description = "较短（天）", example = "20") @Nullable Integer lowDays,
        @Schema(description = "较长（天）", example = "55") @Nullable Integer highDays,
        @Schema(description = "统计截至日", example = "2026-11-21") LocalDate asOf,
        @Schema(description = "统计起始日", example = "2025-11-21") LocalDate from,
        @Schema(description = "样本：入住例数", example = "34") int placements,
        @Schema(description = "样本：其他原因退出例数", example = "9") int otherEnds,
        @Schema(description = "本通道申请人此后的各种结果；样本不足时为空") List<Outcomes> outcomes,
        @Schema(description = "说明") String explanation) {

    public enum Status {
        ESTIMATED, NOT_ENOUGH_DATA, NO_WAITING
    }
}
