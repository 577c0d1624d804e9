package cn.cityapis.pharmacy.report;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.UUID;

/** A published report: never changed; another edition says why there is one. */
@Schema(description = "已发布的季度报告，发布后不再变动；更正以新版次发布")
record QuarterlyReport(@Schema(description = "报告编号") UUID reportId,
        @Schema(description = "季度", example = "2026-Q3") String quarter,
        @Schema(description = "版次", example = "1") int edition,
        @Schema(description = "发布说明", example = "首次发布") String reason,
        @Schema(description = "发布时间") OffsetDateTime publishedAt, QuarterlyFigures figures) {

    /** A report in a list. */
    @Schema(name = "QuarterlyReportSummary", description = "已发布的季度报告")
    record Summary(@Schema(description = "报告编号") UUID reportId,
            @Schema(description = "季度", example = "2026-Q3") String quarter,
            @Schema(description = "版次", example = "1") int edition,
            @Schema(description = "发布说明", example = "首次发布") String reason,
            @Schema(description = "发布时间") OffsetDateTime publishedAt) {
    }
}
