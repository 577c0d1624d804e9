package cn.cityapis.eldercare.application;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A report of changed circumstances and what the home made of it (第十四条). */
@Schema(description = "情况变更（第十四条）")
record CircumstanceChange(@Schema(description = "编号") UUID id,
        @Schema(description = "变更后的身份类别") @Nullable List<Category> categories,
        @Schema(description = "报告变更的一方；原文见 /form", example = "[\"GUARDIAN\"]") List<Circumstances.Party> parties,
        @Schema(description = "说明", example = "已取得最低生活保障") String explanation,
        @Schema(description = "进展", example = "REPORTED") State state,
        @Schema(description = "报告时间") Instant reportedAt, @Schema(description = "核实时间") @Nullable Instant decidedAt,
        @Schema(description = "核实意见") @Nullable String reason) {

    /** CLOSED: the round ended before the home had judged it. */
    enum State {
        REPORTED, CONFIRMED, REFUSED, CLOSED
    }
}
