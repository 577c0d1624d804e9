package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.money.Fen;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A delivery as it is shown. */
@Schema(name = "Delivery", description = "送货单：一家门店的一次送货")
record DeliveryView(@Schema(description = "送货单编号") UUID deliveryId, @Schema(description = "订单编号") UUID orderId,
        @Schema(description = "门店编号") UUID storeId, @Schema(description = "门店名称") String storeName,
        @Schema(description = "状态", allowableValues = {
                "delivered", "accepted", "rejected", "withdrawn"}, example = "delivered") String state,
        @Schema(description = "送货时间") OffsetDateTime deliveredAt,
        @Schema(description = "拒收理由；未拒收时不出现") @Nullable String rejectionReason,
        @Schema(description = "供货企业撤回的理由；未撤回时不出现") @Nullable String withdrawalReason,
        @Schema(description = "金额（分）", implementation = Long.class, example = "14700") Fen amountFen,
        @Schema(description = "药品批次") List<Part> lines,
        @Schema(description = "验收后产生的结算单编号；验收前不出现") @Nullable UUID settlementId) {

    @Schema(name = "DeliveryLine", description = "一个批次")
    record Part(@Schema(description = "订单行号", example = "1") int lineNo, @Schema(description = "药品编号") UUID drugId,
            @Schema(description = "通用名", example = "阿卡波糖片") String genericName,
            @Schema(description = "数量（包装）", example = "20") int quantity,
            @Schema(description = "已退或申请退回的数量（包装）", example = "0") int returned,
            @Schema(description = "批号", example = "DEMO260101") String batchNo,
            @Schema(description = "有效期至") LocalDate expiresOn) {
    }

    static DeliveryView of(Delivery delivery) {
        return new DeliveryView(delivery.id(), delivery.orderId(), delivery.storeId(), delivery.storeName(),
                delivery.state().code(), OrderView.time(delivery.deliveredAt()),
                delivery.state() instanceof Delivery.State.Rejected rejected ? rejected.reason() : null,
                delivery.state() instanceof Delivery.State.Withdrawn withdrawn ? withdrawn.reason() : null,
                delivery.amount(), delivery.parts().stream().map(part -> new Part(part.lineNo(), part.drugId(),
                        part.genericName(), part.quantity(), part.returned(), part.batchNo(), part.expiresOn()))
                        .toList(),
                delivery.settlementId());
    }
}
