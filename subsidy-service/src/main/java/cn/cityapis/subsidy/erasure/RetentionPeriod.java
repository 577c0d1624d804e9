package cn.cityapis.subsidy.erasure;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How long is kept what has ended, by the law or by a recorded decision of the office. */
@Schema(description = "保存期限的规定")
record RetentionPeriod(@Schema(description = "编号") UUID id,
        @Schema(description = "申请资料，或发放所附的会计资料", example = "applications") Records records,
        @Schema(description = "自何日起适用", example = "2030-01-01") LocalDate validFrom,
        @Schema(description = "申请资料自办结起、会计资料自年度终了起保存的月数；没有即不设期限：可应要求删除，不自动删除", example = "60") @Nullable Integer keepMonths,
        @Schema(description = "依据说明", example = "某某号文件") String basis,
        @Schema(description = "作出决定的单位", example = "371000") String decidedBy) {

    enum Records {
        APPLICATIONS, PAYMENTS;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Records of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** The last day on which it is kept; null if no end is set. */
    @Nullable
    LocalDate keptUntil(LocalDate lastDay) {
        LocalDate from = records == Records.PAYMENTS ? lastDay.withMonth(12).withDayOfMonth(31) : lastDay;
        return keepMonths == null ? null : from.plusMonths(keepMonths);
    }
}
