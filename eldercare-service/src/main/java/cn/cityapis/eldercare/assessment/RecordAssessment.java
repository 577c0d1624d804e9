package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.ability.AbilityFindings;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.application.Command;
import cn.cityapis.eldercare.application.DeadlineKind;
import cn.cityapis.eldercare.application.Deadlines;
import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The first assessment: the applicant now waits, and may object (第十七条, 第十八条). */
@Component
class RecordAssessment {

    private final ApplicationAccess access;
    private final AssessApplicant assess;
    private final Deadlines deadlines;
    private final RuleBooks books;
    private final WorkingCalendar calendar;
    private final Clock clock;

    RecordAssessment(ApplicationAccess access, AssessApplicant assess, Deadlines deadlines, RuleBooks books,
            WorkingCalendar calendar, Clock clock) {
        this.access = access;
        this.assess = assess;
        this.deadlines = deadlines;
        this.books = books;
        this.calendar = calendar;
        this.clock = clock;
    }

    Mono<AssessApplicant.Recorded> record(Caller caller, UUID id, IfMatch ifMatch, AbilityFindings findings) {
        return access.holdAssessed(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> books.of(application.ruleBookId(), application.handedInOn())
                        .flatMap(book -> decide(caller, application, book, findings)));
    }

    private Mono<AssessApplicant.Recorded> decide(Caller caller, Application application, RuleBook book,
            AbilityFindings findings) {
        Command command = new Command.RecordAssessment(clock.instant(), calendar
                .workingDaysAfter(LocalDate.now(clock), book.options().objectionWorkingDays()));
        Deadline resultBy = calendar.workingDaysAfter(findings.assessedOn(), book.options().resultWorkingDays());
        return assess
                .assess(caller, application, book, findings, new AssessApplicant.Step(command, Purpose.FIRST, "完成能力评估",
                        "能力评估已完成，请查看结果；如有异议可在期限内申请复核"))
                .flatMap(recorded -> (application.state() instanceof ApplicationState.AssessmentBooked
                        ? deadlines.metAsOf(recorded.application(), DeadlineKind.RESULT, resultBy)
                        : deadlines.startedAndMet(recorded.application(), DeadlineKind.RESULT, resultBy,
                                application.agencyOrg()))
                        .thenReturn(recorded));
    }
}
