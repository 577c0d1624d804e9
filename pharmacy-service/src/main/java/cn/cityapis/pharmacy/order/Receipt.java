package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.PharmacyProblem;
import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.pharmacy.settlement.Settlements;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What the head office does with a delivery: accepts it, which starts the settlement clock, or rejects it. */
@Component
class Receipt {

    private final Orders orders;
    private final Deliveries deliveries;
    private final Settlements settlements;
    private final Parties parties;
    private final Audit audit;
    private final Outbox outbox;
    private final Clock clock;

    Receipt(Orders orders, Deliveries deliveries, Settlements settlements, Parties parties, Audit audit,
            Outbox outbox, Clock clock) {
        this.orders = orders;
        this.deliveries = deliveries;
        this.settlements = settlements;
        this.parties = parties;
        this.audit = audit;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** A delivery and its order, whose row is held. */
    private record Held(PurchaseOrder order, Delivery delivery) {
    }

    Mono<Delivery> accept(Caller caller, UUID id, IfMatch seen) {
        return held(caller, id, seen)
                .flatMap(held -> deliveries.accept(id, fresh(held.delivery()).accept(clock.instant()))
                        .then(Mono.defer(() -> settlements.open(owed(held))))
                        .flatMap(settlement -> outbox.publish("pharmacy.settlement.opened", "settlements/" + settlement,
                                Map.of("settlementId", settlement)))
                        .then(Mono.defer(() -> complete(caller, held.order().id()))))
                .then(tell(caller, "accepted", id, Map.of()));
    }

    Mono<Delivery> reject(Caller caller, UUID id, IfMatch seen, String reason) {
        return held(caller, id, seen)
                .flatMap(held -> deliveries.reject(id, held.delivery().undecided().reject(clock.instant(), reason))
                        .then(Mono.defer(() -> orders.put(held.order().id(), held.order().state()))))
                .then(tell(caller, "rejected", id, Map.of("reason", reason)));
    }

    /** Undecided, and nothing in it has expired since it was brought. */
    private Delivery.State.Delivered fresh(Delivery delivery) {
        Delivery.State.Delivered undecided = delivery.undecided();
        List<String> expired = OrderRules.expired(delivery.parts(), LocalDate.now(clock));
        if (!expired.isEmpty()) {
            throw ProblemException.of(PharmacyProblem.DELIVERY_STATE,
                    "批号 " + String.join("、", expired) + " 已过有效期，不能验收，请拒收");
        }
        return undecided;
    }

    private Settlements.Accepted owed(Held held) {
        return new Settlements.Accepted(held.delivery().id(), held.order().id(), held.order().chainId(),
                held.order().supplierId(), held.delivery().amount(), LocalDate.now(clock));
    }

    /** An order of which all was accepted is done; either way it has changed. */
    private Mono<Void> complete(Caller caller, UUID id) {
        return parties.buyer(caller)
                .flatMap(chain -> orders.lock(chain, id))
                .flatMap(order -> orders.put(id, order.stateAt(clock.instant())));
    }

    /** The row of the order is held first, then the delivery is read: all who decide queue in the same order. */
    private Mono<Held> held(Caller caller, UUID id, IfMatch seen) {
        return parties.buyer(caller)
                .flatMap(chain -> deliveries.orderOf(id).flatMap(order -> orders.lock(chain, order)))
                .flatMap(order -> deliveries.find(id).map(delivery -> new Held(order, delivery)))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这张送货单")))
                .doOnNext(held -> seen.require(held.delivery().version()));
    }

    private Mono<Delivery> tell(Caller caller, String what, UUID id, Map<String, ?> details) {
        return Mono.defer(() -> audit.record(caller, "delivery." + what, "delivery", id.toString(), details)
                .then(outbox.publish("pharmacy.delivery." + what, "deliveries/" + id, Map.of("deliveryId", id)))
                .then(deliveries.find(id)));
    }
}
