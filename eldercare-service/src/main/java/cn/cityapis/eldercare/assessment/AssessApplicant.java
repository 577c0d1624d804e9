package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.ability.AbilityFindings;
import cn.cityapis.eldercare.ability.AbilityOptions;
import cn.cityapis.eldercare.ability.AbilityResult;
import cn.cityapis.eldercare.ability.AbilityRules;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ChannelDecision;
import cn.cityapis.eldercare.application.Command;
import cn.cityapis.eldercare.application.Decisions;
import cn.cityapis.eldercare.application.Lifecycle;
import cn.cityapis.eldercare.application.QueuePlaces;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Scores → level → channel → places in the queues, with the file kept and both sides told at once (第十七条, 第十八条); the
 * same for the first assessment, a re-check and a resident's. The caller holds homes and application.
 */
@Component
class AssessApplicant {

    private final Assessments assessments;
    private final Decisions decisions;
    private final QueuePlaces places;
    private final Homes homes;
    private final Notices notices;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    AssessApplicant(Assessments assessments, Decisions decisions, QueuePlaces places, Homes homes, Notices notices,
            Audit audit, Ids ids, Clock clock) {
        this.assessments = assessments;
        this.decisions = decisions;
        this.places = places;
        this.homes = homes;
        this.notices = notices;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** What was recorded and where the application stands now. */
    record Recorded(Application application, AbilityResult result) {
    }

    /** @param notice what the applicant is told, after the name of the step */
    record Step(Command command, Purpose purpose, String reason, String notice) {
    }

    Mono<Recorded> assess(Caller caller, Application application, RuleBook book, AbilityFindings findings, Step step) {
        Lifecycle.Moved moved = Decisions.require(application, step.command());
        AssessmentDates.require(application.state(), findings.assessedOn(), clock.getZone());
        AbilityResult result = AbilityRules.evaluate(findings,
                new AbilityOptions(book.options().worseningTogether(), book.options().riskEventsOverAllKinds()));
        Application assessed = application.with(application.dossier().assessed(result.level()));
        ChannelDecision channel = assessed.dossier().channel();
        Lifecycle.Moved cited = new Lifecycle.Moved(moved.next(),
                Stream.concat(moved.articles().stream(), channel.basis().stream().map(Citation::article)).toList());
        return decisions
                .commit(application, assessed, step.command(), cited,
                        step.reason() + "，轮候通道为" + channel.channel().title(), caller)
                .flatMap(stored -> assessments.insert(new Assessments.Assessment(ids.next(), stored.id(),
                        String.valueOf(caller.org()), caller.subject(), step.purpose(), findings, result,
                        clock.instant()))
                        .then(places.refile(stored, Entry.Phase.WAITING))
                        .then(audit.record(caller, "assessment.record", "application", stored.id().toString(),
                                Map.of("purpose", step.purpose())))
                        .then(tell(stored, step.notice()))
                        .thenReturn(new Recorded(stored, result)));
    }

    /** 第十八条: the home and the applicant. */
    private Mono<Void> tell(Application application, String text) {
        String about = "applications/" + application.id();
        return notices.send(new Notice(application.owner(), "assessment-recorded", text, about))
                .then(homes.get(Objects.requireNonNull(application.reviewHome())))
                .flatMap(home -> notices
                        .send(new Notice(home.org(), "assessment-recorded", "一位申请人的能力评估结果已提交", about)));
    }
}
