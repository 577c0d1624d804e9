package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.PharmacyProblem;
import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A case goes on: the seller answers, the office closes it, answered or not. */
@Component
class DecideCase {

    private final PriceCases cases;
    private final Parties parties;
    private final Audit audit;
    private final Outbox outbox;
    private final Clock clock;

    DecideCase(PriceCases cases, Parties parties, Audit audit, Outbox outbox, Clock clock) {
        this.cases = cases;
        this.parties = parties;
        this.audit = audit;
        this.outbox = outbox;
        this.clock = clock;
    }

    Mono<PriceCase> answer(Caller caller, UUID id, IfMatch seen, String answer) {
        return parties.seller(caller).map(PriceCases.Viewer::seller).flatMap(viewer -> held(viewer, id, seen)
                .flatMap(held -> held.state().equals("open")
                        ? cases.answer(id, answer, caller.subject(), clock.instant())
                        : Mono.error(refusal(held)))
                .then(tell(caller, "answered", id, Map.of()))
                .then(Mono.defer(() -> cases.find(viewer, id))));
    }

    Mono<PriceCase> close(Caller caller, UUID id, IfMatch seen, String outcome, String note) {
        PriceCases.Viewer viewer = PriceCases.Viewer.office(caller);
        return held(viewer, id, seen)
                .flatMap(held -> held.state().equals("closed")
                        ? Mono.error(refusal(held))
                        : cases.close(id, outcome, note, caller.subject(), clock.instant()))
                .then(tell(caller, "closed", id, Map.of("outcome", outcome)))
                .then(Mono.defer(() -> cases.find(viewer, id)));
    }

    private Mono<PriceCase> held(PriceCases.Viewer viewer, UUID id, IfMatch seen) {
        return cases.lock(viewer, id)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这个价格复核")))
                .doOnNext(held -> seen.require(held.version()));
    }

    private static ProblemException refusal(PriceCase held) {
        return ProblemException.of(PharmacyProblem.PRICE_CASE_STATE,
                held.state().equals("closed") ? "这个价格复核已经结案" : "这个价格复核已经说明").with("state", held.state());
    }

    private Mono<Void> tell(Caller caller, String what, UUID id, Map<String, ?> details) {
        return Mono.defer(() -> audit.record(caller, "price-case." + what, "price-case", id.toString(), details)
                .then(outbox.publish("pharmacy.price-case." + what, "price-cases/" + id, Map.of("priceCaseId", id))));
    }
}
