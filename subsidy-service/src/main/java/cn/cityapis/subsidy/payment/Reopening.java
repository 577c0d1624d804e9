package cn.cityapis.subsidy.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** That a withheld month be paid after all: asked by one officer, decided by another. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "MonthReopening", description = "一期停发的重新审核")
record Reopening(@Schema(description = "编号") UUID id, @Schema(description = "申请编号") UUID applicationId,
        @Schema(description = "停发的一期（发放编号）") UUID paymentId,
        @Schema(description = "月份", example = "2026-12") String month,
        @Schema(description = "理由") String reason, @Schema(description = "提出单位") String askedOrg,
        @Schema(description = "提出时间") OffsetDateTime askedAt,
        @Schema(description = "决定：approved 同意，款项重新承诺并送银行；refused 不同意；未决定时没有", allowableValues = {
                "approved",
                "refused"}) @Nullable String decision,
        @Schema(description = "决定的理由") @Nullable String decisionReason,
        @Schema(description = "决定时间") @Nullable OffsetDateTime decidedAt) {
}
