package cn.cityapis.subsidy.application;

import cn.cityapis.subsidy.SubsidySettings;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.entitlement.Entitlements;
import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.evaluation.Grant;
import cn.cityapis.subsidy.evaluation.Outcome;
import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.Cause;
import cn.cityapis.subsidy.ledger.Ledger;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Funding;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.start.StartTask;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
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

    private static final String SCHEME = "talent-living-allowance";
    private static final String BY = "demo";
    private static final Fen CITY_BUDGET = new Fen(5_000_000_000L);
    private static final Fen DISTRICT_BUDGET = new Fen(1_000_000_000L);

    private final DatabaseClient database;
    private final Applications applications;
    private final ApplicationReader reader;
    private final FundApplications funding;
    private final Ledger ledger;
    private final SchemeCatalogue catalogue;
    private final SubsidySettings settings;
    private final Ids ids;
    private final Clock clock;

    DemoData(DatabaseClient database, Applications applications, ApplicationReader reader, FundApplications funding,
            Ledger ledger, SchemeCatalogue catalogue, SubsidySettings settings, Ids ids, Clock clock) {
        this.database = database;
        this.applications = applications;
        this.reader = reader;
        this.funding = funding;
        this.ledger = ledger;
        this.catalogue = catalogue;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    private record Person(String name, String idNumber, String area, Map<String, Object> facts) {
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
        List<Person> people = List.of(
                new Person("演示甲", "37100219900307001", "371002", Map.of("educationLevel", "doctor", "birthDate",
                        LocalDate.of(1990, 3, 7), "engagement", "employed-full-time", "engagementStart",
                        start.minusDays(20), "employerKind", "university", "professionalPost", true)),
                new Person("演示乙", "37100319980712002", "371003",
                        Map.of("educationLevel", "master", "fullTimeStudy", true,
                                "graduationDate", start.minusYears(1), "engagement", "founded-company",
                                "engagementStart",
                                start.minusDays(40))),
                new Person("演示丙", "37108220020101003", "371082", Map.of("educationLevel", "bachelor", "fullTimeStudy",
                        true, "graduationDate", start.minusMonths(2), "engagement", "employed-full-time",
                        "engagementStart", start.minusDays(10), "employerKind", "company")));
        return Flux.fromIterable(people).concatMap(person -> approved(person, start)).then()
                .then(Mono.defer(() -> funding.fund(SCHEME, BY)));
    }

    private Mono<Void> approved(Person person, LocalDate start) {
        UUID id = ids.next();
        Facts facts = new Facts(person.facts());
        Outcome outcome = catalogue.find(SCHEME).orElseThrow().decide(facts, start);
        Grant grant = outcome.grant();
        if (grant == null) {
            throw new IllegalStateException("Demo case is not entitled: " + outcome.failed() + outcome.missing());
        }
        Applicant applicant = new Applicant(person.name(), withCheckDigit(person.idNumber()), "13800000000",
                "6222020000000000000");
        Application.Terms terms = new Application.Terms(start, YearMonth.from(start), grant.periods(),
                grant.amountFen(), null);
        return applications
                .insertDraft(id, SCHEME, outcome.scheme().version(), "demo-" + subject(person), person.area(),
                        applicant,
                        facts, true)
                .then(Mono.defer(() -> reader.lock(id)))
                .flatMap(draft -> applications.submit(draft, ApplicationState.FIRST_REVIEW, terms,
                        Entitlements.SchemeOutcome.of(outcome), null))
                .then(Mono.defer(() -> applications.addFacts(id, start, facts, BY)))
                .then(Mono.defer(() -> review(id, Review.Level.FIRST, person.area())))
                .then(Mono.defer(() -> review(id, Review.Level.SECOND, settings.cityCode())));
    }

    private Mono<Void> review(UUID id, Review.Level level, String org) {
        Review review = new Review(ids.next(), level, Review.Decision.PASS, org, List.of(), "演示数据",
                OffsetDateTime.now(clock), null, null);
        ApplicationState next = level == Review.Level.FIRST
                ? ApplicationState.SECOND_REVIEW
                : ApplicationState.AWAITING_FUNDS;
        return reader.lock(id).flatMap(it -> applications.addReview(it, review, "demo-officer-" + org)
                .then(Mono.defer(() -> applications.move(it, next, null))));
    }

    private static String subject(Person person) {
        return UUID.nameUUIDFromBytes(person.name().getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** @param digits the first 17 */
    private static String withCheckDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (digits.charAt(i) - '0') * ((1 << (17 - i)) % 11);
        }
        return digits + "10X98765432".charAt(sum % 11);
    }
}
