package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.ability.AbilityFindings;
import cn.cityapis.eldercare.ability.AbilityOptions;
import cn.cityapis.eldercare.ability.AbilityResult;
import cn.cityapis.eldercare.ability.AbilityRules;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.ChannelDecision;
import cn.cityapis.eldercare.application.Command;
import cn.cityapis.eldercare.application.Decisions;
import cn.cityapis.eldercare.application.Lifecycle;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Records the scores; computes total and level; re-derives the channel; the applicant now waits (第十七条, 第十八条). */
@Component
class RecordAssessment {

    private final ApplicationAccess access;
    private final Assessments assessments;
    private final Decisions decisions;
    private final RuleBooks books;
    private final Waitlist waitlist;
    private final Homes homes;
    private final Notices notices;
    private final Audit audit;
    private final WorkingCalendar calendar;
    private final Ids ids;
    private final Clock clock;

    RecordAssessment(ApplicationAccess access, Assessments assessments, Decisions decisions, RuleBooks books,
            Waitlist waitlist, Homes homes, Notices notices, Audit audit, WorkingCalendar calendar, Ids ids,
            Clock clock) {
        this.access = access;
        this.assessments = assessments;
        this.decisions = decisions;
        this.books = books;
        this.waitlist = waitlist;
        this.homes = homes;
        this.notices = notices;
        this.audit = audit;
        this.calendar = calendar;
        this.ids = ids;
        this.clock = clock;
    }

    /** What was recorded and where the application stands now. */
    record Recorded(Application application, AbilityResult result) {
    }

    Mono<Recorded> record(Caller caller, UUID id, IfMatch ifMatch, AbilityFindings findings) {
        return access.lockAssessed(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> books.current().flatMap(book -> decide(caller, application, book, findings)));
    }

    private Mono<Recorded> decide(Caller caller, Application application, RuleBook book, AbilityFindings findings) {
        Command command = new Command.RecordAssessment(clock.instant(), calendar
                .workingDaysAfter(LocalDate.now(clock), book.options().objectionWorkingDays()));
        Lifecycle.Moved moved = Decisions.require(application, command);
        AbilityResult result = AbilityRules.evaluate(findings,
                new AbilityOptions(book.options().worseningTogether(), book.options().riskEventsOverAllKinds()));
        Application assessed = application.with(application.dossier().assessed(result.level()));
        ChannelDecision channel = assessed.dossier().channel();
        Lifecycle.Moved cited = new Lifecycle.Moved(moved.next(),
                Stream.concat(moved.articles().stream(), channel.basis().stream().map(Citation::article)).toList());
        return decisions
                .commit(application, assessed, command, cited, "完成能力评估，轮候通道为" + channel.channel().title(), caller)
                .flatMap(stored -> assessments.insert(new Assessments.Assessment(ids.next(), stored.id(),
                        String.valueOf(caller.org()), caller.subject(), findings, result, clock.instant()))
                        .then(startWaiting(stored, result))
                        .then(audit.record(caller, "assessment.record", "application", stored.id().toString(),
                                Map.of()))
                        .then(notices
                                .send(new Notice(stored.owner(), "assessment-recorded", "能力评估已完成，请查看结果；如有异议可在期限内申请复核",
                                        "applications/" + stored.id())))
                        .thenReturn(new Recorded(stored, result)));
    }

    /** The homes' rows are held, so that no offer is being made from a list that is about to change. */
    private Mono<Void> startWaiting(Application application, AbilityResult result) {
        return waitlist.of(application.id())
                .flatMapMany(entries -> Flux.fromIterable(
                        entries.stream().sorted(Comparator.comparing(Entry::homeId)).toList()))
                .concatMap(entry -> homes.lock(entry.homeId())
                        .then(waitlist.refile(entry.id(), application.dossier().channel().channel(),
                                Entry.Phase.WAITING,
                                entry.needs().assessed(result.level()))))
                .then();
    }
}
