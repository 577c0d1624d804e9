package cn.cityapis.pharmacy.settlement;

import cn.cityapis.pharmacy.money.Fen;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What moved in a month between a buyer and a supplier: opening, plus accepted and refunded, less credited and paid, is closing. */
@Schema(description = "对账单：一家采购方与一家供货企业的一个月。期初 + 验收 − 退货冲减 − 付款 + 退款 = 期末。已结束的月份不再变动：以后登记的计入登记的月份")
record SettlementStatement(@Schema(description = "月份", example = "2026-11", type = "string") String month,
        @Schema(description = "采购方编号") UUID chainId, @Schema(description = "采购方") String chainName,
        @Schema(description = "供货企业编号") UUID supplierId, @Schema(description = "供货企业") String supplierName,
        @Schema(description = "期初欠款（分）；供货企业欠采购方时为负", implementation = Long.class, example = "0") Fen openingFen,
        @Schema(description = "本月验收（分）", implementation = Long.class, example = "14700") Fen acceptedFen,
        @Schema(description = "本月退货冲减（分）", implementation = Long.class, example = "0") Fen creditedFen,
        @Schema(description = "本月付款（分），减去本月冲正的", implementation = Long.class, example = "0") Fen paidFen,
        @Schema(description = "本月供货企业退款（分）", implementation = Long.class, example = "0") Fen refundedFen,
        @Schema(description = "期末欠款（分）", implementation = Long.class, example = "14700") Fen closingFen,
        @Schema(description = "截至今日仍逾期未付的结算单数", example = "0") int overdue,
        @Schema(description = "本月到期的结算单数；最迟付款日暂定而未按时付清的不计", example = "3") int due,
        @Schema(description = "其中按时付款的", example = "3") int paidInTime,
        @Schema(description = "按时付款的万分比；本月没有到期的不出现", example = "10000") @Nullable Integer paidInTimeBp) {
}
