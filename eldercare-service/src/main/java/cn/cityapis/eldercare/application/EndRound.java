package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.application.ApplicationState.Admitted;
import cn.cityapis.eldercare.waitlist.EndReason;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The ends that come from outside the procedure, before or after moving in: false statements (第二十六条) and death, wherever
 * it is learnt. Places in queues end, an offer under way ends, an occupied bed becomes free; both go to whoever is next.
 */
@Component
public class EndRound {

    /** His places in queues end before a bed becomes free, which else might be offered to him. */
    private static final Comparator<Application> RUNNING_FIRST = Comparator
            .comparing((Application round) -> !round.state().name().isLive()).thenComparing(Application::id);

    private final ApplicationAccess access;
    private final Decisions decisions;
    private final Waitlist waitlist;
    private final ApplicantBeds beds;
    private final Registers registers;
    private final Notices notices;
    private final Audit audit;
    private final Clock clock;

    EndRound(ApplicationAccess access, Decisions decisions, Waitlist waitlist, ApplicantBeds beds, Registers registers,
            Notices notices, Audit audit, Clock clock) {
        this.access = access;
        this.decisions = decisions;
        this.waitlist = waitlist;
        this.beds = beds;
        this.registers = registers;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
    }

    /** By a home in whose queue he is or where he lives, or by its district. */
    Mono<Application> disqualify(Caller caller, UUID id, IfMatch ifMatch, String reason) {
        return access.holdWorkedOn(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> end(caller, application, new Command.Disqualify(clock.instant()),
                        EndReason.DISQUALIFIED, "申请材料弄虚作假，取消入住资格：" + reason))
                .flatMap(stored -> tell(stored, "application-disqualified", "因申请材料弄虚作假，入住资格已取消，详情请查看申请"));
    }

    /** As the applicant's agent reports it: whoever files a paper may not end what others filed. */
    Mono<Application> reportDeath(Caller caller, UUID id, IfMatch ifMatch, @Nullable LocalDate on) {
        return access.holdOwn(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> die(caller, application, on, "代理人告知申请人去世"));
    }

    /** As a home or an office learns it: all rounds of the person end. */
    Mono<Application> recordDeath(Caller caller, UUID id, IfMatch ifMatch, @Nullable LocalDate on, String source) {
        return access.holdPersonWorkedOn(caller, id)
                .doOnNext(rounds -> ifMatch.require(round(rounds, id).version()))
                .flatMap(rounds -> dieInAll(caller, round(rounds, id), rounds, on, "获知申请人去世：" + source));
    }

    /** As the register of deaths says; refused if it does not. */
    Mono<Application> checkDeath(Caller caller, UUID id, IfMatch ifMatch) {
        return access.holdPersonWorkedOn(caller, id)
                .doOnNext(rounds -> ifMatch.require(round(rounds, id).version()))
                .flatMap(rounds -> Mono.justOrEmpty(idNumber(round(rounds, id)))
                        .flatMap(registers::death)
                        .switchIfEmpty(Mono.error(() -> ProblemException.of(EldercareProblem.REGISTER_UNCONFIRMED,
                                "主管部门登记系统没有该申请人的死亡登记")))
                        .flatMap(death -> dieInAll(caller, round(rounds, id), rounds, death.on(),
                                death.register() + "登记去世")));
    }

    /** As a home learns it when his bed there empties; the caller holds all that was filed for the person. */
    public Mono<Void> died(Caller caller, List<Application> rounds, String reason) {
        return Flux.fromIterable(rounds).filter(EndRound::takesDeath).sort(RUNNING_FIRST)
                .concatMap(round -> die(caller, round, null, reason)).then();
    }

    private Mono<Application> dieInAll(Caller caller, Application application, List<Application> rounds,
            @Nullable LocalDate on, String reason) {
        Decisions.require(application, new Command.RecordDeath(on, clock.instant()));
        return Flux.fromIterable(rounds).filter(EndRound::takesDeath).sort(RUNNING_FIRST)
                .concatMap(round -> die(caller, round, on, reason)).collectList()
                .map(ended -> round(ended, application.id()));
    }

    private static boolean takesDeath(Application round) {
        return Lifecycle.possible(round.state()).contains(Command.Name.RECORD_DEATH);
    }

    private static Application round(List<Application> rounds, UUID id) {
        return rounds.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    private Mono<Application> die(Caller caller, Application application, @Nullable LocalDate on, String reason) {
        return end(caller, application, new Command.RecordDeath(on, clock.instant()), EndReason.DIED, reason)
                .flatMap(stored -> tell(stored, "round-ended", "本次轮候已终止，详情请查看申请"));
    }

    private Mono<Application> end(Caller caller, Application application, Command command, EndReason why,
            String reason) {
        Lifecycle.Moved moved = Decisions.require(application, command);
        return decisions.commit(application, application, command, moved, reason, caller)
                .flatMap(stored -> waitlist.endAll(stored.id(), why, clock.instant())
                        .then(letGo(application, why))
                        .then(audit.record(caller, "application.end", "application", stored.id().toString(),
                                Map.of("reason", why)))
                        .thenReturn(stored));
    }

    /** Whoever is placed for the time being in an emergency bed leaves it by his death, not by the end of the round. */
    private Mono<Void> letGo(Application before, EndReason why) {
        boolean leaves = before.state() instanceof Admitted || why == EndReason.DIED;
        return beds.release(before.id()).then(leaves ? beds.vacate(before.id()) : Mono.empty());
    }

    private Mono<Application> tell(Application application, String kind, String text) {
        return notices.send(new Notice(application.owner(), kind, text, "applications/" + application.id()))
                .thenReturn(application);
    }

    private static @Nullable String idNumber(Application application) {
        ApplicationForm.Person person = application.dossier().form().applicant();
        return person == null ? null : person.idNumber();
    }
}
