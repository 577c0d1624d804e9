package cn.cityapis.subsidy.application;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.entitlement.Entitlements;
import cn.cityapis.subsidy.evaluation.Ceiling;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.Grant;
import cn.cityapis.subsidy.evaluation.Outcome;
import cn.cityapis.subsidy.expression.ExpressionException;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.paper.Paper;
import cn.cityapis.subsidy.paper.SealedPapers;
import cn.cityapis.subsidy.scheme.Process;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Submits a draft: complete, entitled, and the only one for its person, scheme and period. */
@Component
class SubmitApplication {

    private final Applications applications;
    private final Supplements supplements;
    private final Exclusions exclusions;
    private final DraftForm form;
    private final SealedPapers papers;
    private final SchemeCatalogue catalogue;
    private final WorkingCalendar calendar;
    private final Audit audit;
    private final Outbox outbox;
    private final Clock clock;

    SubmitApplication(Applications applications, Supplements supplements, Exclusions exclusions,
            DraftForm form, SealedPapers papers, SchemeCatalogue catalogue, WorkingCalendar calendar, Audit audit,
            Outbox outbox, Clock clock) {
        this.applications = applications;
        this.supplements = supplements;
        this.exclusions = exclusions;
        this.form = form;
        this.papers = papers;
        this.catalogue = catalogue;
        this.calendar = calendar;
        this.audit = audit;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Within the caller's transaction, which holds the lock of the draft, or of what is supplemented. */
    Mono<Void> submit(Application draft, Caller by) {
        return step(draft).flatMap(step -> submit(draft, ChangeState.require(draft, step), by));
    }

    /** What was supplemented goes back to the level that had asked for it, or to the first if it is not what was reviewed. */
    private Mono<ApplicationStep> step(Application draft) {
        return draft.state() == ApplicationState.SUPPLEMENT
                ? supplements.of(draft.id()).map(asked -> new ApplicationStep.Supplement(
                        draft.changed() ? Review.Level.FIRST : asked.getLast().level()))
                : Mono.just(new ApplicationStep.Submit());
    }

    /** The day of the case is the day on which it was first submitted; it is decided by the version of that day. */
    private Mono<Void> submit(Application draft, ApplicationState next, Caller by) {
        Application.Terms before = draft.terms();
        LocalDate date = before == null ? LocalDate.now(clock) : before.caseDate();
        CompiledScheme scheme = before == null ? open(draft, date) : pinned(draft);
        return papers.of(draft.id()).flatMap(handedIn -> submit(draft.under(scheme.scheme().version()),
                decided(scheme, draft, date), handedIn, date, next, by));
    }

    private static Outcome decided(CompiledScheme scheme, Application draft, LocalDate date) {
        try {
            return scheme.decide(draft.facts(), date);
        } catch (ExpressionException | ArithmeticException e) {
            throw ProblemException.of(SubsidyProblem.BEYOND_RANGE, "所填数值超出可计算的范围，请核对");
        }
    }

    /** A draft may be older than the version that now decides. */
    private CompiledScheme open(Application draft, LocalDate date) {
        CompiledScheme scheme = catalogue.find(draft.scheme(), date).orElseThrow();
        Process process = scheme.scheme().process();
        if (process.closedBecause() != null) {
            throw ApplicationsController.closed(process.closedBecause());
        }
        if (!process.takesOn(date)) {
            throw ApplicationsController.closed("本方案的申报期为 "
                    + String.join("、", process.windows().stream().map(Process.Window::text).toList()) + "，现在不受理");
        }
        return scheme;
    }

    private CompiledScheme pinned(Application application) {
        return catalogue.find(application.scheme(), application.schemeVersion()).orElseThrow();
    }

    private Mono<Void> submit(Application draft, Outcome outcome, List<Paper> handedIn, LocalDate date,
            ApplicationState next, Caller by) {
        List<Violation> missing = new ArrayList<>(CompletenessRules.missing(draft.area(), draft.applicant(),
                draft.facts(), outcome, handedIn));
        // a draft may have been written in another's name, or by a token that said nothing of the number
        form.notOwn(draft.applicant(), by).ifPresent(missing::add);
        if (!missing.isEmpty()) {
            throw ProblemException.of(SubsidyProblem.APPLICATION_INCOMPLETE, "还有 " + missing.size() + " 处需要补充或更正",
                    missing);
        }
        Application.Terms terms = terms(outcome, date);
        Claim claim = Claim.of(outcome, terms);
        return applications.lockPerson(draft)
                .then(Mono.defer(() -> claim.hadAgain() ? applications.letFollow(draft) : Mono.empty()))
                .then(Mono.defer(() -> applications.overlapping(draft, claim)))
                .switchIfEmpty(Mono.defer(() -> exclusions.overlapping(draft, claim)))
                .flatMap(other -> exclusions.refuse(draft, other))
                .then(Mono.defer(() -> write(draft, next, terms, claim, outcome, by)));
    }

    private static Application.Terms terms(Outcome outcome, LocalDate date) {
        Grant grant = outcome.grant();
        Ceiling ceiling = outcome.ceiling();
        Long atMost = ceiling == null ? null : ceiling.atMostFen();
        if (outcome.result() == TriState.YES && atMost != null) {
            return new Application.Terms(date, YearMonth.from(date), 1, atMost, atMost);
        }
        if (outcome.result() == TriState.NO || grant == null) {
            throw notEntitled(outcome);
        }
        return new Application.Terms(date, YearMonth.from(date), grant.periods(), grant.amountFen(), null);
    }

    private Mono<Void> write(Application draft, ApplicationState next, Application.Terms terms, Claim claim,
            Outcome outcome, Caller by) {
        Deadline due = deadline(outcome, draft.changed() ? LocalDate.now(clock) : terms.caseDate());
        return applications
                .submit(draft, next, terms, claim.hadAgain(), Entitlements.SchemeOutcome.of(outcome), due)
                .then(Mono.defer(() -> exclusions.insert(draft, claim)))
                .then(Mono
                        .defer(() -> applications.addFacts(draft.id(), terms.caseDate(), draft.facts(), by.subject())))
                .then(Mono.defer(() -> audit.record(by, "submit", "application", draft.id().toString(),
                        Map.of("scheme", draft.scheme(), "schemeVersion", draft.schemeVersion()))))
                .then(Mono.defer(() -> outbox.publish("subsidy.application.submitted", "applications/" + draft.id(),
                        Map.of("applicationId", draft.id(), "state", next.code()))));
    }

    private @Nullable Deadline deadline(Outcome outcome, LocalDate today) {
        Integer days = outcome.scheme().process().firstReviewWorkingDays();
        return days == null ? null : calendar.workingDaysAfter(today, days);
    }

    private static ProblemException notEntitled(Outcome outcome) {
        List<Violation> reasons = outcome.failed().stream()
                .map(failed -> new Violation("/conditions/" + failed.id(), "not-met",
                        (failed.whyNot() == null ? failed.label() : failed.whyNot())
                                + (failed.citation() == null ? "" : "（" + failed.citation().text() + "）")))
                .toList();
        return ProblemException.of(SubsidyProblem.NOT_ENTITLED, Entitlements.SchemeOutcome.of(outcome).explanation(),
                reasons);
    }

    /** @param other null if it is not for the caller to know */
    static ProblemException duplicate(@Nullable UUID other) {
        String which = other == null ? "" : "（编号 " + other + "）";
        ProblemException refused = ProblemException.of(SubsidyProblem.DUPLICATE_APPLICATION,
                "该申请人已有本方案或与本方案互斥的方案的申请" + which + "：同一时期不能重复享受，一次性或按月发放的补贴只能享受一次");
        return other == null ? refused : refused.with("otherApplicationId", other);
    }

    static ProblemException wrongState(Application application) {
        return ProblemException.of(SubsidyProblem.WRONG_STATE, "申请目前为“" + application.state().label() + "”，不能进行此操作")
                .with("state", application.state().code());
    }
}
