package cn.cityapis.subsidy.payment;

import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.evaluation.Facts;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Months that are due, and months that are settled. */
@Component
class Payments {

    private static final TypeReference<List<Payment.Reason>> REASONS = new TypeReference<>() {
    };
    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {
    };
    private static final int BATCH = 200;
    private static final String SELECT_DUE = """
            SELECT id, scheme_id, owner_subject, area_code, next_month, monthly_fen, budget_year, case_date FROM application
            """;

    private final DatabaseClient database;
    private final SchemeCatalogue catalogue;
    private final JsonMapper json;
    private final Clock clock;

    Payments(DatabaseClient database, SchemeCatalogue catalogue, JsonMapper json, Clock clock) {
        this.database = database;
        this.catalogue = catalogue;
        this.json = json;
        this.clock = clock;
    }

    /** @param month its first day */
    record Due(UUID application, String scheme, String owner, String area, LocalDate month, long monthlyFen,
            int budgetYear,
            LocalDate caseDate) {
    }

    /** Of each case the oldest month that is over and not settled. */
    Mono<List<Due>> due(LocalDate today) {
        return database.sql(SELECT_DUE + """
                 WHERE state = 'paying' AND next_month < :thisMonth
                 ORDER BY next_month, id
                 LIMIT :limit
                """)
                .bind("thisMonth", YearMonth.from(today).atDay(1))
                .bind("limit", BATCH)
                .map(Payments::dueRow)
                .all()
                .collectList();
    }

    /** Empty if the month was settled meanwhile. */
    Mono<Due> lock(Due due) {
        return database.sql(SELECT_DUE + " WHERE id = :id AND state = 'paying' AND next_month = :month FOR UPDATE")
                .bind("id", due.application())
                .bind("month", due.month())
                .map(Payments::dueRow)
                .one();
    }

    private static Due dueRow(Readable row) {
        return new Due(row.get("id", UUID.class), row.get("scheme_id", String.class),
                row.get("owner_subject", String.class), row.get("area_code", String.class),
                row.get("next_month", LocalDate.class), row.get("monthly_fen", Long.class),
                row.get("budget_year", Integer.class), row.get("case_date", LocalDate.class));
    }

    /** All that was told for this day or before, later tellings over earlier ones. */
    Mono<Facts> factsOn(Due due, LocalDate day) {
        return database.sql("""
                SELECT facts FROM application_facts
                 WHERE application_id = :id AND valid_from <= :day
                 ORDER BY valid_from, sequence
                """)
                .bind("id", due.application())
                .bind("day", day)
                .map(row -> catalogue.facts().read(json.readValue(row.get("facts", String.class), FACTS)).facts())
                .all()
                .reduce(Facts.NONE, Facts::with);
    }

    Mono<Void> insert(UUID id, Due due, boolean paid, List<Payment.Reason> reasons, UUID transaction) {
        return database.sql("""
                INSERT INTO payment (id, application_id, month, outcome, amount_fen, reasons, transaction_id, created_at)
                VALUES (:id, :application, :month, :outcome, :amount, :reasons, :transaction, :now)
                """)
                .bind("id", id)
                .bind("application", due.application())
                .bind("month", due.month())
                .bind("outcome", paid ? "paid" : "withheld")
                .bind("amount", due.monthlyFen())
                .bind("reasons", Json.of(json.writeValueAsString(reasons)))
                .bind("transaction", transaction)
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    Mono<Void> advance(Due due) {
        return database.sql("""
                UPDATE application
                   SET next_month = (next_month + interval '1 month')::date,
                       state = CASE WHEN next_month + interval '1 month' >= upper(period) THEN 'ended' ELSE state END,
                       version = version + 1, updated_at = :now
                 WHERE id = :id
                """)
                .bind("id", due.application())
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    Mono<List<Payment>> of(UUID application) {
        return database.sql("""
                SELECT id, month, outcome, amount_fen, reasons, transaction_id, created_at
                  FROM payment WHERE application_id = :id ORDER BY month
                """)
                .bind("id", application)
                .map(this::payment)
                .all()
                .collectList();
    }

    private Payment payment(Readable row) {
        return new Payment(row.get("id", UUID.class), YearMonth.from(row.get("month", LocalDate.class)).toString(),
                Payment.Outcome.valueOf(row.get("outcome", String.class).toUpperCase(Locale.ROOT)),
                row.get("amount_fen", Long.class), json.readValue(row.get("reasons", String.class), REASONS),
                row.get("transaction_id", UUID.class), row.get("created_at", OffsetDateTime.class));
    }
}
