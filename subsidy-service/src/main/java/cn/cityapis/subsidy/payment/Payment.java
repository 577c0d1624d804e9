package cn.cityapis.subsidy.payment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** One month of one case, settled. */
@Schema(description = "一期发放")
public record Payment(@Schema(description = "发放编号") UUID id,
        @Schema(description = "月份", example = "2026-11") String month,
        @Schema(description = "结果：paid 已发放；withheld 停发") Outcome outcome,
        @Schema(description = "金额（分）", example = "500000") long amountFen,
        @Schema(description = "停发的原因") List<Reason> reasons,
        @Schema(description = "台账凭证编号") UUID transactionId, @Schema(description = "时间") OffsetDateTime createdAt) {

    /** Paid, or not and why. */
    public enum Outcome {
        @JsonProperty("paid")
        PAID, @JsonProperty("withheld")
        WITHHELD
    }

    @Schema(name = "WithholdingReason", description = "停发的一项原因")
    /** Why a month is not paid. */
    public record Reason(@Schema(description = "条件编号") String condition, @Schema(description = "说明") String text,
            @Schema(description = "依据") String citation) {
    }
}
