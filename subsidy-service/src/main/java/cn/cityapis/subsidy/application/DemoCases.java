package cn.cityapis.subsidy.application;

import cn.cityapis.subsidy.SubsidySettings;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.entitlement.Entitlements;
import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.evaluation.Grant;
import cn.cityapis.subsidy.evaluation.Outcome;
import cn.cityapis.subsidy.paper.SealedPapers;
import cn.cityapis.platform.ids.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Made-up persons and their applications, as far as a demonstration needs them decided. */
@Component
@ConditionalOnProperty("demo.data")
class DemoCases {

    static final String SCHEME = "talent-living-allowance";
    private static final String BY = "demo";
    private static final byte[] PAPER = "%PDF-1.4 demo".getBytes(StandardCharsets.US_ASCII);

    private final Applications applications;
    private final ApplicationReader reader;
    private final SealedPapers papers;
    private final SchemeCatalogue catalogue;
    private final SubsidySettings settings;
    private final Ids ids;
    private final Clock clock;

    DemoCases(Applications applications, ApplicationReader reader, SealedPapers papers,
            SchemeCatalogue catalogue,
            SubsidySettings settings, Ids ids, Clock clock) {
        this.applications = applications;
        this.reader = reader;
        this.papers = papers;
        this.catalogue = catalogue;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param idNumber the first 17 digits */
    record Person(String name, String idNumber, String area, Map<String, Object> facts) {
    }

    /** Approved at both levels, waiting for money. */
    Mono<Void> approved(Person person, LocalDate start) {
        return submitted(person, start).flatMap(id -> pass(id, Review.Level.FIRST, ApplicationState.SECOND_REVIEW, null)
                .then(Mono.defer(() -> pass(id, Review.Level.SECOND, ApplicationState.AWAITING_FUNDS, null))));
    }

    /** Approved at both levels, and shown to the public. */
    Mono<UUID> noticed(Person person, LocalDate start, NoticePeriod notice) {
        return submitted(person, start).flatMap(id -> pass(id, Review.Level.FIRST, ApplicationState.SECOND_REVIEW, null)
                .then(Mono.defer(() -> pass(id, Review.Level.SECOND, ApplicationState.PUBLIC_NOTICE, notice)))
                .thenReturn(id));
    }

    /** Rejected by its district for a condition that an officer saw otherwise. */
    Mono<Application> rejected(Person person, LocalDate start, Review.Reason because) {
        return submitted(person, start).flatMap(id -> review(id, Review.Level.FIRST, Review.Decision.REJECT,
                List.of(because), ApplicationState.REJECTED, null).then(Mono.defer(() -> reader.lock(id))));
    }

    private Mono<UUID> submitted(Person person, LocalDate start) {
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
                        applicant, facts, true)
                .thenMany(Flux.fromIterable(outcome.scheme().process().paperKinds()))
                .concatMap(paper -> papers.insert(id, paper.kind(), "application/pdf", PAPER))
                .then(Mono.defer(() -> reader.lock(id)))
                .flatMap(draft -> applications.submit(draft, ApplicationState.FIRST_REVIEW, terms, false,
                        Entitlements.SchemeOutcome.of(outcome), null))
                .then(Mono.defer(() -> applications.addFacts(id, start, facts, BY)))
                .thenReturn(id);
    }

    private Mono<Void> pass(UUID id, Review.Level level, ApplicationState next, @Nullable NoticePeriod notice) {
        return review(id, level, Review.Decision.PASS, List.of(), next, notice);
    }

    private Mono<Void> review(UUID id, Review.Level level, Review.Decision decision, List<Review.Reason> reasons,
            ApplicationState next, @Nullable NoticePeriod notice) {
        return reader.lock(id).flatMap(it -> {
            String org = level == Review.Level.FIRST ? String.valueOf(it.area()) : settings.cityCode();
            Review review = new Review(ids.next(), level, it.round(), decision, org, reasons, "演示数据",
                    OffsetDateTime.now(clock),
                    null, null);
            return applications.addReview(it, review, "demo-officer-" + org)
                    .then(Mono.defer(() -> applications.move(it, next, notice)));
        });
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
