package cn.cityapis.eldercare.erasure;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How long the office keeps what has ended, by a recorded decision of its own. */
@Schema(description = "保存期限的规定")
record RetentionPeriod(@Schema(description = "编号") UUID id,
        @Schema(description = "自何日起适用", example = "2030-01-01") LocalDate validFrom,
        @Schema(description = "办结后保存的月数；没有即不设期限：可应要求删除，不自动删除", example = "60") @Nullable Integer keepMonths,
        @Schema(description = "依据说明", example = "某某号文件") String basis,
        @Schema(description = "作出决定的单位", example = "371000") String decidedBy) {

    /** The last day on which it is kept; null if no end is set. */
    @Nullable
    LocalDate keptUntil(LocalDate lastDay) {
        return keepMonths == null ? null : lastDay.plusMonths(keepMonths);
    }
}
