package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.money.Fen;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deliveries in the database. Whoever writes here holds the row of the order. */
@Repository
class Deliveries {

    private static final String DELIVERY = """
            SELECT v.id, v.order_id, v.store_id, i.name, v.delivered_at, v.state, v.decided_at, v.reason, v.version,
                   s.id AS settlement_id
              FROM delivery v
              JOIN institution i ON i.id = v.store_id
              LEFT JOIN settlement s ON s.delivery_id = v.id
            """;

    private final DatabaseClient database;

    Deliveries(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> insert(UUID id, UUID order, UUID store, Instant at, List<OrderRules.Parcel> parcels) {
        return database.sql("""
                INSERT INTO delivery (id, order_id, store_id, state, delivered_at)
                VALUES (:id, :order, :store, 'delivered', :at)
                """)
                .bind("id", id)
                .bind("order", order)
                .bind("store", store)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .then()
                .then(insertParts(id, order, parcels))
                .then(move(id, "delivered = l.delivered + p.quantity"));
    }

    private Mono<Void> insertParts(UUID id, UUID order, List<OrderRules.Parcel> parcels) {
        return database.sql("""
                INSERT INTO delivery_line (delivery_id, order_id, line_no, quantity, batch_no, expires_on)
                SELECT :id, :order, p.* FROM unnest(:lines, :quantities, :batches, :expiries) AS p
                """)
                .bind("id", id)
                .bind("order", order)
                .bind("lines", parcels.stream().map(OrderRules.Parcel::lineNo).toArray(Integer[]::new))
                .bind("quantities", parcels.stream().map(OrderRules.Parcel::quantity).toArray(Integer[]::new))
                .bind("batches", parcels.stream().map(OrderRules.Parcel::batchNo).toArray(String[]::new))
                .bind("expiries", parcels.stream().map(OrderRules.Parcel::expiresOn).toArray(LocalDate[]::new))
                .then();
    }

    /** Takes the quantities of a delivery over into the lines of its order. */
    private Mono<Void> move(UUID delivery, String change) {
        return database.sql("""
                UPDATE order_line l SET %s
                  FROM (SELECT order_id, line_no, sum(quantity)::int AS quantity FROM delivery_line
                         WHERE delivery_id = :delivery GROUP BY order_id, line_no) AS p
                 WHERE l.order_id = p.order_id AND l.line_no = p.line_no
                """.formatted(change))
                .bind("delivery", delivery)
                .then();
    }

    Mono<Void> accept(UUID id, Delivery.State.Accepted accepted) {
        return database.sql("""
                UPDATE delivery SET state = 'accepted', decided_at = :at, version = version + 1 WHERE id = :id
                """)
                .bind("id", id)
                .bind("at", accepted.at().atOffset(ZoneOffset.UTC))
                .then()
                .then(move(id, "accepted = l.accepted + p.quantity"));
    }

    Mono<Void> reject(UUID id, Delivery.State.Rejected rejected) {
        return giveUp(id, rejected, rejected.at(), rejected.reason());
    }

    Mono<Void> withdraw(UUID id, Delivery.State.Withdrawn withdrawn) {
        return giveUp(id, withdrawn, withdrawn.at(), withdrawn.reason());
    }

    /** What was in it may be delivered again. */
    private Mono<Void> giveUp(UUID id, Delivery.State state, Instant at, String reason) {
        return database.sql("""
                UPDATE delivery SET state = :state, decided_at = :at, reason = :reason, version = version + 1
                 WHERE id = :id
                """)
                .bind("id", id)
                .bind("state", state.code())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .bind("reason", reason)
                .then()
                .then(move(id, "delivered = l.delivered - p.quantity"));
    }

    Mono<UUID> orderOf(UUID delivery) {
        return database.sql("SELECT order_id FROM delivery WHERE id = :id")
                .bind("id", delivery)
                .map(row -> row.get("order_id", UUID.class))
                .one();
    }

    Mono<Delivery> find(UUID id) {
        return database.sql(DELIVERY + " WHERE v.id = :id")
                .bind("id", id)
                .map(row -> delivery(row, List.of()))
                .one()
                .flatMap(found -> parts(id).collectList().map(parts -> new Delivery(found.id(), found.orderId(),
                        found.storeId(), found.storeName(), found.deliveredAt(), found.state(), found.version(),
                        parts, found.settlementId())));
    }

    /** All of an order, without their parts. */
    Flux<Delivery> of(UUID order) {
        return database.sql(DELIVERY + " WHERE v.order_id = :order ORDER BY v.id")
                .bind("order", order)
                .map(row -> delivery(row, List.of()))
                .all();
    }

    private Flux<Delivery.Part> parts(UUID delivery) {
        return database.sql("""
                SELECT p.line_no, l.drug_id, d.generic_name, l.price_fen, p.quantity, p.returned,
                       p.batch_no, p.expires_on
                  FROM delivery_line p
                  JOIN order_line l ON l.order_id = p.order_id AND l.line_no = p.line_no
                  JOIN drug d ON d.id = l.drug_id
                 WHERE p.delivery_id = :delivery ORDER BY p.line_no, p.batch_no
                """)
                .bind("delivery", delivery)
                .map(row -> new Delivery.Part(row.get("line_no", Integer.class), row.get("drug_id", UUID.class),
                        row.get("generic_name", String.class), new Fen(row.get("price_fen", Long.class)),
                        row.get("quantity", Integer.class), row.get("returned", Integer.class),
                        row.get("batch_no", String.class),
                        row.get("expires_on", LocalDate.class)))
                .all();
    }

    private static Delivery delivery(Readable row, List<Delivery.Part> parts) {
        return new Delivery(row.get("id", UUID.class), row.get("order_id", UUID.class),
                row.get("store_id", UUID.class), row.get("name", String.class),
                row.get("delivered_at", OffsetDateTime.class).toInstant(), state(row), row.get("version", Long.class),
                parts, row.get("settlement_id", UUID.class));
    }

    private static Delivery.State state(Readable row) {
        String state = row.get("state", String.class);
        OffsetDateTime decided = row.get("decided_at", OffsetDateTime.class);
        return switch (state) {
            case "delivered" -> new Delivery.State.Delivered();
            case "accepted" -> new Delivery.State.Accepted(decided.toInstant());
            case "rejected" -> new Delivery.State.Rejected(decided.toInstant(), row.get("reason", String.class));
            case "withdrawn" -> new Delivery.State.Withdrawn(decided.toInstant(), row.get("reason", String.class));
            default -> throw new IllegalStateException("unknown state of a delivery: " + state);
        };
    }
}
