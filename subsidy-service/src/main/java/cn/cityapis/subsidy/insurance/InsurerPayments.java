package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What was paid to insurers: entered, confirmed by another, and what the bank sent back. Constraints hold each to once. */
@Component
class InsurerPayments {

    private final DatabaseClient database;
    private final Ids ids;
    private final Clock clock;

    InsurerPayments(DatabaseClient database, Ids ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    Mono<Void> enter(UUID filing, String reference, String by) {
        return database.sql("""
                INSERT INTO insurance_payment (id, filing_id, state, bank_reference, entered_by, entered_at)
                VALUES (:id, :filing, 'entered', :reference, :by, :now)
                """)
                .bind("id", ids.next())
                .bind("filing", filing)
                .bind("reference", reference)
                .bind("by", by)
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    Mono<Void> confirm(UUID filing, UUID transaction, String by) {
        return one(database.sql("""
                UPDATE insurance_payment SET state = 'confirmed', transaction_id = :transaction, decided_by = :by, decided_at = :now
                 WHERE filing_id = :filing AND state = 'entered'
                """).bind("transaction", transaction), filing, by);
    }

    Mono<Void> refuse(UUID filing, String by) {
        return one(database.sql("""
                UPDATE insurance_payment SET state = 'refused', decided_by = :by, decided_at = :now
                 WHERE filing_id = :filing AND state = 'entered'
                """), filing, by);
    }

    Mono<Void> cameBack(UUID filing, String reference, String reason, String by) {
        return one(database.sql("""
                UPDATE insurance_payment
                   SET state = 'returned', return_reference = :reference, return_reason = :reason, returned_by = :by,
                       returned_at = :now
                 WHERE filing_id = :filing AND state = 'confirmed'
                """).bind("reference", reference).bind("reason", reason), filing, by);
    }

    private Mono<Void> one(DatabaseClient.GenericExecuteSpec update, UUID filing, String by) {
        return update.bind("filing", filing).bind("by", by).bind("now", OffsetDateTime.now(clock)).fetch().rowsUpdated()
                .flatMap(rows -> rows == 1 ? Mono.<Void>empty() : Mono.error(ProblemException.of(CommonProblem.STALE)));
    }
}
