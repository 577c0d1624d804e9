package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.catalogue.Drugs;
import cn.cityapis.pharmacy.institution.Party;
import cn.cityapis.pharmacy.money.Fen;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Orders in the database. */
@Repository
class Orders {

    private static final String SEEN_BY = """
            SELECT o.id, o.chain_id, c.name AS chain_name, o.supplier_id, s.name AS supplier_name, o.placed_at, o.state,
                   o.confirmed_at, o.refused_at, o.refusal_reason, o.cancelled_at, o.cancellation_reason,
                   o.completed_at, o.version
              FROM purchase_order o
              JOIN chain c ON c.id = o.chain_id
              JOIN supplier s ON s.id = o.supplier_id
             WHERE (:chain IS NULL OR o.chain_id = :chain)
               AND (:supplier IS NULL OR o.supplier_id = :supplier)
            """;

    private final DatabaseClient database;

    Orders(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> insert(UUID id, UUID chain, UUID supplier, Instant at, List<OrderRules.Wish> wishes,
            Map<UUID, Drugs.Awarded> awarded) {
        return database.sql("""
                INSERT INTO purchase_order (id, chain_id, supplier_id, state, placed_at)
                VALUES (:id, :chain, :supplier, 'placed', :at)
                """)
                .bind("id", id)
                .bind("chain", chain)
                .bind("supplier", supplier)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .then()
                .then(insertLines(id, chain, wishes, wishes.stream().map(w -> awarded.get(w.drugId())).toList()));
    }

    private Mono<Void> insertLines(UUID id, UUID chain, List<OrderRules.Wish> wishes, List<Drugs.Awarded> awards) {
        return database.sql("""
                INSERT INTO order_line (order_id, chain_id, line_no, store_id, drug_id, award_id, price_fen, ordered)
                SELECT :id, :chain, w.* FROM unnest(:numbers, :stores, :drugs, :awards, :prices, :ordered) AS w
                """)
                .bind("id", id)
                .bind("chain", chain)
                .bind("numbers", IntStream.rangeClosed(1, wishes.size()).boxed().toArray(Integer[]::new))
                .bind("stores", wishes.stream().map(OrderRules.Wish::storeId).toArray(UUID[]::new))
                .bind("drugs", wishes.stream().map(OrderRules.Wish::drugId).toArray(UUID[]::new))
                .bind("awards", awards.stream().map(Drugs.Awarded::awardId).toArray(UUID[]::new))
                .bind("prices", awards.stream().map(a -> a.price().amount()).toArray(Long[]::new))
                .bind("ordered", wishes.stream().map(OrderRules.Wish::quantity).toArray(Integer[]::new))
                .then();
    }

    /** An order that the party may see. */
    Mono<PurchaseOrder> find(Party party, UUID id) {
        return one(party, id, "");
    }

    /** The same, holding its row until the transaction ends: all changes to an order and its deliveries queue here. */
    Mono<PurchaseOrder> lock(Party party, UUID id) {
        return one(party, id, " FOR UPDATE OF o");
    }

    private Mono<PurchaseOrder> one(Party party, UUID id, String lock) {
        return seenBy(party, " AND o.id = :id" + lock).bind("id", id)
                .map(row -> order(row, List.of()))
                .one()
                .flatMap(order -> lines(id).collectList().map(lines -> withLines(order, lines)));
    }

    /** The newest first, without their lines. */
    Flux<OrderView.Summary> list(Party party, @Nullable String state, UUID before, int rows) {
        return seenBy(party, """
                 AND (:state IS NULL OR o.state = :state) AND o.id < :before ORDER BY o.id DESC LIMIT :rows
                """)
                .bind("state", Parameters.in(R2dbcType.VARCHAR, state))
                .bind("before", before)
                .bind("rows", rows)
                .map(row -> OrderView.Summary.of(order(row, List.of())))
                .all();
    }

    private DatabaseClient.GenericExecuteSpec seenBy(Party party, String rest) {
        return database.sql(SEEN_BY + rest)
                .bind("chain", party instanceof Party.Chain(UUID id) ? Parameters.in(id) : Parameters.in(UUID.class))
                .bind("supplier",
                        party instanceof Party.Supplier(UUID id) ? Parameters.in(id) : Parameters.in(UUID.class));
    }

    private Flux<PurchaseOrder.Line> lines(UUID order) {
        return database.sql("""
                SELECT l.line_no, l.store_id, i.name, l.drug_id, d.generic_name, d.strength, d.pack_units, l.price_fen,
                       l.ordered, l.delivered, l.accepted, l.closed, l.closed_by, l.closing_reason
                  FROM order_line l
                  JOIN institution i ON i.id = l.store_id
                  JOIN drug d ON d.id = l.drug_id
                 WHERE l.order_id = :order ORDER BY l.line_no
                """)
                .bind("order", order)
                .map(row -> new PurchaseOrder.Line(row.get("line_no", Integer.class), row.get("store_id", UUID.class),
                        row.get("name", String.class), row.get("drug_id", UUID.class),
                        row.get("generic_name", String.class), row.get("strength", String.class),
                        row.get("pack_units", Integer.class), new Fen(row.get("price_fen", Long.class)),
                        row.get("ordered", Integer.class), row.get("delivered", Integer.class),
                        row.get("accepted", Integer.class), closing(row)))
                .all();
    }

    private static PurchaseOrder.@Nullable Closing closing(Readable row) {
        int closed = row.get("closed", Integer.class);
        return closed == 0
                ? null
                : new PurchaseOrder.Closing(closed, row.get("closed_by", String.class),
                        row.get("closing_reason", String.class));
    }

    /** What is still to come of the lines will not; the row of the order is held. */
    Mono<Void> closeLines(UUID id, Collection<Integer> lines, String by, String reason) {
        return database.sql("""
                UPDATE order_line SET closed = ordered - delivered, closed_by = :by, closing_reason = :reason
                 WHERE order_id = :id AND line_no = ANY(:lines) AND delivered + closed < ordered
                """)
                .bind("id", id)
                .bind("lines", lines.toArray(Integer[]::new))
                .bind("by", by)
                .bind("reason", reason)
                .then();
    }

    /** Writes the state of an order whose row is held, and gives it a new version. */
    Mono<Void> put(UUID id, OrderState state) {
        return database.sql("""
                UPDATE purchase_order
                   SET state = :state, confirmed_at = :confirmed, refused_at = :refused, refusal_reason = :reason,
                       cancelled_at = :cancelled, cancellation_reason = :cancellation, completed_at = :completed, version = version + 1
                 WHERE id = :id
                """)
                .bind("id", id)
                .bind("state", state.code())
                .bind("confirmed", time(switch (state) {
                    case OrderState.Confirmed(Instant at) -> at;
                    case OrderState.Completed(Instant confirmedAt, Instant at) -> confirmedAt;
                    case OrderState.Placed placed -> null;
                    case OrderState.Refused refused -> null;
                    case OrderState.Cancelled cancelled -> null;
                }))
                .bind("refused", time(state instanceof OrderState.Refused refused ? refused.at() : null))
                .bind("reason", Parameters.in(R2dbcType.VARCHAR,
                        state instanceof OrderState.Refused refused ? refused.reason() : null))
                .bind("cancelled", time(state instanceof OrderState.Cancelled cancelled ? cancelled.at() : null))
                .bind("cancellation", Parameters.in(R2dbcType.VARCHAR,
                        state instanceof OrderState.Cancelled cancelled ? cancelled.reason() : null))
                .bind("completed", time(state instanceof OrderState.Completed completed ? completed.at() : null))
                .then();
    }

    private static Object time(@Nullable Instant at) {
        return Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, at == null ? null : at.atOffset(ZoneOffset.UTC));
    }

