package cn.cityapis.subsidy.payment;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What was settled and is taken back: the row of the month stays, and is in force no more. */
@Component
class Reversals {

    private final DatabaseClient database;
    private final Clock clock;

    Reversals(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Why. */
    enum Kind {
        /** It had arrived, and came back. */
        RETURNED,
        /** It was withheld, and is due after all. */
        REOPENED
    }

    /**
     * @param reference the bank's number of the credit that came back; null if the bank has no part in it
     * @param transaction that moved the money back
     */
    record Reversal(UUID payment, Kind kind, String reason, @Nullable String reference, UUID transaction) {
    }

    Mono<Void> insert(Reversal it, String by) {
        return database.sql("""
                INSERT INTO payment_reversal (payment_id, kind, reason, bank_reference, decided_by, decided_at, transaction_id)
                VALUES (:payment, :kind, :reason, :reference, :by, :now, :transaction)
                """)
                .bind("payment", it.payment())
                .bind("kind", it.kind().name().toLowerCase(Locale.ROOT))
                .bind("reason", it.reason())
                .bind("reference", Parameter.fromOrEmpty(it.reference(), String.class))
                .bind("by", by)
                .bind("now", OffsetDateTime.now(clock))
                .bind("transaction", it.transaction())
                .then();
    }

    /** The row by which an order to the bank is paid. */
    Mono<UUID> paidBy(UUID item) {
        return database.sql("SELECT id FROM payment WHERE item_id = :item AND outcome = 'paid'").bind("item", item)
                .mapValue(UUID.class).one();
    }
}
