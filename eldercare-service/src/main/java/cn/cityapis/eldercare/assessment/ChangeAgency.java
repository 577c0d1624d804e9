package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.Command;
import cn.cityapis.eldercare.application.Decisions;
import cn.cityapis.eldercare.application.Lifecycle;
import cn.cityapis.eldercare.application.Recheck;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * 第十八条 has the applicant choose who looks again, and says nothing of an agency that does not: he may choose anew once
 * its period is over, or once it may not assess any more. The period of five days then begins anew.
 */
@Component
class ChangeAgency {

    private final ApplicationAccess access;
    private final Agencies agencies;
    private final Decisions decisions;
    private final RuleBooks books;
    private final Notices notices;
    private final Audit audit;
    private final WorkingCalendar calendar;
    private final Clock clock;

    ChangeAgency(ApplicationAccess access, Agencies agencies, Decisions decisions, RuleBooks books, Notices notices,
            Audit audit, WorkingCalendar calendar, Clock clock) {
        this.access = access;
        this.agencies = agencies;
        this.decisions = decisions;
        this.books = books;
        this.notices = notices;
        this.audit = audit;
        this.calendar = calendar;
        this.clock = clock;
    }

    Mono<Application> change(Caller caller, UUID id, IfMatch ifMatch, String agency) {
        return access.holdOwn(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> books.of(application.ruleBookId(), application.handedInOn()).flatMap(book -> {
                    Command command = new Command.ChangeAgency(agency,
                            calendar.calendarDaysAfter(LocalDate.now(clock), book.options().recheckDays()));
                    Lifecycle.Moved moved = Decisions.require(application, command);
                    return requireChoice(application, agency)
                            .then(decisions.commit(application, application, command, moved,
                                    "原复核机构未在期限内完成或不再具备资格，申请人另选复核机构", caller));
                }))
                .flatMap(stored -> tell(stored, agency)
                        .then(audit.record(caller, "assessment.change-agency", "application", id.toString(),
                                Map.of("agency", agency)))
                        .thenReturn(stored));
    }

    private Mono<Void> requireChoice(Application application, String agency) {
        Recheck running = Objects.requireNonNull(application.recheck());
        return Mono.zip(agencies.isQualified(agency), agencies.isQualified(running.agencyOrg()))
                .doOnNext(qualified -> {
                    boolean other = !agency.equals(running.agencyOrg());
                    if (!qualified.getT1() || !other) {
                        new Violations().add("/agency", other ? "unknown" : "same",
                                other ? "请选择有资质的评估机构" : "应为另一家评估机构").throwIfAny();
                    }
                    if (qualified.getT2() && !running.by().enforceable(clock.instant())) {
                        throw Decisions.refusal(EldercareProblem.NOT_POSSIBLE_NOW, application,
                                "所选机构的复核期限为 " + running.by().lastDay() + "，尚未届满");
                    }
                })
                .then();
    }

    private Mono<Void> tell(Application application, String agency) {
        return notices.send(new Notice(agency, "recheck-asked", "一位申请人请求复核能力评估，请在期限内完成",
                "applications/" + application.id()));
    }
}
