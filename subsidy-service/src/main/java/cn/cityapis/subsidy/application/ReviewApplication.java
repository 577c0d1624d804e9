package cn.cityapis.subsidy.application;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.scheme.Scheme;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Decides at one of the two levels. That nobody decides at both, nor his own case, is a constraint of the database. */
@Component
class ReviewApplication {

    private final Applications applications;
    private final FundApplications funding;
    private final SchemeCatalogue catalogue;
    private final WorkingCalendar calendar;
    private final Audit audit;
    private final Outbox outbox;
    private final Notices notices;
    private final Ids ids;
    private final Clock clock;

    ReviewApplication(Applications applications, FundApplications funding, SchemeCatalogue catalogue,
            WorkingCalendar calendar, Audit audit, Outbox outbox, Notices notices, Ids ids, Clock clock) {
        this.applications = applications;
        this.funding = funding;
        this.catalogue = catalogue;
        this.calendar = calendar;
        this.audit = audit;
        this.outbox = outbox;
        this.notices = notices;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What an officer says of a case.
     *
     * @param amountFen the amount he sets, where the rules lay down only a ceiling; null elsewhere
     */
    record Opinion(Review.Decision decision, List<Review.Reason> reasons, String comment, @Nullable Long amountFen,
            @Nullable String amountReason) {
    }

    /** Within the caller's transaction, which holds the lock of the application. */
    Mono<Void> decide(Application application, Review.Level level, Opinion opinion, Caller by) {
        Review.Decision decision = opinion.decision();
        Scheme scheme = catalogue.find(application.scheme(), application.schemeVersion()).orElseThrow().scheme();
        int noticeDays = scheme.process().publicNoticeDays();
        ApplicationState next = next(application, level, decision, noticeDays);
        NoticePeriod notice = next == ApplicationState.PUBLIC_NOTICE
                ? NoticePeriod.of(LocalDate.now(clock), noticeDays, calendar)
                : null;
        Review review = new Review(ids.next(), level, application.round(), decision, String.valueOf(by.org()),
                opinion.reasons(),
                opinion.comment(), OffsetDateTime.now(clock), opinion.amountFen(), opinion.amountReason());
        Long set = level == Review.Level.SECOND ? opinion.amountFen() : null;
        return applications.addReview(application, review, by.subject())
                .onErrorMap(DataIntegrityViolationException.class, ReviewApplication::fourEyes)
                .then(Mono.defer(() -> set == null ? Mono.empty() : applications.setAmount(application.id(), set)))
                .then(Mono.defer(() -> applications.move(application, next, notice)))
                .then(Mono.defer(() -> tell(application, review, next, by)))
                .then(Mono.defer(() -> next == ApplicationState.AWAITING_FUNDS
                        ? funding.fund(application.scheme(), by.subject())
                        : Mono.empty()));
    }

    private static ApplicationState next(Application application, Review.Level level, Review.Decision decision,
            int noticeDays) {
        boolean rightLevel = application.state() == switch (level) {
            case FIRST -> ApplicationState.FIRST_REVIEW;
            case SECOND -> ApplicationState.SECOND_REVIEW;
            case APPEAL -> ApplicationState.APPEALED;
        };
        ApplicationStep step = switch (decision) {
            case REJECT -> new ApplicationStep.Reject();
            case PASS -> level == Review.Level.FIRST
                    ? new ApplicationStep.PassFirst()
                    : new ApplicationStep.PassSecond(noticeDays);
        };
        return ApplicationRules.after(application.state(), step).filter(state -> rightLevel)
                .orElseThrow(() -> SubmitApplication.wrongState(application));
    }

    private Mono<Void> tell(Application application, Review review, ApplicationState next, Caller by) {
        String about = "applications/" + application.id();
        return audit.record(by, "review", "application", application.id().toString(),
                Map.of("level", review.level(), "decision", review.decision(), "scheme", application.scheme(),
                        "schemeVersion", application.schemeVersion()))
                .then(Mono.defer(() -> outbox.publish("subsidy.application.reviewed", about,
                        Map.of("applicationId", application.id(), "state", next.code()))))
                .then(Mono.defer(() -> notices.send(new Notice(application.owner(), "application-" + next.code(),
                        "您的补贴申请状态变为：" + next.label(), about))));
    }

    static Throwable fourEyes(DataIntegrityViolationException e) {
        @Nullable
        String message = e.getMessage();
        boolean same = message != null
                && (message.contains("review_four_eyes") || message.contains("review_not_by_applicant"));
        if (message != null && message.contains("review_not_of_own_entries")) {
            return ProblemException.of(SubsidyProblem.FOUR_EYES, "本人录入的内容须由他人审核");
        }
        if (message != null && message.contains("appeal_four_eyes")) {
            return ProblemException.of(SubsidyProblem.FOUR_EYES, "处理过异议或要求过补正的人员不能对本申请的申诉作出决定");
        }
        return same ? ProblemException.of(SubsidyProblem.FOUR_EYES) : e;
    }
}
