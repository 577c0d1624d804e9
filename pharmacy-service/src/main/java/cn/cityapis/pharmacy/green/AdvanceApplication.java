package cn.cityapis.pharmacy.green;

import cn.cityapis.pharmacy.PharmacyProblem;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** An application goes on: filed and filed again by its maker, decided step by step by the office. */
@Component
class AdvanceApplication {

    private final GreenApplications applications;
    private final WorkingCalendar calendar;
    private final Audit audit;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    AdvanceApplication(GreenApplications applications, WorkingCalendar calendar, Audit audit, Outbox outbox, Ids ids,
            Clock clock) {
        this.applications = applications;
        this.calendar = calendar;
        this.audit = audit;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** Whose applications a maker sees: those of his organisation. */
    static String maker(Caller caller) {
        String org = caller.org();
        if (org == null || org.isBlank()) {
            throw ProblemException.of(PharmacyProblem.NOT_A_PARTY, "登录凭证没有注明企业");
        }
        return org;
    }

    Mono<GreenApplication> file(Caller caller, String kind, String name, String summary, List<String> evidence) {
        UUID id = ids.next();
        return applications.insert(id, maker(caller), kind, name, summary, evidence)
                .then(step(caller, id, GreenRules.State.FILED, "提交", false))
                .then(Mono.defer(() -> applications.find(maker(caller), id)));
    }

    Mono<GreenApplication> fileAgain(Caller caller, UUID id, IfMatch seen, List<String> evidence) {
        String maker = maker(caller);
        return applications.lock(maker, id).switchIfEmpty(missing())
                .doOnNext(held -> seen.require(held.version()))
                .flatMap(held -> held.state() == GreenRules.State.RETURNED
                        ? applications.evidence(id, evidence)
                                .then(step(caller, id, GreenRules.State.FILED, "补正后重新提交", false))
                        : Mono.error(refusal(held)))
                .then(Mono.defer(() -> applications.find(maker, id)));
    }

    Mono<GreenApplication> decide(Caller caller, UUID id, IfMatch seen, GreenRules.Decision decision, String note) {
        return applications.lock(null, id).switchIfEmpty(missing())
                .doOnNext(held -> seen.require(held.version()))
                .flatMap(held -> GreenRules.next(held.state(), decision)
                        .map(next -> step(caller, id, next, note, held.late()))
                        .orElseGet(() -> Mono.error(refusal(held))))
                .then(Mono.defer(() -> applications.find(null, id)));
    }

    /** The day of the step does not count; the next ends with the last of its working days. */
    private Mono<Void> step(Caller caller, UUID id, GreenRules.State state, String note, boolean late) {
        LocalDate today = LocalDate.now(clock);
        return Mono.defer(() -> applications.terms()
                .flatMap(terms -> applications.step(id, state, note, caller.subject(), late, state.awaitsOffice()
                        ? calendar.workingDaysAfter(today, GreenRules.workingDays(terms, state, today))
                        : null))
                .then(audit.record(caller, "green-channel." + state.code(), "green-application", id.toString(),
                        Map.of("late", late)))
                .then(outbox.publish("pharmacy.green-channel." + state.code(), "green-channel-applications/" + id,
                        Map.of("applicationId", id, "state", state.code()))));
    }

    private static Mono<GreenApplication> missing() {
        return Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这个绿色通道申请"));
    }

    private static ProblemException refusal(GreenApplication held) {
        return ProblemException.of(PharmacyProblem.GREEN_STATE, "申请" + held.stateText() + "，不能进行此操作")
                .with("state", held.state().code());
    }
}
