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
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Commits money to approved applications, oldest first, as far as the year's budgets go: so many at a time, one run per
 * scheme at a time. The rest of a long queue is funded by {@link FundWaiting}.
 */
@Component
public class FundApplications {

    private final DatabaseClient database;
    private final Ledger ledger;
    private final SchemeCatalogue catalogue;
    private final SubsidySettings settings;
    private final Outbox outbox;
    private final Clock clock;
    private final int pageRows;

    FundApplications(DatabaseClient database, Ledger ledger, SchemeCatalogue catalogue, SubsidySettings settings,
            Outbox outbox, Clock clock, @Value("${subsidy.funding.page-rows}") int pageRows) {
        this.database = database;
        this.ledger = ledger;
        this.catalogue = catalogue;
        this.settings = settings;
        this.outbox = outbox;
        this.clock = clock;
        this.pageRows = pageRows;
    }

    /** @param approved where the next page goes on */
    private record Place(FundingQueue.Waiting waiting, OffsetDateTime approved) {
    }

    /**
     * How far a walk along the queue has come.
     *
     * @param last whom it looked at last; null before the first page
     * @param closed the budgets that somebody lacked: nobody behind him overtakes
     */
    record Walk(@Nullable UUID last, @Nullable OffsetDateTime approved, Set<Budget> closed) {

        static final Walk START = new Walk(null, null, Set.of());
    }

    /** The oldest that wait, within the caller's transaction; those behind the first page are left to the job. */
    public Mono<Void> fund(String scheme, String by) {
        return step(scheme, Walk.START, by).flatMap(rest -> want(scheme));
    }

    /** The next page of the queue, within the caller's transaction. Empty at the end of the queue. */
    Mono<Walk> step(String scheme, Walk walk, String by) {
        int year = LocalDate.now(clock).getYear();
        return ledger.lock(scheme)
                .then(Mono.defer(() -> ledger.available(scheme, year)))
                .filter(available -> !available.isEmpty())
                .flatMap(available -> page(scheme, year, walk)
                        .flatMap(page -> take(page, new FundingQueue(available, walk.closed()), year, by)));
    }

    private Mono<Walk> take(List<Place> page, FundingQueue queue, int year, String by) {
        return Flux.fromIterable(page).map(Place::waiting)
                .concatMap(waiting -> queue.reaches(waiting) ? take(queue, waiting, year, by) : Mono.empty())
                .then(Mono.defer(() -> page.size() < pageRows
                        ? Mono.empty()
                        : Mono.just(new Walk(page.getLast().waiting().application(), page.getLast().approved(),
                                queue.closed()))));
    }

    private Mono<Void> want(String scheme) {
        return database.sql("""
                INSERT INTO funding_wanted (scheme_id) VALUES (:scheme)
                ON CONFLICT (scheme_id) DO UPDATE SET wishes = funding_wanted.wishes + 1
                """).bind("scheme", scheme).then();
    }

    /** A ceiling is no amount: a case whose amount no office has set is not funded. */
    private Mono<List<Place>> page(String scheme, int year, Walk walk) {
        return database.sql("""
                SELECT id, scheme_version, area_code, monthly_fen, months, approved_at
                  FROM application
                 WHERE state = 'awaiting-funds' AND scheme_id = :scheme
                   AND (ceiling_fen IS NULL OR EXISTS (
                        SELECT 1 FROM review r WHERE r.application_id = application.id AND r.level <> 'first'
                           AND r.decision = 'pass' AND r.amount_fen IS NOT NULL))
                   AND (:id::uuid IS NULL OR (approved_at, id) > (:approved, :id))
                 ORDER BY approved_at, id
                 LIMIT :limit
                """)
                .bind("scheme", scheme)
                .bind("id", Parameter.fromOrEmpty(walk.last(), UUID.class))
                .bind("approved", Parameter.fromOrEmpty(walk.approved(), OffsetDateTime.class))
                .bind("limit", pageRows)
                .map(row -> new Place(new FundingQueue.Waiting(row.get("id", UUID.class),
                        BudgetShares.of(funding(scheme, row.get("scheme_version", Integer.class)), scheme, year,
                                settings.cityCode(), row.get("area_code", String.class),
                                new Fen(row.get("monthly_fen", Long.class)), row.get("months", Integer.class))),
                        row.get("approved_at", OffsetDateTime.class)))
                .all()
                .collectList();
    }

    /** Who bears which part is what the version says that the case was submitted under: its months are paid by it too. */
    private Funding funding(String scheme, int version) {
        return catalogue.find(scheme, version).orElseThrow().scheme().funding();
    }

    /** Nothing is booked for a case that was withdrawn since it was read: that it still waits is asked under its lock. */
    private Mono<Void> take(FundingQueue queue, FundingQueue.Waiting waiting, int year, String by) {
        UUID application = waiting.application();
        return startPaying(application, year).flatMap(started -> {
            queue.take(waiting);
            return ledger.book(Booking.commitment(waiting.shares()), application, "批准后承诺全部期数", by);
        }).flatMap(booked -> outbox.publish("subsidy.application.funded", "applications/" + application,
                Map.of("applicationId", application, "state", ApplicationState.PAYING.code())));
    }

    /** Empty if it does not wait any more. */
    private Mono<UUID> startPaying(UUID application, int year) {
        return database.sql("""
                UPDATE application
                   SET state = 'paying', budget_year = :year, next_month = lower(period), updated_at = :now,
                       version = version + 1
                 WHERE id = :id AND state = 'awaiting-funds'
                RETURNING id
                """)
                .bind("year", year)
                .bind("now", OffsetDateTime.now(clock))
                .bind("id", application)
                .mapValue(UUID.class)
                .one();
    }
}
