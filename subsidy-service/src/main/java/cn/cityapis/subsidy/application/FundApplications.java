package cn.cityapis.subsidy.application;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.subsidy.SubsidySettings;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.BudgetShares;
import cn.cityapis.subsidy.ledger.Ledger;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Funding;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Commits money to approved applications, oldest first, as far as the year's budgets go. Runs at each approval and at
 * each appropriation, one run per scheme at a time.
 */
@Component
public class FundApplications {

    private static final int BATCH = 500;

    private final DatabaseClient database;
    private final Ledger ledger;
    private final SchemeCatalogue catalogue;
    private final SubsidySettings settings;
    private final Outbox outbox;
    private final Clock clock;

    FundApplications(DatabaseClient database, Ledger ledger, SchemeCatalogue catalogue, SubsidySettings settings,
            Outbox outbox, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.catalogue = catalogue;
        this.settings = settings;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Within the caller's transaction. */
    public Mono<Void> fund(String scheme, String by) {
        int year = LocalDate.now(clock).getYear();
        return ledger.lock(scheme)
                .then(Mono.defer(() -> waiting(scheme, year)))
                .zipWhen(queue -> ledger.available(scheme, year))
                .flatMapIterable(both -> FundingQueue.fund(both.getT1(), both.getT2()))
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(funded -> commit(funded, year, by))
                .then();
    }

    private Mono<List<FundingQueue.Waiting>> waiting(String scheme, int year) {
        return database.sql("""
                SELECT id, scheme_version, area_code, monthly_fen, months
                  FROM application
                 WHERE state = 'awaiting-funds' AND scheme_id = :scheme
                 ORDER BY approved_at, id
                 LIMIT :limit
                """)
                .bind("scheme", scheme)
                .bind("limit", BATCH)
                .map(row -> new FundingQueue.Waiting(row.get("id", UUID.class),
                        BudgetShares.of(funding(scheme, row.get("scheme_version", Integer.class)), scheme, year,
                                settings.cityCode(), row.get("area_code", String.class),
                                new Fen(row.get("monthly_fen", Long.class)), row.get("months", Integer.class))))
                .all()
                .collectList();
    }

    /** Who bears which part is what the version says that the case was submitted under: its months are paid by it too. */
    private Funding funding(String scheme, int version) {
        return catalogue.find(scheme, version).orElseThrow().scheme().funding();
    }

    private Mono<Void> commit(FundingQueue.Waiting funded, int year, String by) {
        Map<Budget, Fen> shares = funded.shares();
        return ledger.book(Booking.commitment(shares), funded.application(), "批准后承诺全部期数", by)
                .then(Mono.defer(() -> startPaying(funded.application(), year)))
                .then(Mono.defer(() -> outbox.publish("subsidy.application.funded",
                        "applications/" + funded.application(),
                        Map.of("applicationId", funded.application(), "state", ApplicationState.PAYING.code()))));
    }

    private Mono<Void> startPaying(UUID application, int year) {
        return database.sql("""
                UPDATE application
                   SET state = 'paying', budget_year = :year, next_month = lower(period), updated_at = :now,
                       version = version + 1
                 WHERE id = :id AND state = 'awaiting-funds'
                """)
                .bind("year", year)
                .bind("now", OffsetDateTime.now(clock))
                .bind("id", application)
                .then();
    }
}
