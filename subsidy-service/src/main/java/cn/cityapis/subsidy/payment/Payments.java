package cn.cityapis.subsidy.payment;

import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.evaluation.Facts;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.Parameter;
import cn.cityapis.subsidy.money.Fen;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Months that are due, and months that are settled. */
@Component
public class Payments {

    private static final TypeReference<List<Payment.Reason>> REASONS = new TypeReference<>() {
    };
    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {
    };
    private static final String SELECT_DUE = """
            SELECT id, scheme_id, scheme_version, owner_subject, area_code, next_month, monthly_fen, budget_year, case_date FROM application
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
    record Due(UUID application, String scheme, int schemeVersion, String owner, String area, LocalDate month,
            long monthlyFen,
            int budgetYear,
            LocalDate caseDate) {
    }

    /** Of each case the oldest month that is over and not settled, behind this month and case. */
    Mono<List<Due>> due(LocalDate today, LocalDate month, UUID application, int rows) {
        return database.sql(SELECT_DUE + """
                 WHERE state = 'paying' AND next_month < :thisMonth AND (next_month, id) > (:month, :application)
                 ORDER BY next_month, id
                 LIMIT :limit
                """)
                .bind("thisMonth", YearMonth.from(today).atDay(1))
                .bind("month", month)
                .bind("application", application)
                .bind("limit", rows)
                .map(Payments::dueRow)
                .all()
                .collectList();
    }

    /** Empty if the month was settled meanwhile. */
    Mono<Due> lock(Due due) {
        return database
                .sql(SELECT_DUE + " WHERE id = :id AND state = 'paying' AND next_month = :month FOR NO KEY UPDATE")
                .bind("id", due.application())
                .bind("month", due.month())
                .map(Payments::dueRow)
                .one();
    }

    /** The month that a row in force withholds, as if it were due now; empty if it is in force no more. */
    Mono<Due> withheld(UUID payment) {
        return database.sql("""
                SELECT a.id, a.scheme_id, a.scheme_version, a.owner_subject, a.area_code, p.month AS next_month,
                       p.amount_fen AS monthly_fen, a.budget_year, a.case_date
                  FROM payment p JOIN application a ON a.id = p.application_id
                 WHERE p.id = :id AND p.outcome = 'withheld'
                   AND NOT EXISTS (SELECT 1 FROM payment_reversal v WHERE v.payment_id = p.id)
                """).bind("id", payment).map(Payments::dueRow).one();
    }

    static Due dueRow(Readable row) {
        return new Due(row.get("id", UUID.class), row.get("scheme_id", String.class),
                row.get("scheme_version", Integer.class), row.get("owner_subject", String.class),
                row.get("area_code", String.class),
                row.get("next_month", LocalDate.class), row.get("monthly_fen", Long.class),
                row.get("budget_year", Integer.class), row.get("case_date", LocalDate.class));
    }

    /** All that was told for this day or before, later tellings over earlier ones. */
    Mono<Facts> factsOn(UUID application, LocalDate day) {
        return database.sql("""
                SELECT facts FROM application_facts
                 WHERE application_id = :id AND valid_from <= :day
                 ORDER BY valid_from, sequence
                """)
                .bind("id", application)
                .bind("day", day)
                .map(this::facts)
                .all()
                .reduce(Facts.NONE, Facts::with);
    }

    private Facts facts(Readable row) {
        return catalogue.facts().read(json.readValue(row.get("facts", String.class), FACTS)).stored();
    }

    /** What was told of a case for this day and later ones. */
    record Told(LocalDate from, Facts facts) {
    }

    /** By application, what was told of those that a run is to pay; later tellings behind earlier ones. */
    Mono<Map<UUID, List<Told>>> toldOf(UUID run) {
        return database.sql("""
                SELECT application_id, valid_from, facts FROM application_facts
                 WHERE application_id IN (SELECT application_id FROM payment_item WHERE run_id = :run AND state = 'pending')
                 ORDER BY application_id, valid_from, sequence
                """)
                .bind("run", run)
                .map(row -> Map.entry(row.get("application_id", UUID.class),
                        new Told(row.get("valid_from", LocalDate.class), facts(row))))
                .all()
                .collect(Collectors.groupingBy(Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /** One month of one case is settled; a second time is refused by constraint. */
    record Settled(UUID id, UUID application, YearMonth month, Fen amount, boolean paid, List<Payment.Reason> reasons,
            UUID transaction, @Nullable UUID item) {
    }

    Mono<Void> insert(Settled it) {
        return database.sql("""
                INSERT INTO payment (id, application_id, month, outcome, amount_fen, reasons, transaction_id, item_id, created_at)
                VALUES (:id, :application, :month, :outcome, :amount, :reasons, :transaction, :item, :now)
                """)
                .bind("id", it.id())
                .bind("application", it.application())
                .bind("month", it.month().atDay(1))
                .bind("outcome", it.paid() ? "paid" : "withheld")
                .bind("amount", it.amount().value())
                .bind("item", Parameter.fromOrEmpty(it.item(), UUID.class))
                .bind("reasons", Json.of(json.writeValueAsString(it.reasons())))
                .bind("transaction", it.transaction())
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    /** All of them paid by orders that arrived. */
    Mono<Void> insertPaid(List<Settled> all) {
        return database.sql("""
                INSERT INTO payment (id, application_id, month, outcome, amount_fen, reasons, transaction_id, item_id, created_at)
                SELECT p.id, p.application, p.month, 'paid', p.amount, '[]', p.transaction, p.item, :now
                  FROM unnest(:ids::uuid[], :applications::uuid[], :months::date[], :amounts::bigint[],
                              :transactions::uuid[], :items::uuid[])
                       AS p (id, application, month, amount, transaction, item)
                """)
                .bind("ids", all.stream().map(Settled::id).toArray(UUID[]::new))
                .bind("applications", all.stream().map(Settled::application).toArray(UUID[]::new))
                .bind("months", all.stream().map(it -> it.month().atDay(1)).toArray(LocalDate[]::new))
                .bind("amounts", all.stream().map(it -> it.amount().value()).toArray(Long[]::new))
                .bind("transactions", all.stream().map(Settled::transaction).toArray(UUID[]::new))
                .bind("items", all.stream().map(it -> Objects.requireNonNull(it.item())).toArray(UUID[]::new))
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

    /** The settled months of an application, without what was taken back since. */
    public Mono<List<Payment>> of(UUID application) {
        return database.sql("""
                SELECT p.id, p.month, p.outcome, p.amount_fen, p.reasons, p.transaction_id, p.created_at
                  FROM payment p
                 WHERE p.application_id = :id
                   AND NOT EXISTS (SELECT 1 FROM payment_reversal v WHERE v.payment_id = p.id)
                 ORDER BY p.month
                """)
                .bind("id", application)
                .map(this::payment)
                .all()
                .collectList();
    }

    /** A month that is with the bank, came back from it, or was kept from it while its case is suspended. */
    @Schema(name = "OpenPayment", description = "已送银行或银行退回待处理的一期")
    public record Open(@Schema(description = "月份", example = "2026-11") String month,
            @Schema(description = "金额（分）", example = "500000") long amountFen,
            @Schema(description = "状态：pending 已交付银行或待送；failed 银行退回；held 申请暂停，恢复后重新审核", example = "pending") String state) {
    }

    /** The months of an application that are neither paid nor withheld, though a run has taken them in hand. */
    public Mono<List<Open>> openOf(UUID application) {
        return database.sql("""
                SELECT month, amount_fen, state FROM payment_item
                 WHERE application_id = :id AND state IN ('pending', 'failed', 'held') ORDER BY month
                """)
                .bind("id", application)
                .map(row -> new Open(YearMonth.from(row.get("month", LocalDate.class)).toString(),
                        row.get("amount_fen", Long.class), row.get("state", String.class)))
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
