package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
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
 * 第十四条: the applicant reports what changed, and his home is told. Contact and wishes hold at once; a category, and another
 * guardian or agent, wait for the home, which has its period for that.
 */
@Component
class ReportCircumstances {

    private final ApplicationAccess access;
    private final FormChecks checks;
    private final CircumstanceChanges changes;
    private final Decisions decisions;
    private final Deadlines deadlines;
    private final QueuePlaces places;
    private final RuleBooks books;
    private final Homes homes;
    private final Notices notices;
    private final Audit audit;
    private final WorkingCalendar calendar;
    private final Ids ids;
    private final Clock clock;

    ReportCircumstances(ApplicationAccess access, FormChecks checks, CircumstanceChanges changes, Decisions decisions,
            Deadlines deadlines, QueuePlaces places, RuleBooks books, Homes homes, Notices notices, Audit audit,
            WorkingCalendar calendar, Ids ids, Clock clock) {
        this.access = access;
        this.checks = checks;
        this.changes = changes;
        this.decisions = decisions;
        this.deadlines = deadlines;
        this.places = places;
        this.books = books;
        this.homes = homes;
        this.notices = notices;
        this.audit = audit;
        this.calendar = calendar;
        this.ids = ids;
        this.clock = clock;
    }

    /** One report waits for the home at a time; what holds at once never waits for that. */
    Mono<Application> report(Caller caller, UUID id, IfMatch ifMatch, Circumstances told) {
        return access.holdOwn(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .doOnNext(application -> Decisions.require(application, new Command.ChangeCircumstances()))
                .flatMap(application -> books.of(application.ruleBookId(), application.handedInOn()).flatMap(book -> {
                    ApplicationForm form = application.dossier().form();
                    Circumstances reported = checks.check(told, form, caller);
                    requireWhole(reported, form, book);
                    return reported.toConfirm(form)
                            ? requireNoneOpen(application).then(toConfirm(caller, application, reported, book))
                            : atOnce(caller, application, reported);
                }))
                .flatMap(stored -> audit.record(caller, "circumstances.report", "application", id.toString(), Map.of())
                        .thenReturn(stored));
    }

    private Mono<Application> toConfirm(Caller caller, Application application, Circumstances reported,
            RuleBook book) {
        return commit(caller, application, reported, "申请人报告情况变更，待机构核实")
                .flatMap(stored -> changes
                        .insert(ids.next(), stored.id(), reported, CircumstanceChange.State.REPORTED)
                        .then(deadlines.started(stored, DeadlineKind.CHANGE_REVIEW, calendar.workingDaysAfter(
                                LocalDate.now(clock), book.options().changeReviewWorkingDays())))
                        .then(tellHome(stored, "circumstances-reported", "一位申请人报告情况变更，请在期限内核实"))
                        .thenReturn(stored));
    }

    private Mono<Application> atOnce(Caller caller, Application application, Circumstances reported) {
        return commit(caller, application, reported, "申请人更新个人信息")
                .flatMap(stored -> changes
                        .insert(ids.next(), stored.id(), reported, CircumstanceChange.State.CONFIRMED)
                        .then(tellHome(stored, "circumstances-updated", "一位申请人更新了个人信息，请查看"))
                        .thenReturn(stored));
    }

    private Mono<Application> commit(Caller caller, Application application, Circumstances reported, String reason) {
        Command command = new Command.ChangeCircumstances();
        Lifecycle.Moved moved = Decisions.require(application, command);
        Application changed = application
                .with(application.dossier().with(reported.atOnce(application.dossier().form())));
        return decisions.commit(application, changed, command, moved, reason, caller)
                .flatMap(stored -> places.rederive(stored).thenReturn(stored));
    }

    /** 第五条, 第十三条: nobody waits who lives elsewhere, and a guardian or agent is named in full. */
    private void requireWhole(Circumstances reported, ApplicationForm form, RuleBook book) {
        Violations violations = new Violations();
        if (reported.contradictsItself()) {
            violations.add("/without", "contradicts", "同一方不能既填写内容又说明不再有");
        }
        ApplicationForm changed = reported.confirmed(reported.atOnce(form));
        CompletenessRules.missing(reported, changed, LocalDate.now(clock), book.options()).forEach(each -> violations
                .add(each.pointer().replace("/applicant/", "/"), each.code(), each.code().equals("not-resident")
                        ? each.detail() + "（第五条）；已迁出本市的，请撤回申请"
                        : each.detail()));
        violations.throwIfAny();
    }

    private Mono<Void> requireNoneOpen(Application application) {
        return changes.hasOpen(application.id()).flatMap(open -> open
                ? Mono.error(Decisions.refusal(EldercareProblem.NOT_POSSIBLE_NOW, application,
                        "上一次报告的变更正由机构核实，请等待结果"))
                : Mono.empty());
    }

    private Mono<Void> tellHome(Application application, String kind, String text) {
        return homes.get(Objects.requireNonNull(application.reviewHome()))
                .flatMap(home -> notices.send(new Notice(home.org(), kind, text, "applications/" + application.id())));
    }
}
