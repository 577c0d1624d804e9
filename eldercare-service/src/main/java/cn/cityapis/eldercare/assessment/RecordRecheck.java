package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.ability.AbilityFindings;
import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.application.ApplicantBeds;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.application.Command;
import cn.cityapis.eldercare.application.Decisions;
import cn.cityapis.eldercare.application.QueuePlaces;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The second look, which is final (第十八条): channel and needs follow it, up or down. An offer already made stands, as it
 * was right when it was made, unless its bed does not take the new level: then it is taken back at no cost to him.
 */
@Component
class RecordRecheck {

    private final ApplicationAccess access;
    private final AssessApplicant assess;
    private final Decisions decisions;
    private final ApplicantBeds beds;
    private final QueuePlaces places;
    private final RuleBooks books;
    private final Clock clock;

    RecordRecheck(ApplicationAccess access, AssessApplicant assess, Decisions decisions, ApplicantBeds beds,
            QueuePlaces places, RuleBooks books, Clock clock) {
        this.access = access;
        this.assess = assess;
        this.decisions = decisions;
        this.beds = beds;
        this.places = places;
        this.books = books;
        this.clock = clock;
    }

    Mono<AssessApplicant.Recorded> record(Caller caller, UUID id, IfMatch ifMatch, AbilityFindings findings) {
        AssessApplicant.Step step = new AssessApplicant.Step(new Command.RecordRecheck(clock.instant()),
                Purpose.RECHECK, "完成复核评估，为最终结果", "复核评估已完成，复核结果为最终评估结果，请查看");
        return access.holdRechecked(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> books.of(application.ruleBookId(), application.handedInOn())
                        .flatMap(book -> assess.assess(caller, application, book, findings, step)))
                .flatMap(recorded -> refit(caller, recorded.application(), recorded.result().level())
                        .map(stored -> new AssessApplicant.Recorded(stored, recorded.result())));
    }

    private Mono<Application> refit(Caller caller, Application application, AbilityLevel level) {
        if (!(application.state() instanceof ApplicationState.WithOffer offered)) {
            return Mono.just(application);
        }
        return beds.offered(application.id())
                .flatMap(bed -> beds.takes(offered.homeId(), bed, level))
                .defaultIfEmpty(true)
                .flatMap(takes -> takes ? Mono.just(application) : cancel(caller, application, offered));
    }

    private Mono<Application> cancel(Caller caller, Application application, ApplicationState.WithOffer offered) {
        Command command = new Command.CancelOffer(offered.offerId());
        return decisions
                .commit(application, application, command, Decisions.require(application, command),
                        "复核后的能力等级不适合所安排的床位，撤回入住通知，轮候资格不受影响", caller)
                .flatMap(stored -> places.refile(stored, Entry.Phase.WAITING)
                        .then(beds.release(stored.id()))
                        .thenReturn(stored));
    }
}
