package cn.cityapis.subsidy.application;

import cn.cityapis.subsidy.SubsidySettings;
import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.Cause;
import cn.cityapis.subsidy.ledger.Ledger;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Funding;
import cn.cityapis.platform.start.StartTask;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Made-up budgets for the years around the clock and made-up cases, marked as demo; written once. */
@Component
@Order(2)
@ConditionalOnProperty("demo.data")
class DemoData implements StartTask {

    private static final String SCHEME = DemoCases.SCHEME;
    private static final String BY = "demo";
    private static final Fen CITY_BUDGET = new Fen(5_000_000_000L);
    private static final Fen DISTRICT_BUDGET = new Fen(1_000_000_000L);

    private final DatabaseClient database;
    private final DemoCases cases;
    private final FundApplications funding;
    private final Ledger ledger;
    private final SubsidySettings settings;
    private final Clock clock;

    DemoData(DatabaseClient database, DemoCases cases, FundApplications funding, Ledger ledger,
            SubsidySettings settings, Clock clock) {
        this.database = database;
        this.cases = cases;
        this.funding = funding;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Mono<Void> run() {
        return database.sql("SELECT count(*) FROM ledger_transaction").mapValue(Long.class).one()
                .flatMap(count -> count > 0 ? Mono.empty() : budgets().then(cases()));
    }

    private Mono<Void> budgets() {
        int now = LocalDate.now(clock).getYear();
        return Flux.range(now - 1, 4)
                .concatMap(year -> appropriate(year, Funding.Party.CITY, settings.cityCode(), CITY_BUDGET)
                        .thenMany(Flux.fromIterable(settings.areas())
                                .concatMap(area -> appropriate(year, Funding.Party.DISTRICT, area.code(),
                                        DISTRICT_BUDGET))))
                .then();
    }

    private Mono<UUID> appropriate(int year, Funding.Party party, String area, Fen amount) {
        return ledger.book(Booking.appropriation(new Budget(SCHEME, year, party, area), amount), Cause.NONE, "演示预算",
                BY);
    }

    private Mono<Void> cases() {
        LocalDate start = LocalDate.now(clock).minusMonths(3);
        List<DemoCases.Person> people = List.of(
                new DemoCases.Person("演示甲", "37100219900307001", "371002",
                        Map.of("educationLevel", "doctor", "birthDate",
                                LocalDate.of(1990, 3, 7), "engagement", "employed-full-time", "engagementStart",
                                start.minusDays(20), "employerKind", "university", "professionalPost", true)),
                new DemoCases.Person("演示乙", "37100319980712002", "371003",
                        Map.of("educationLevel", "master", "fullTimeStudy", true,
                                "graduationDate", start.minusYears(1), "engagement", "founded-company",
                                "engagementStart",
                                start.minusDays(40))),
                new DemoCases.Person("演示丙", "37108220020101003", "371082",
                        Map.of("educationLevel", "bachelor", "fullTimeStudy",
                                true, "graduationDate", start.minusMonths(2), "engagement", "employed-full-time",
                                "engagementStart", start.minusDays(10), "employerKind", "company")));
        return Flux.fromIterable(people).concatMap(person -> cases.approved(person, start)).then()
                .then(Mono.defer(() -> funding.fund(SCHEME, BY)));
    }
}
