package cn.cityapis.pharmacy.settlement;

import cn.cityapis.pharmacy.money.Fen;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What was paid and paid back for settlements, in the database. Whoever writes here holds the row of the settlement. */
@Repository
class Payments {

    private final DatabaseClient database;

    Payments(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> insert(UUID settlement, Fen amount, LocalDate paidOn, LocalDate today, String reference) {
        return database.sql("""
                INSERT INTO settlement_payment (settlement_id, number, fen, paid_on, recorded_on, reference)
                SELECT :settlement, coalesce(max(number), 0) + 1, :fen, :on, :today, :reference
                  FROM settlement_payment WHERE settlement_id = :settlement
                """)
                .bind("settlement", settlement)
                .bind("fen", amount.amount())
                .bind("on", paidOn)
                .bind("today", today)
                .bind("reference", reference)
                .then();
    }

    Mono<Void> refund(UUID settlement, Fen amount, LocalDate refundedOn, LocalDate today, String reference) {
        return database.sql("""
                INSERT INTO settlement_refund (settlement_id, number, fen, refunded_on, recorded_on, reference)
                SELECT :settlement, coalesce(max(number), 0) + 1, :fen, :on, :today, :reference
                  FROM settlement_refund WHERE settlement_id = :settlement
                """)
                .bind("settlement", settlement)
                .bind("fen", amount.amount())
                .bind("on", refundedOn)
                .bind("today", today)
                .bind("reference", reference)
                .then();
    }

    /** All that stand. */
    Mono<Void> confirm(UUID settlement, LocalDate today) {
        return database.sql("""
                UPDATE settlement_payment SET confirmed_on = :today
                 WHERE settlement_id = :settlement AND reversed_on IS NULL AND confirmed_on IS NULL
                """)
                .bind("settlement", settlement)
                .bind("today", today)
                .then();
    }

    Mono<Void> reverse(UUID settlement, int number, LocalDate today, String reason) {
        return database.sql("""
                UPDATE settlement_payment SET reversed_on = :today, reversal = :reason
                 WHERE settlement_id = :settlement AND number = :number
                """)
                .bind("settlement", settlement)
                .bind("number", number)
                .bind("today", today)
                .bind("reason", reason)
                .then();
    }

    Flux<Settlement.Payment> of(UUID settlement) {
        return database.sql("""
                SELECT number, fen, paid_on, recorded_on, reference, confirmed_on, reversed_on, reversal
                  FROM settlement_payment WHERE settlement_id = :settlement ORDER BY number
                """)
                .bind("settlement", settlement)
                .map(row -> new Settlement.Payment(row.get("number", Integer.class),
                        new Fen(row.get("fen", Long.class)), row.get("paid_on", LocalDate.class),
                        row.get("recorded_on", LocalDate.class), row.get("reference", String.class),
                        row.get("confirmed_on", LocalDate.class), row.get("reversed_on", LocalDate.class),
                        row.get("reversal", String.class)))
                .all();
    }

    Flux<Settlement.Refund> refundsOf(UUID settlement) {
        return database.sql("""
                SELECT number, fen, refunded_on, recorded_on, reference
                  FROM settlement_refund WHERE settlement_id = :settlement ORDER BY number
                """)
                .bind("settlement", settlement)
                .map(row -> new Settlement.Refund(row.get("number", Integer.class),
                        new Fen(row.get("fen", Long.class)), row.get("refunded_on", LocalDate.class),
                        row.get("recorded_on", LocalDate.class), row.get("reference", String.class)))
                .all();
    }
}
