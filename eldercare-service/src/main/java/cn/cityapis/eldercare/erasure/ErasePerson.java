package cn.cityapis.eldercare.erasure;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.application.Materials;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Erases the person of an application from all that was ever filed for him, in one transaction. He is held as for his
 * death: nothing of him can be handed in, decided or moved meanwhile.
 */
@Component
class ErasePerson {

    private final ApplicationAccess access;
    private final Applications applications;
    private final Materials materials;
    private final Erasures erasures;
    private final RetentionPeriods periods;
    private final Notices notices;
    private final Outbox outbox;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    ErasePerson(ApplicationAccess access, Applications applications, Materials materials, Erasures erasures,
            RetentionPeriods periods, Notices notices, Outbox outbox, Audit audit, Ids ids, Clock clock) {
        this.access = access;
        this.applications = applications;
        this.materials = materials;
        this.erasures = erasures;
        this.periods = periods;
        this.notices = notices;
        this.outbox = outbox;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** 404 if there is none, or none any more; 409 with everything that still needs the data. */
    Mono<Erasure> erase(Caller by, UUID application, Erasure.Ground ground, String reason) {
        return access.holdPerson(application, List.of())
                .filter(held -> !held.isEmpty())
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)))
                .flatMap(held -> requireNeededNoMore(ids(held)).then(erase(by, held, ground, reason)));
    }

    private Mono<Void> requireNeededNoMore(List<UUID> held) {
        return Mono.zip(erasures.rounds(held), periods.current()).flatMap(found -> {
            List<Obstacle> obstacles = ErasureRules.obstacles(found.getT1(), found.getT2().orElse(null),
                    LocalDate.now(clock));
            return obstacles.isEmpty()
                    ? Mono.empty()
                    : Mono.error(ProblemException.of(EldercareProblem.STILL_NEEDED,
                            "有 " + obstacles.size() + " 项事由，暂不能删除").with("obstacles", obstacles));
        });
    }

    private Mono<Erasure> erase(Caller by, List<Application> held, Erasure.Ground ground, String reason) {
        List<UUID> applicationIds = ids(held);
        return materials.erase(applicationIds, clock.instant())
                .map(files -> new Erasure(ids.next(), ground, reason, applicationIds, files,
                        clock.instant().truncatedTo(ChronoUnit.MICROS), by.org()))
                .flatMap(erasure -> erasures.insert(erasure, by.subject())
                        .then(erasures.overwrite(applicationIds))
                        .then(Flux.fromIterable(held)
                                .concatMap(each -> applications.erase(each, erasure.id()).then(tell(each))).then())
                        .then(erasures.emptyTexts(applicationIds))
                        .then(audit.record(by, "person.erase", "erasure", erasure.id().toString(),
                                Map.of("ground", ground, "reason", reason, "applications", applicationIds)))
                        .thenReturn(erasure));
    }

    /** Whoever keeps a copy is told to erase it too; so is who filed it, for the last time. */
    private Mono<Void> tell(Application erased) {
        return outbox.publish("eldercare.application.erased", "applications/" + erased.id(),
                Map.of("applicationId", erased.id()))
                .then(notices.send(new Notice(erased.owner(), "person-erased", "该申请中的个人信息已删除，申请不再可查",
                        "applications/" + erased.id())));
    }

    private static List<UUID> ids(List<Application> held) {
        return held.stream().map(Application::id).toList();
    }
}
