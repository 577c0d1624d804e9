package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.application.Command;
import cn.cityapis.eldercare.application.Decisions;
import cn.cityapis.eldercare.application.Lifecycle;
import cn.cityapis.eldercare.application.QueuePlaces;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** 第十八条: the applicant disputes the result, once and in time, and chooses who looks again; or takes it back. */
@Component
class ObjectToResult {

    private final ApplicationAccess access;
    private final Agencies agencies;
    private final Decisions decisions;
    private final QueuePlaces places;
    private final Homes homes;
    private final RuleBooks books;
    private final Notices notices;
    private final Audit audit;
    private final WorkingCalendar calendar;
    private final Clock clock;

    ObjectToResult(ApplicationAccess access, Agencies agencies, Decisions decisions, QueuePlaces places, Homes homes,
            RuleBooks books, Notices notices, Audit audit, WorkingCalendar calendar, Clock clock) {
        this.access = access;
        this.agencies = agencies;
        this.decisions = decisions;
        this.places = places;
        this.homes = homes;
        this.books = books;
        this.notices = notices;
        this.audit = audit;
        this.calendar = calendar;
        this.clock = clock;
    }

    Mono<Application> object(Caller caller, UUID id, IfMatch ifMatch, String agency, String reason) {
        return access.holdOwn(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> agencies.isQualified(agency).flatMap(qualified -> {
                    if (!qualified) {
                        new Violations().add("/agency", "unknown", "请选择有资质的评估机构").throwIfAny();
                    }
                    return books.of(application.ruleBookId(), application.handedInOn()).flatMap(book -> {
                        Command command = new Command.ObjectToResult(agency, clock.instant(), calendar
                                .calendarDaysAfter(LocalDate.now(clock), book.options().recheckDays()));
                        Lifecycle.Moved moved = Decisions.require(application, command);
                        requireInTime(application);
                        return commit(caller, application, command, moved, "申请人对评估结果提出异议：" + reason,
                                Entry.Phase.PROVISIONAL)
                                .flatMap(stored -> tell(stored, agency));
                    });
                }));
    }

    /** The first result then holds. */
    Mono<Application> withdraw(Caller caller, UUID id, IfMatch ifMatch) {
        return access.holdOwn(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> {
                    Command command = new Command.WithdrawObjection(clock.instant());
                    Lifecycle.Moved moved = Decisions.require(application, command);
                    return commit(caller, application, command, moved, "申请人撤回异议，原评估结果有效", Entry.Phase.WAITING);
                });
    }

    private Mono<Application> commit(Caller caller, Application application, Command command, Lifecycle.Moved moved,
            String reason, Entry.Phase phase) {
        return decisions.commit(application, application, command, moved, reason, caller)
                .flatMap(stored -> places.refile(stored, phase)
                        .then(audit.record(caller, "assessment." + command.name(), "application",
                                stored.id().toString(), Map.of()))
                        .thenReturn(stored));
    }

    private Mono<Application> tell(Application application, String agency) {
        String about = "applications/" + application.id();
        return notices.send(new Notice(agency, "recheck-asked", "一位申请人请求复核能力评估，请在期限内完成", about))
                .then(notices.send(new Notice(application.owner(), "objection-received", "已收到对评估结果的异议，复核结果为最终结果",
                        about)))
                .then(homes.get(Objects.requireNonNull(application.reviewHome())))
                .flatMap(home -> notices.send(new Notice(home.org(), "objection-received", "一位申请人对评估结果提出异议", about)))
                .thenReturn(application);
    }

    /** Nothing is lost on a deadline that may still move with the calendar. */
    private void requireInTime(Application application) {
        Deadline by = switch (application.state()) {
            case ApplicationState.Waiting waiting -> waiting.objectionBy();
            case ApplicationState.WithOffer offered -> offered.before().objectionBy();
            default -> throw new IllegalStateException("not assessed: " + application.state().name());
        };
        if (by.enforceable(clock.instant())) {
            throw Decisions
                    .refusal(EldercareProblem.DEADLINE_PASSED, application, "提出异议的期限已于 " + by.lastDay() + " 届满")
                    .with("deadline", by.lastDay());
        }
    }
}
