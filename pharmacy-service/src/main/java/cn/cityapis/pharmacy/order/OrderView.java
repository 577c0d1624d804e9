package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.money.UnitPrice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An order as it is shown: split by store. */
@Schema(name = "Order", description = "采购订单，按门店拆分")
record OrderView(@Schema(description = "订单编号") UUID orderId,
        @Schema(description = "状态", allowableValues = {
                "placed", "confirmed", "refused",
                "completed", "cancelled"}, example = "placed") String state,
        @Schema(description = "状态说明", example = "待供货企业确认") String stateText,
        @Schema(description = "拒绝理由；未拒绝时不出现") @Nullable String refusalReason,
        @Schema(description = "撤销理由；未撤销时不出现") @Nullable String cancellationReason,
        @Schema(description = "下单的采购方") String chainName, @Schema(description = "供货企业编号") UUID supplierId,
        @Schema(description = "供货企业") String supplierName, @Schema(description = "下单时间") OffsetDateTime placedAt,
        @Schema(description = "订单金额（分）", implementation = Long.class, example = "14700") Fen totalFen,
        @Schema(description = "各门店") List<Store> stores,
        @Schema(description = "送货单，先送的在前") List<Shipment> deliveries) {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Schema(name = "OrderStore", description = "订单中一家门店的部分")
    record Store(@Schema(description = "门店编号") UUID storeId, @Schema(description = "门店名称") String storeName,
            @Schema(description = "药品") List<Line> lines) {
    }

    @Schema(name = "OrderLine", description = "一家门店的一种药品；数量为包装数")
    record Line(@Schema(description = "行号", example = "1") int lineNo, @Schema(description = "药品编号") UUID drugId,
            @Schema(description = "通用名", example = "阿卡波糖片") String genericName,
            @Schema(description = "规格", example = "50mg") String strength,
            @Schema(description = "下单当日中选价（分/包装）", implementation = Long.class, example = "735") Fen priceFen,
            @Schema(description = "下单当日中选价（元/最小单位，四位小数）", type = "string", example = "0.2450") UnitPrice unitPrice,
            @Schema(description = "订购", example = "20") int ordered,
            @Schema(description = "已送", example = "0") int delivered,
            @Schema(description = "已验收", example = "0") int accepted,
            @Schema(description = "已了结、不再送的", example = "0") int closed,
            @Schema(description = "由哪一方了结；没有了结的不出现", allowableValues = {
                    "chain", "supplier"}) @Nullable String closedBy,
            @Schema(description = "了结理由；没有了结的不出现") @Nullable String closingReason) {
    }

    @Schema(name = "OrderShipment", description = "订单的一张送货单")
    record Shipment(@Schema(description = "送货单编号") UUID deliveryId, @Schema(description = "门店编号") UUID storeId,
            @Schema(description = "状态", allowableValues = {
                    "delivered", "accepted", "rejected", "withdrawn"}) String state) {
    }

    /** A row of the list of orders. */
    @Schema(name = "OrderSummary", description = "采购订单概要")
    record Summary(@Schema(description = "订单编号") UUID orderId,
            @Schema(description = "状态", allowableValues = {
                    "placed", "confirmed", "refused",
                    "completed", "cancelled"}) String state,
            @Schema(description = "状态说明") String stateText, @Schema(description = "下单的采购方") String chainName,
            @Schema(description = "供货企业") String supplierName,
            @Schema(description = "下单时间") OffsetDateTime placedAt) {

        static Summary of(PurchaseOrder order) {
            return new Summary(order.id(), order.state().code(), order.state().text(), order.chainName(),
                    order.supplierName(), time(order.placedAt()));
        }
    }

    static OrderView of(PurchaseOrder order, List<Delivery> deliveries) {
        return new OrderView(order.id(), order.state().code(), order.state().text(),
                order.state() instanceof OrderState.Refused refused ? refused.reason() : null,
                order.state() instanceof OrderState.Cancelled cancelled ? cancelled.reason() : null, order.chainName(),
                order.supplierId(), order.supplierName(), time(order.placedAt()), order.total(), stores(order),
                deliveries.stream().map(d -> new Shipment(d.id(), d.storeId(), d.state().code())).toList());
    }

    private static List<Store> stores(PurchaseOrder order) {
        return order.lines().stream()
                .sorted(Comparator.comparingInt(PurchaseOrder.Line::lineNo))
                .collect(Collectors.groupingBy(PurchaseOrder.Line::storeId, LinkedHashMap::new, Collectors.toList()))
                .values().stream()
                .map(lines -> new Store(lines.getFirst().storeId(), lines.getFirst().storeName(),
                        lines.stream().map(OrderView::line).toList()))
                .toList();
    }

    private static Line line(PurchaseOrder.Line line) {
        return new Line(line.lineNo(), line.drugId(), line.genericName(), line.strength(), line.price(),
                UnitPrice.of(line.price(), line.packUnits()), line.ordered(), line.delivered(), line.accepted(),
                line.closed(), line.closing() == null ? null : line.closing().by(),
                line.closing() == null ? null : line.closing().reason());
    }

    static OffsetDateTime time(Instant at) {
        return at.atZone(ZONE).toOffsetDateTime();
    }
}
