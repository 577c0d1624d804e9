package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.money.Fen;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Goods of an accepted delivery that go back: asked for by the buyer, confirmed or refused by the supplier, once. */
@Schema(name = "GoodsReturn", description = "退货单：已验收的货退回供货企业，确认后冲减结算金额")
record GoodsReturn(@Schema(description = "退货单编号") UUID returnId, @Schema(description = "送货单编号") UUID deliveryId,
        @Schema(description = "订单编号") UUID orderId,
        @Schema(description = "状态", allowableValues = {
                "requested", "confirmed", "refused"}, example = "requested") String state,
        @Schema(description = "退货理由", example = "临近效期") String reason,
        @Schema(description = "金额（分）", implementation = Long.class, example = "1470") Fen amountFen,
        @Schema(description = "退回的批次") List<Part> lines, @Schema(description = "申请时间") OffsetDateTime requestedAt,
        @Schema(description = "确认或拒绝的时间；未决定时不出现") @Nullable OffsetDateTime decidedAt,
        @Schema(description = "拒绝理由；未拒绝时不出现") @Nullable String refusalReason, @JsonIgnore long version) {

    @Schema(name = "GoodsReturnLine", description = "一个批次")
    record Part(@Schema(description = "订单行号", example = "1") int lineNo,
            @Schema(description = "批号", example = "DEMO260101") String batchNo,
            @Schema(description = "数量（包装）", example = "2") int quantity) {
    }

    GoodsReturn with(List<Part> parts) {
        return new GoodsReturn(returnId, deliveryId, orderId, state, reason, amountFen, parts, requestedAt, decidedAt,
                refusalReason, version);
    }
}
