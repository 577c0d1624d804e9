package cn.cityapis.subsidy.clawback;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.subsidy.money.Fen;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Claims and repayments. */
@Component
public class Clawbacks {

    private static final TypeReference<List<Clawback.Repayment>> REPAYMENTS = new TypeReference<>() {
    };
    private static final String SELECT = """
            SELECT k.id, k.application_id, k.amount_fen, k.whole, k.reason, k.decided_at, k.transaction_id,
                   (SELECT coalesce(sum(r.amount_fen), 0)::bigint FROM repayment r WHERE r.clawback_id = k.id) AS repaid,
                   (SELECT coalesce(sum(s.amount_fen), 0)::bigint FROM clawback_settlement s
                     WHERE s.clawback_id = k.id) AS settled,
                   (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'amountFen', r.amount_fen, 'bankReference',
                           r.bank_reference, 'bookedAt', r.booked_at, 'transactionId', r.transaction_id)
                           ORDER BY r.booked_at, r.id), '[]') FROM repayment r WHERE r.clawback_id = k.id) AS repayments
              FROM clawback k
            """;
    private final DatabaseClient database;
    private final JsonMapper json;
    private final Clock clock;

    Clawbacks(DatabaseClient database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /** All of an application, oldest first. */
    public Mono<List<Clawback>> of(UUID application) {
        return database.sql(SELECT + " WHERE k.application_id = :id ORDER BY k.decided_at, k.id")
                .bind("id", application)
                .map(this::clawback).all().collectList();
    }

    /** @throws ProblemException 404 */
    Mono<Clawback> get(UUID id) {
        return database.sql(SELECT + " WHERE k.id = :id").bind("id", id).map(this::clawback).one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这项追回")));
    }

    Mono<Void> insert(Clawback it, String by) {
        return database.sql("""
                INSERT INTO clawback (id, application_id, amount_fen, whole, reason, decided_by, decided_at, transaction_id)
                VALUES (:id, :application, :amount, :whole, :reason, :by, :at, :transaction)
                """)
                .bind("id", it.id())
                .bind("application", it.applicationId())
                .bind("amount", it.amountFen())
                .bind("whole", it.whole())
                .bind("reason", it.reason())
                .bind("by", by)
                .bind("at", it.decidedAt())
                .bind("transaction", it.transactionId())
                .then();
    }

    Mono<Void> insert(UUID clawback, Clawback.Repayment it, String by) {
        return database.sql("""
                INSERT INTO repayment (id, clawback_id, amount_fen, bank_reference, booked_by, booked_at, transaction_id)
                VALUES (:id, :clawback, :amount, :reference, :by, :at, :transaction)
                """)
                .bind("id", it.id())
                .bind("clawback", clawback)
                .bind("amount", it.amountFen())
                .bind("reference", it.bankReference())
                .bind("by", by)
                .bind("at", it.bookedAt())
                .bind("transaction", it.transactionId())
                .then();
    }

    /**
     * What was claimed of a payment that came back is not owed any more; the oldest claims first. Within the caller's
     * transaction.
     *
     * @param amount at most what is open of all claims; may be nothing
     */
    public Mono<Void> settle(UUID application, UUID payment, Fen amount) {
        return database.sql("""
                WITH open AS (
                    SELECT k.id, k.decided_at, k.amount_fen
                           - (SELECT coalesce(sum(r.amount_fen), 0) FROM repayment r WHERE r.clawback_id = k.id)
                           - (SELECT coalesce(sum(s.amount_fen), 0) FROM clawback_settlement s
                               WHERE s.clawback_id = k.id) AS fen
                      FROM clawback k WHERE k.application_id = :application
                ), queued AS (
                    SELECT id, fen, sum(fen) OVER (ORDER BY decided_at, id) - fen AS before FROM open WHERE fen > 0
                )
                INSERT INTO clawback_settlement (payment_id, clawback_id, amount_fen)
                SELECT :payment, id, least(fen, :amount - before)::bigint FROM queued WHERE before < :amount
                """)
                .bind("application", application)
                .bind("payment", payment)
                .bind("amount", amount.value())
                .then();
    }

    OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    private Clawback clawback(Readable row) {
        return new Clawback(row.get("id", UUID.class), row.get("application_id", UUID.class),
                row.get("amount_fen", Long.class), row.get("whole", Boolean.class), row.get("reason", String.class),
                row.get("decided_at", OffsetDateTime.class), row.get("transaction_id", UUID.class),
                row.get("repaid", Long.class), row.get("settled", Long.class),
                json.readValue(row.get("repayments", String.class), REPAYMENTS));
    }
}
