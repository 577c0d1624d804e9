package cn.cityapis.eldercare.rulebook;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.UUID;

/** An operator's dated act by which a rule book holds longer than its own last day. */
@Schema(description = "运营方延长办法适用期的决定")
public record Extension(@Schema(description = "编号") UUID id,
        @Schema(description = "延长至", example = "2028-12-31") LocalDate extendedTo,
        @Schema(description = "决定日期", example = "2024-12-20") LocalDate decidedOn,
        @Schema(description = "决定机关", example = "371000") String decidedBy,
        @Schema(description = "依据说明", example = "演示数据：延续适用") String basis,
        @Schema(description = "是否演示数据（并非真实决定）", example = "true") boolean demo) {
}
