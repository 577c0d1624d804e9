package cn.cityapis.pharmacy.settlement;

import cn.cityapis.pharmacy.money.Fen;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a head office owes a supplier for one accepted delivery. */
@Schema(description = "结算单：一张验收的送货单一张")
public record Settlement(@Schema(description = "结算单编号") UUID settlementId,
        @Schema(description = "送货单编号") UUID deliveryId, @Schema(description = "订单编号") UUID orderId,
        @Schema(description = "付款的采购方") String chainName,
        @Schema(description = "收款的供货企业") String supplierName,
        @Schema(description = "金额（分）", implementation = Long.class, example = "14700") Fen amountFen,
        @Schema(description = "退货冲减（分）", implementation = Long.class, example = "0") Fen creditedFen,
        @Schema(description = "应付（分）：金额减退货冲减", implementation = Long.class, example = "14700") Fen payableFen,
        @Schema(description = "实付合计（分），不含已冲正的", implementation = Long.class, example = "0") Fen paidFen,
        @Schema(description = "供货企业已退款合计（分）", implementation = Long.class, example = "0") Fen refundedFen,
        @Schema(description = "尚未付清的（分）", implementation = Long.class, example = "14700") Fen outstandingFen,
        @Schema(description = "供货企业应退的款（分）：付款后又退货或多付的，减去已退的", implementation = Long.class, example = "0") Fen refundDueFen,
        @Schema(description = "验收日") LocalDate acceptedOn,
        @Schema(description = "结算期限（自然日，按配置）", example = "30") int termDays,
        @Schema(description = "最迟付款日") LocalDate dueOn,
        @Schema(description = "最迟付款日是否暂定（该年放假安排尚未公布）") boolean provisional,
        @Schema(description = "状态：付清之前为 due", allowableValues = {
                "due", "paid"}, example = "due") String state,
        @Schema(description = "是否逾期未付", example = "false") boolean overdue,
        @Schema(description = "逾期天数；未逾期时为 0", example = "0") int overdueDays,
        @Schema(description = "付清之日：最后一笔付款之日；余款因此后的退货免付的，为退货之日；未付清时不出现") @Nullable LocalDate paidOn,
        @Schema(description = "最后一笔付款的凭证号；未付清时不出现") @Nullable String reference,
        @Schema(description = "是否按时付清；未付清时不出现。最迟付款日之后才登记的付款，供货企业确认之后才计为按时") @Nullable Boolean paidInTime,
        @Schema(description = "各笔付款，先登记的在前；列表中不列") List<Payment> payments,
        @Schema(description = "各笔退款，先登记的在前；列表中不列") List<Refund> refunds, @JsonIgnore long version) {

    @Schema(name = "SettlementPaymentMade", description = "一笔付款")
    record Payment(@Schema(description = "序号", example = "1") int number,
            @Schema(description = "实付（分）", implementation = Long.class, example = "14700") Fen amountFen,
            @Schema(description = "付款日", example = "2026-12-01") LocalDate paidOn,
            @Schema(description = "登记日", example = "2026-12-01") LocalDate recordedOn,
            @Schema(description = "付款凭证号", example = "DEMO-PAY-0001") String reference,
            @Schema(description = "供货企业确认收款的日期；未确认时不出现") @Nullable LocalDate confirmedOn,
            @Schema(description = "冲正日；未冲正时不出现") @Nullable LocalDate reversedOn,
            @Schema(description = "冲正理由；未冲正时不出现") @Nullable String reversalReason) {
    }

    @Schema(name = "SettlementRefundMade", description = "一笔退款")
    record Refund(@Schema(description = "序号", example = "1") int number,
            @Schema(description = "退款（分）", implementation = Long.class, example = "1470") Fen amountFen,
            @Schema(description = "退款日", example = "2026-12-05") LocalDate refundedOn,
            @Schema(description = "登记日", example = "2026-12-05") LocalDate recordedOn,
            @Schema(description = "退款凭证号", example = "DEMO-REF-0001") String reference) {
    }

    Settlement with(List<Payment> made, List<Refund> back) {
        return new Settlement(settlementId, deliveryId, orderId, chainName, supplierName, amountFen, creditedFen,
                payableFen, paidFen, refundedFen, outstandingFen, refundDueFen, acceptedOn, termDays, dueOn,
                provisional, state, overdue, overdueDays, paidOn, reference, paidInTime, made, back, version);
    }
}
