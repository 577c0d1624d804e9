package cn.cityapis.pharmacy.settlement;

import cn.cityapis.pharmacy.money.Fen;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a head office owes a supplier for one accepted delivery. */
@Schema(description = "结算单：一张验收的送货单一张")
public record Settlement(@Schema(description = "结算单编号") UUID settlementId,
        @Schema(description = "送货单编号") UUID deliveryId, @Schema(description = "订单编号") UUID orderId,
        @Schema(description = "付款的连锁企业") String chainName,
        @Schema(description = "收款的供货企业") String supplierName,
        @Schema(description = "金额（分）", implementation = Long.class, example = "14700") Fen amountFen,
        @Schema(description = "退货冲减（分）", implementation = Long.class, example = "0") Fen creditedFen,
        @Schema(description = "应付（分）：金额减退货冲减", implementation = Long.class, example = "14700") Fen payableFen,
        @Schema(description = "付款后又退货、供货企业应退的款（分）", implementation = Long.class, example = "0") Fen refundDueFen,
        @Schema(description = "验收日") LocalDate acceptedOn,
        @Schema(description = "结算期限（自然日，按配置）", example = "30") int termDays,
        @Schema(description = "最迟付款日") LocalDate dueOn,
        @Schema(description = "最迟付款日是否暂定（该年放假安排尚未公布）") boolean provisional,
        @Schema(description = "状态", allowableValues = {
                "due", "paid"}, example = "due") String state,
        @Schema(description = "是否逾期未付", example = "false") boolean overdue,
        @Schema(description = "逾期天数；未逾期时为 0", example = "0") int overdueDays,
        @Schema(description = "付款日；未付时不出现") @Nullable LocalDate paidOn,
        @Schema(description = "付款凭证号；未付时不出现") @Nullable String reference, @JsonIgnore long version) {
}