    private static PurchaseOrder withLines(PurchaseOrder o, List<PurchaseOrder.Line> lines) {
        return new PurchaseOrder(o.id(), o.chainId(), o.chainName(), o.supplierId(), o.supplierName(), o.placedAt(),
                o.state(), o.version(), lines);
    }

    private static PurchaseOrder order(Readable row, List<PurchaseOrder.Line> lines) {
        return new PurchaseOrder(row.get("id", UUID.class), row.get("chain_id", UUID.class),
                row.get("chain_name", String.class), row.get("supplier_id", UUID.class),
                row.get("supplier_name", String.class), instant(row, "placed_at"), state(row),
                row.get("version", Long.class), lines);
    }

    private static OrderState state(Readable row) {
        String state = row.get("state", String.class);
        return switch (state) {
            case "placed" -> new OrderState.Placed();
            case "confirmed" -> new OrderState.Confirmed(instant(row, "confirmed_at"));
            case "refused" -> new OrderState.Refused(instant(row, "refused_at"),
                    row.get("refusal_reason", String.class));
            case "cancelled" -> new OrderState.Cancelled(instant(row, "cancelled_at"),
                    row.get("cancellation_reason", String.class));
            case "completed" -> new OrderState.Completed(instant(row, "confirmed_at"), instant(row, "completed_at"));
            default -> throw new IllegalStateException("unknown state of an order: " + state);
        };
    }

    private static Instant instant(Readable row, String column) {
        return row.get(column, OffsetDateTime.class).toInstant();
    }
}
