package cn.cityapis.eldercare.ability;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The computed result with every step that led to the level. */
@Schema(description = "评估结果：总分与等级均由系统计算")
public record AbilityResult(@Schema(description = "总分（0–90）", example = "52") int total,
        @Schema(description = "按总分的等级", example = "MODERATE") AbilityLevel levelByScore,
        @Schema(description = "最终等级", example = "MODERATE") AbilityLevel level,
        @Schema(description = "等级变更依据", example = "[]") List<Change> changes, AbilityOptions options) {

    /** Why the level differs from that of the score. */
    public enum Change {
        COMA, DIAGNOSIS, RISK_EVENTS
    }
}
