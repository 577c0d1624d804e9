package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.institution.Party;
import cn.cityapis.pharmacy.money.Fen;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Returns in the database. Whoever writes here holds the row of the order. */
@Repository
class Returns {

    private static final String SEEN_BY = """
            SELECT r.id, r.delivery_id, r.order_id, r.state, r.reason, r.amount_fen, r.requested_at, r.decided_at,
                   r.refusal_reason, r.version
              FROM goods_return r
             WHERE (:chain IS NULL OR r.chain_id = :chain)
               AND (:supplier IS NULL OR r.supplier_id = :supplier)
            """;

    private final DatabaseClient database;

    Returns(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> insert(UUID id, PurchaseOrder order, UUID delivery, String reason, Fen amount,
            List<GoodsReturn.Part> parts, Instant at) {
        return database.sql("""
                INSERT INTO goods_return (id, delivery_id, order_id, chain_id, supplier_id, state, reason, amount_fen,
                                          requested_at)
                VALUES (:id, :delivery, :order, :chain, :supplier, 'requested', :reason, :amount, :at)
                """)
                .bind("id", id)
                .bind("delivery", delivery)
                .bind("order", order.id())
                .bind("chain", order.chainId())
                .bind("supplier", order.supplierId())
                .bind("reason", reason)
                .bind("amount", amount.amount())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .then()
                .then(insertParts(id, delivery, parts))
                .then(reserve(id, "+"));
    }

    private Mono<Void> insertParts(UUID id, UUID delivery, List<GoodsReturn.Part> parts) {
        return database.sql("""
                INSERT INTO goods_return_line (return_id, delivery_id, line_no, batch_no, quantity)
                SELECT :id, :delivery, p.* FROM unnest(:lines, :batches, :quantities) AS p
                """)
                .bind("id", id)
                .bind("delivery", delivery)
                .bind("lines", parts.stream().map(GoodsReturn.Part::lineNo).toArray(Integer[]::new))
                .bind("batches", parts.stream().map(GoodsReturn.Part::batchNo).toArray(String[]::new))
                .bind("quantities", parts.stream().map(GoodsReturn.Part::quantity).toArray(Integer[]::new))
                .then();
    }

    /** Takes the packs of a return out of what may still go back, or gives them back to it. */
    private Mono<Void> reserve(UUID id, String sign) {
        return database.sql("""
                UPDATE delivery_line d SET returned = d.returned %s r.quantity
                  FROM goods_return_line r
                 WHERE r.return_id = :id AND d.delivery_id = r.delivery_id AND d.line_no = r.line_no
                   AND d.batch_no = r.batch_no
                """.formatted(sign))
                .bind("id", id)
                .then();
    }

    Mono<Void> confirm(UUID id, Instant at) {
        return decide(id, "confirmed", null, at);
    }

    Mono<Void> refuse(UUID id, String reason, Instant at) {
        return decide(id, "refused", reason, at).then(reserve(id, "-"));
    }

    private Mono<Void> decide(UUID id, String state, @Nullable String refusal, Instant at) {
        return database.sql("""
                UPDATE goods_return SET state = :state, refusal_reason = :refusal, decided_at = :at, version = version + 1
                 WHERE id = :id
                """)
                .bind("id", id)
                .bind("state", state)
                .bind("refusal", Parameters.in(R2dbcType.VARCHAR, refusal))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .then();
    }

    /** A return that the party may see. */
    Mono<GoodsReturn> find(Party party, UUID id) {
        return seenBy(party, " AND r.id = :id").bind("id", id).map(Returns::read).one()
                .flatMap(found -> parts(id).collectList().map(found::with));
    }

    /** The newest first, without their lines. */
    Flux<GoodsReturn> list(Party party, @Nullable String state, UUID before, int rows) {
        return seenBy(party,
                " AND (:state IS NULL OR r.state = :state) AND r.id < :before ORDER BY r.id DESC LIMIT :rows")
                .bind("state", Parameters.in(R2dbcType.VARCHAR, state))
                .bind("before", before)
                .bind("rows", rows)
                .map(Returns::read)
                .all();
    }

    private Flux<GoodsReturn.Part> parts(UUID id) {
        return database.sql("""
                SELECT line_no, batch_no, quantity FROM goods_return_line WHERE return_id = :id ORDER BY line_no, batch_no
                """)
                .bind("id", id)
                .map(row -> new GoodsReturn.Part(row.get("line_no", Integer.class), row.get("batch_no", String.class),
                        row.get("quantity", Integer.class)))
                .all();
    }

    private DatabaseClient.GenericExecuteSpec seenBy(Party party, String rest) {
        return database.sql(SEEN_BY + rest)
                .bind("chain", party instanceof Party.Chain(UUID id) ? Parameters.in(id) : Parameters.in(UUID.class))
                .bind("supplier",
                        party instanceof Party.Supplier(UUID id) ? Parameters.in(id) : Parameters.in(UUID.class));
    }

    private static GoodsReturn read(Readable row) {
        return new GoodsReturn(row.get("id", UUID.class), row.get("delivery_id", UUID.class),
                row.get("order_id", UUID.class), row.get("state", String.class), row.get("reason", String.class),
                new Fen(row.get("amount_fen", Long.class)), List.of(), row.get("requested_at", OffsetDateTime.class),
                row.get("decided_at", OffsetDateTime.class), row.get("refusal_reason", String.class),
                row.get("version", Long.class));
    }
}
