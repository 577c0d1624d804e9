package cn.cityapis.subsidy.erasure;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.application.Application;
import cn.cityapis.subsidy.application.ErasedApplications;
import cn.cityapis.subsidy.objection.Objections;
import cn.cityapis.subsidy.payment.PaymentItems;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Erases the person of an application from all that he ever applied for. In the caller's transaction. */
@Component
class ErasePerson {

    private final ErasedApplications applications;
    private final Objections objections;
    private final PaymentItems orders;
    private final Erasures erasures;
    private final RetentionPeriods periods;
    private final Notices notices;
    private final Outbox outbox;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    ErasePerson(ErasedApplications applications, Objections objections, PaymentItems orders, Erasures erasures,
            RetentionPeriods periods, Notices notices, Outbox outbox, Audit audit, Ids ids, Clock clock) {
        this.applications = applications;
        this.objections = objections;
        this.orders = orders;
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
        return applications.holdPerson(application)
                .flatMap(held -> requireNeededNoMore(ids(held))
                        .then(Mono.defer(() -> erase(by, held, new Erasure(ids.next(), ground, reason, ids(held),
                                clock.instant().truncatedTo(ChronoUnit.MICROS), by.org())))));
    }

    private Mono<Void> requireNeededNoMore(List<UUID> held) {
        return Mono.zip(erasures.rounds(held), periods.current()).flatMap(found -> {
            List<Obstacle> obstacles = ErasureRules.obstacles(found.getT1(), found.getT2(), LocalDate.now(clock));
            return obstacles.isEmpty()
                    ? Mono.empty()
                    : Mono.error(ProblemException.of(SubsidyProblem.STILL_NEEDED,
                            "有 " + obstacles.size() + " 项事由，暂不能删除").with("obstacles", obstacles));
        });
    }

    private Mono<Erasure> erase(Caller by, List<Application> held, Erasure erasure) {
        return erasures.insert(erasure, by.subject())
                .then(objections.erase(erasure.applicationIds()))
                .then(orders.erase(erasure.applicationIds()))
                .then(Flux.fromIterable(held)
                        .concatMap(each -> applications.erase(each, erasure.id()).then(tell(each))).then())
                .then(audit.record(by, "person.erase", "erasure", erasure.id().toString(),
                        Map.of("ground", erasure.ground(), "reason", erasure.reason(), "applications",
                                erasure.applicationIds())))
                .thenReturn(erasure);
    }

    /** Whoever keeps a copy is told to erase it too; so is who applied, for the last time. */
    private Mono<Void> tell(Application erased) {
        return outbox.publish("subsidy.application.erased", "applications/" + erased.id(),
                Map.of("applicationId", erased.id()))
                .then(notices.send(new Notice(erased.owner(), "person-erased", "该申请中的个人信息已删除，申请不再可查",
                        "applications/" + erased.id())));
    }

    private static List<UUID> ids(List<Application> held) {
        return held.stream().map(Application::id).toList();
    }
}
