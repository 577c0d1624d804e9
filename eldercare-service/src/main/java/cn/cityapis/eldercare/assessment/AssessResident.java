package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.ability.AbilityFindings;
import cn.cityapis.eldercare.ability.AbilityResult;
import cn.cityapis.eldercare.application.ApplicantBeds;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.application.Command;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** 第二十三条: a resident whose condition changed is assessed again; his bed still suits him, or he is to be moved. */
@Component
class AssessResident {

    private final ApplicationAccess access;
    private final AssessApplicant assess;
    private final ApplicantBeds beds;
    private final RuleBooks books;
    private final Notices notices;

    AssessResident(ApplicationAccess access, AssessApplicant assess, ApplicantBeds beds, RuleBooks books,
            Notices notices) {
        this.access = access;
        this.assess = assess;
        this.beds = beds;
        this.books = books;
        this.notices = notices;
    }

    /** The move itself is the home's: a transfer to another bed. */
    enum Outcome {
        KEEP, MOVE
    }

    record Reassessed(Application application, AbilityResult result, Outcome outcome) {
    }

    Mono<Reassessed> record(Caller caller, UUID id, IfMatch ifMatch, AbilityFindings findings) {
        AssessApplicant.Step step = new AssessApplicant.Step(new Command.Reassess(), Purpose.RESIDENT, "在住期间再次评估",
                "在住期间的再次评估已完成，请查看");
        return access.holdAssessed(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> books.of(application.ruleBookId(), application.handedInOn())
                        .flatMap(book -> assess.assess(caller, application, book, findings, step)))
                .flatMap(recorded -> outcome(recorded).flatMap(outcome -> tell(recorded.application(), outcome)
                        .thenReturn(new Reassessed(recorded.application(), recorded.result(), outcome))));
    }

    private Mono<Outcome> outcome(AssessApplicant.Recorded recorded) {
        return recorded.application().state() instanceof ApplicationState.Admitted admitted
                ? beds.takes(admitted.homeId(), admitted.bedId(), recorded.result().level())
                        .map(takes -> takes ? Outcome.KEEP : Outcome.MOVE)
                : Mono.error(new IllegalStateException("only a resident is assessed again"));
    }

    private Mono<Void> tell(Application application, Outcome outcome) {
        return outcome == Outcome.KEEP
                ? Mono.empty()
                : notices.send(new Notice(application.owner(), "guardian-informed",
                        "再次评估结果显示现住床位不再适合，请监护人配合机构调整入住安排", "applications/" + application.id()));
    }
}
