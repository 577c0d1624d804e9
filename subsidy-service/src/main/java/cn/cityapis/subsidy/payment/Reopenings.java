package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What was asked and decided of withheld months. */
@Component
class Reopenings {

    private static final String SELECT = """
            SELECT r.id, r.application_id, r.payment_id, p.month, r.reason, r.asked_org, r.asked_at, r.decision,
                   r.decision_reason, r.decided_at
              FROM month_reopening r JOIN payment p ON p.id = r.payment_id
            """;
    private final DatabaseClient database;
    private final Clock clock;

    Reopenings(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The withheld row of a month that is in force; empty if there is none. */
    Mono<UUID> withheld(UUID application, YearMonth month) {
        return database.sql("""
                SELECT p.id FROM payment p
                 WHERE p.application_id = :application AND p.month = :month AND p.outcome = 'withheld'
                   AND NOT EXISTS (SELECT 1 FROM payment_reversal v WHERE v.payment_id = p.id)
                """)
                .bind("application", application).bind("month", month.atDay(1)).mapValue(UUID.class).one();
    }

    Mono<Void> insert(UUID id, UUID application, UUID payment, String reason, Caller by) {
        return database.sql("""
                INSERT INTO month_reopening (id, application_id, payment_id, reason, asked_by, asked_org, asked_at)
                VALUES (:id, :application, :payment, :reason, :by, :org, :now)
                """)
                .bind("id", id)
                .bind("application", application)
                .bind("payment", payment)
                .bind("reason", reason)
                .bind("by", by.subject())
                .bind("org", String.valueOf(by.org()))
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    /** A constraint refuses who has asked; empty if it is decided already. */
    Mono<Void> decide(UUID id, boolean approved, String reason, String by) {
        return database.sql("""
                UPDATE month_reopening
                   SET decision = :decision, decision_reason = :reason, decided_by = :by, decided_at = :now
                 WHERE id = :id AND decision IS NULL
                """)
                .bind("decision", approved ? "approved" : "refused")
                .bind("reason", reason)
                .bind("by", by)
                .bind("now", OffsetDateTime.now(clock))
                .bind("id", id)
                .fetch().rowsUpdated()
                .flatMap(rows -> rows == 1 ? Mono.<Void>empty() : Mono.error(ProblemException.of(CommonProblem.STALE)));
    }

    /** @throws ProblemException 404 */
    Mono<Reopening> get(UUID application, UUID id) {
        return database.sql(SELECT + " WHERE r.id = :id AND r.application_id = :application")
                .bind("id", id).bind("application", application).map(Reopenings::reopening).one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这项重新审核")));
    }

    Mono<List<Reopening>> of(UUID application) {
        return database.sql(SELECT + " WHERE r.application_id = :id ORDER BY r.asked_at, r.id")
                .bind("id", application).map(Reopenings::reopening).all().collectList();
    }

    private static Reopening reopening(Readable row) {
        return new Reopening(row.get("id", UUID.class), row.get("application_id", UUID.class),
                row.get("payment_id", UUID.class), YearMonth.from(row.get("month", LocalDate.class)).toString(),
                row.get("reason", String.class), row.get("asked_org", String.class),
                row.get("asked_at", OffsetDateTime.class), row.get("decision", String.class),
                row.get("decision_reason", String.class), row.get("decided_at", OffsetDateTime.class));
    }
}
