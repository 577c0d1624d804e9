package cn.cityapis.pharmacy.bargain;

import cn.cityapis.pharmacy.money.Fen;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;

/** What one buyer took of one maker, and what he paid for the smallest unit on average. */
@Schema(name = "BuyerPurchases", description = "一个采购方向一个厂家的采购")
record BuyerPrice(
        @Schema(description = "采购方；他人的不显示名称", example = "其他采购方") String buyer,
        @Schema(description = "生产企业") String maker, @Schema(description = "数量（包装）", example = "1200") long packs,
        @Schema(description = "金额（分）", implementation = Long.class, example = "882000") Fen amountFen,
        @Schema(description = "平均采购价（元/最小单位，四位小数）", type = "string", example = "0.2450") String unitPrice,
        @Schema(description = "最近一次验收") OffsetDateTime lastAcceptedAt) {
}
