package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.PharmacyProblem;
import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.pharmacy.institution.Party;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends an order before all of it came: the buyer takes it back unanswered, or either side closes what is still to come. */
@Component
class EndOrder {

    private final Orders orders;
    private final Parties parties;
    private final Audit audit;
    private final Outbox outbox;
    private final Clock clock;

    EndOrder(Orders orders, Parties parties, Audit audit, Outbox outbox, Clock clock) {
        this.orders = orders;
        this.parties = parties;
        this.audit = audit;
        this.outbox = outbox;
        this.clock = clock;
    }

    Mono<PurchaseOrder> cancel(Caller caller, UUID id, IfMatch seen, String reason) {
        return parties.buyer(caller).flatMap(chain -> held(chain, id, seen)
                .flatMap(order -> order.state() instanceof OrderState.Placed placed
                        ? orders.put(id, placed.cancel(clock.instant(), reason))
                        : Mono.error(order.state().refusal()))
                .then(tell(caller, "cancelled", id, Map.of("reason", reason)))
                .then(Mono.defer(() -> orders.find(chain, id))));
    }

    /** @param lineNos of all lines if empty */
    Mono<PurchaseOrder> closeShort(Caller caller, UUID id, IfMatch seen, List<Integer> lineNos, String reason) {
        return parties.of(caller).flatMap(party -> held(party, id, seen)
                .flatMap(order -> close(order, lineNos, party instanceof Party.Chain ? "chain" : "supplier", reason))
                .then(Mono.defer(() -> orders.lock(party, id)))
                .flatMap(order -> orders.put(id, order.stateAt(clock.instant())))
                .then(tell(caller, "closed-short", id, Map.of("reason", reason, "lineNos", lineNos)))
                .then(Mono.defer(() -> orders.find(party, id))));
    }

    private Mono<Void> close(PurchaseOrder order, List<Integer> named, String by, String reason) {
        if (!(order.state() instanceof OrderState.Confirmed)) {
            return Mono.error(order.state().refusal());
        }
        Violations wrong = new Violations();
        List<Integer> lines = OrderRules.toClose(order, named, wrong);
        wrong.throwIfAny();
        return lines.isEmpty()
                ? Mono.error(ProblemException.of(PharmacyProblem.ORDER_STATE, "没有未送的数量可以了结"))
                : orders.closeLines(order.id(), lines, by, reason);
    }

    private Mono<PurchaseOrder> held(Party party, UUID id, IfMatch seen) {
        return orders.lock(party, id)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这张订单")))
                .doOnNext(order -> seen.require(order.version()));
    }

    private Mono<Void> tell(Caller caller, String what, UUID id, Map<String, ?> details) {
        return Mono.defer(() -> audit.record(caller, "order." + what, "order", id.toString(), details)
                .then(outbox.publish("pharmacy.order." + what, "orders/" + id, Map.of("orderId", id))));
    }
}
