package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.institution.Party;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;

/** Deliveries of all orders, and which of them wait for a decision. */
@Repository
class DeliveryList {

    private final DatabaseClient database;
    private final Clock clock;

    DeliveryList(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A row of the list. */
    @Schema(name = "DeliverySummary", description = "送货单概要")
    record Summary(@Schema(description = "送货单编号") UUID deliveryId, @Schema(description = "订单编号") UUID orderId,
            @Schema(description = "收货的采购方") String chainName, @Schema(description = "供货企业") String supplierName,
            @Schema(description = "门店编号") UUID storeId, @Schema(description = "门店名称") String storeName,
            @Schema(description = "状态", allowableValues = {
                    "delivered", "accepted", "rejected", "withdrawn"}, example = "delivered") String state,
            @Schema(description = "送货时间") OffsetDateTime deliveredAt,
            @Schema(description = "应在此日之前（含）验收或拒收；已有决定的不出现") @Nullable LocalDate decideBy,
            @Schema(description = "是否过了此日仍未验收或拒收", example = "false") boolean overdue) {
    }

    /** The newest first. */
    Flux<Summary> of(Party party, @Nullable String state, boolean overdueOnly, UUID before, int rows) {
        LocalDate today = LocalDate.now(clock);
        return database.sql("""
                SELECT v.id, v.order_id, c.name AS chain_name, s.name AS supplier_name, v.store_id, i.name, v.state,
                       v.delivered_at, w.decide_by
                  FROM delivery v
                  JOIN purchase_order o ON o.id = v.order_id
                  JOIN chain c ON c.id = o.chain_id
                  JOIN supplier s ON s.id = o.supplier_id
                  JOIN institution i ON i.id = v.store_id
                  LEFT JOIN undecided w ON w.kind = 'delivery' AND w.id = v.id
                 WHERE (:chain IS NULL OR o.chain_id = :chain) AND (:supplier IS NULL OR o.supplier_id = :supplier)
                   AND (:state IS NULL OR v.state = :state) AND (NOT :overdueOnly OR w.decide_by < :today)
                   AND v.id < :before
                 ORDER BY v.id DESC LIMIT :rows
                """)
                .bind("chain", party instanceof Party.Chain(UUID id) ? Parameters.in(id) : Parameters.in(UUID.class))
                .bind("supplier",
                        party instanceof Party.Supplier(UUID id) ? Parameters.in(id) : Parameters.in(UUID.class))
                .bind("state", Parameters.in(R2dbcType.VARCHAR, state))
                .bind("overdueOnly", overdueOnly)
                .bind("today", today)
                .bind("before", before)
                .bind("rows", rows)
                .map(row -> {
                    LocalDate decideBy = row.get("decide_by", LocalDate.class);
                    return new Summary(row.get("id", UUID.class), row.get("order_id", UUID.class),
                            row.get("chain_name", String.class), row.get("supplier_name", String.class),
                            row.get("store_id", UUID.class), row.get("name", String.class),
                            row.get("state", String.class),
                            OrderView.time(row.get("delivered_at", OffsetDateTime.class).toInstant()), decideBy,
                            decideBy != null && decideBy.isBefore(today));
                })
                .all();
    }
}
