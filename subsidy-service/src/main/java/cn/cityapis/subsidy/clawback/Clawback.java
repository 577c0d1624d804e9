package cn.cityapis.subsidy.clawback;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * A sum that was paid and has to come back.
 *
 * @param whole all that was paid to the case; it gets nothing more
 */
@Schema(description = "追回决定及归还情况")
public record Clawback(@Schema(description = "追回编号") UUID id, @Schema(description = "申请编号") UUID applicationId,
        @Schema(description = "追回金额（分）", example = "500000") long amountFen,
        @Schema(description = "是否全部追回（此后不再发放）") boolean whole, @Schema(description = "理由") String reason,
        @Schema(description = "决定时间") OffsetDateTime decidedAt,
        @Schema(description = "台账凭证编号") UUID transactionId,
        @Schema(description = "已归还（分）", example = "200000") long repaidFen,
        @Schema(description = "因款项被银行退回而不再应归还的（分）", example = "0") long settledFen,
        @Schema(description = "归还记录") List<Repayment> repayments) {

    public Clawback {
        repayments = List.copyOf(repayments);
    }

    /** What is still owed. */
    long leftFen() {
        return amountFen - repaidFen - settledFen;
    }

    /** What came back in one transfer. */
    @Schema(description = "一笔归还")
    public record Repayment(@Schema(description = "归还编号") UUID id,
            @Schema(description = "金额（分）", example = "200000") long amountFen,
            @Schema(description = "银行流水号") String bankReference, @Schema(description = "入账时间") OffsetDateTime bookedAt,
            @Schema(description = "台账凭证编号") UUID transactionId) {
    }
}
