package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** 第二十三条: the home notes a suspicion and how it is handled, and the guardian is told; no rule here decides on it. */
@Component
class NoteIllness {

    private final ApplicationAccess access;
    private final Homes homes;
    private final Decisions decisions;
    private final Residence residence;
    private final Notices notices;
    private final Audit audit;
    private final Clock clock;

    NoteIllness(ApplicationAccess access, Homes homes, Decisions decisions, Residence residence, Notices notices,
            Audit audit, Clock clock) {
        this.access = access;
        this.homes = homes;
        this.decisions = decisions;
        this.residence = residence;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param version of the application afterwards */
    record Noted(IllnessNote note, long version) {
    }

    Mono<Noted> note(Caller caller, UUID id, IfMatch ifMatch, ResidenceController.IllnessRequest request) {
        LocalDate on = Objects.requireNonNull(request.notedOn());
        if (on.isAfter(LocalDate.now(clock))) {
            new Violations().add("/notedOn", "out-of-range", "发现日期不能晚于今天").throwIfAny();
        }
        Command command = new Command.NoteIllness();
        return access.holdWorkedOn(caller, id)
                .filterWhen(application -> livesWith(caller, application))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)))
                .doOnNext(application -> ifMatch.require(application.version()))
                .flatMap(application -> decisions.commit(application, application, command,
                        Decisions.require(application, command), "发现疑似疾病情形，依照相关法律处理，并通知监护人", caller))
                .flatMap(stored -> residence
                        .note(caller, id, Objects.requireNonNull(request.kind()), on,
                                Objects.requireNonNull(request.handling()))
                        .flatMap(note -> audit
                                .record(caller, "illness.note", "application", id.toString(), Map.of())
                                .then(notices.send(new Notice(stored.owner(), "guardian-informed",
                                        "老年人在住期间有需要监护人知悉的健康情况，请尽快联系所在机构", "applications/" + id)))
                                .thenReturn(new Noted(note, stored.version()))));
    }

    /** To another home in whose queue he once was, his health is nothing. */
    private Mono<Boolean> livesWith(Caller caller, Application application) {
        return application.state() instanceof ApplicationState.Admitted admitted
                ? homes.get(admitted.homeId()).map(home -> caller.isOf(home.org()))
                : Mono.just(true);
    }
}
