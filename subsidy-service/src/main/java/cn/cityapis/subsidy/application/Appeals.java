package cn.cityapis.subsidy.application;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * A rejection can be appealed once, within its period; the city decides by somebody who has not decided on the case
 * before. In the caller's transaction, under the lock of the application.
 */
@Component
class Appeals {

    private final DatabaseClient database;
    private final Applications applications;
    private final Exclusions exclusions;
    private final FundApplications funding;
    private final Deadlines deadlines;
    private final ObjectionPeriod objections;
    private final ChangeState change;
    private final SchemeCatalogue catalogue;
    private final WorkingCalendar calendar;
    private final Ids ids;
    private final Clock clock;

    Appeals(DatabaseClient database, Applications applications, Exclusions exclusions, FundApplications funding,
            Deadlines deadlines, ObjectionPeriod objections, ChangeState change, SchemeCatalogue catalogue,
            WorkingCalendar calendar, Ids ids, Clock clock) {
        this.database = database;
        this.applications = applications;
        this.exclusions = exclusions;
        this.funding = funding;
        this.deadlines = deadlines;
        this.objections = objections;
        this.change = change;
        this.catalogue = catalogue;
        this.calendar = calendar;
        this.ids = ids;
        this.clock = clock;
    }

    Mono<Void> file(Application application, String grounds, Caller by) {
        ChangeState.require(application, new ApplicationStep.Appeal());
        return applications.lockPerson(application)
                .then(Mono.defer(() -> exclusions.overlapping(application)))
                .flatMap(other -> exclusions.refuse(application, other))
                .then(Mono.defer(() -> write(application, grounds, by)));
    }

    private Mono<Void> write(Application application, String grounds, Caller by) {
        return database.sql("INSERT INTO appeal (application_id, grounds, filed_at) VALUES (:id, :grounds, :now)")
                .bind("id", application.id())
                .bind("grounds", grounds)
                .bind("now", OffsetDateTime.now(clock))
                .then()
                .onErrorMap(DataIntegrityViolationException.class,
                        e -> ProblemException.of(SubsidyProblem.APPEAL_CLOSED, "申诉只能提出一次"))
                .then(Mono.defer(() -> deadlines.of(application.id())))
                .flatMap(all -> {
                    if (all.stream().anyMatch(this::isOver)) {
                        throw ProblemException.of(SubsidyProblem.APPEAL_CLOSED, "申诉期限已过");
                    }
                    return change.step(application, new ApplicationStep.Appeal(), "appealed", "您的申诉已收到", null, by,
                            Map.of());
                })
                .then();
    }

    private boolean isOver(Deadlines.Running deadline) {
        Deadline by = deadline.by();
        return deadline.kind() == DeadlineKind.APPEAL && by.enforceable(clock.instant());
    }

    /**
     * What the city says of an appeal.
     *
     * @param allowed the rejection falls: the case goes on where it had stopped
     * @param amountFen where the rules lay down only a ceiling and no second review has set the amount or will
     */
    record Decision(boolean allowed, String reason, @Nullable Long amountFen, @Nullable String amountReason) {
    }

    Mono<Void> decide(Application application, Decision decision, Caller by) {
        boolean allowed = decision.allowed();
        Review.Decision verdict = allowed ? Review.Decision.PASS : Review.Decision.REJECT;
        int noticeDays = catalogue.find(application.scheme(), application.schemeVersion()).orElseThrow().scheme()
                .process().publicNoticeDays();
        ApplicationStep step = allowed
                ? new ApplicationStep.AllowAppeal(rejectedAt(application), noticeDays)
                : new ApplicationStep.DismissAppeal();
        ApplicationState next = ChangeState.require(application, step);
        Long amount = decision.amountFen();
        AmountRules.check(application.terms(), rejectedAt(application) == Review.Level.SECOND
                ? Review.Level.SECOND
                : Review.Level.FIRST, verdict, amount, decision.amountReason()).throwIfAny();
        Review review = new Review(ids.next(), Review.Level.APPEAL, application.round(), verdict,
                String.valueOf(by.org()), List.of(), decision.reason(), OffsetDateTime.now(clock), amount,
                decision.amountReason());
        return applications.addReview(application, review, by.subject())
                .onErrorMap(DataIntegrityViolationException.class, ReviewApplication::fourEyes)
                .then(Mono.defer(() -> amount == null || next == ApplicationState.SECOND_REVIEW
                        ? Mono.empty()
                        : applications.setAmount(application.id(), amount)))
                .then(Mono.defer(() -> notice(application, next, noticeDays)))
                .flatMap(notice -> change.step(application, step, "appeal-decided",
                        (allowed ? "申诉成立：" : "申诉不成立：") + decision.reason(), notice.orElse(null), by,
                        Map.of("allowed", allowed)))
                .delayUntil(state -> state == ApplicationState.PUBLIC_NOTICE
                        ? objections.resumed(application)
                        : Mono.empty())
                .flatMap(state -> state == ApplicationState.AWAITING_FUNDS
                        ? funding.fund(application.scheme(), by.subject())
                        : Mono.empty());
    }

    private Mono<Optional<NoticePeriod>> notice(Application application, ApplicationState next, int days) {
        if (next != ApplicationState.PUBLIC_NOTICE) {
            return Mono.just(Optional.empty());
        }
        return (rejectedAt(application) == null
                ? objections.rest(application)
                : Mono.just(NoticePeriod.of(LocalDate.now(clock), days, calendar))).map(Optional::of);
    }

    private static Review.@Nullable Level rejectedAt(Application application) {
        return application.reviews().stream().filter(review -> review.decision() == Review.Decision.REJECT)
                .map(Review::level).findFirst().orElse(null);
    }
}
