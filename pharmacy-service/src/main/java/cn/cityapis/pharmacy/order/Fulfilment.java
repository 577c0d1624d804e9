package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.PharmacyProblem;
import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What the supplier does with an order: confirms, refuses, delivers. Runs in a transaction that it is given. */
@Component
class Fulfilment {

    private final Orders orders;
    private final Deliveries deliveries;
    private final Parties parties;
    private final Audit audit;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    Fulfilment(Orders orders, Deliveries deliveries, Parties parties, Audit audit, Outbox outbox, Ids ids,
            Clock clock) {
        this.orders = orders;
        this.deliveries = deliveries;
        this.parties = parties;
        this.audit = audit;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    Mono<PurchaseOrder> confirm(Caller caller, UUID order, IfMatch seen) {
        return decide(caller, order, seen, "confirmed", OrderState.Placed::confirm);
    }

    Mono<PurchaseOrder> refuse(Caller caller, UUID order, IfMatch seen, String reason) {
        return decide(caller, order, seen, "refused", (placed, at) -> placed.refuse(at, reason));
    }

    private Mono<PurchaseOrder> decide(Caller caller, UUID id, IfMatch seen, String step,
            BiFunction<OrderState.Placed, Instant, OrderState> decision) {
        return locked(caller, id, seen)
                .flatMap(order -> order.state() instanceof OrderState.Placed placed
                        ? orders.put(id, decision.apply(placed, clock.instant()))
                        : Mono.error(refusal(order)))
                .then(tell(caller, "order." + step, id))
                .then(Mono.defer(() -> parties.supplier(caller).flatMap(supplier -> orders.find(supplier, id))));
    }

    /** Brings a part of the order, or all of it, to one store. */
    Mono<Delivery> deliver(Caller caller, UUID orderId, IfMatch seen, UUID store, List<OrderRules.Parcel> parcels) {
        UUID id = ids.next();
        return locked(caller, orderId, seen)
                .flatMap(order -> {
                    if (!(order.state() instanceof OrderState.Confirmed)) {
                        return Mono.error(refusal(order));
                    }
                    OrderRules.checkDelivery(order, store, parcels, LocalDate.now(clock)).throwIfAny();
                    return deliveries.insert(id, orderId, store, clock.instant(), parcels)
                            .then(orders.put(orderId, order.state()));
                })
                .then(tell(caller, "delivery.made", orderId))
                .then(Mono.defer(() -> deliveries.find(id)));
    }

    private Mono<PurchaseOrder> locked(Caller caller, UUID id, IfMatch seen) {
        return parties.supplier(caller)
                .flatMap(supplier -> orders.lock(supplier, id))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这张订单")))
                .doOnNext(order -> seen.require(order.version()));
    }

    private Mono<Void> tell(Caller caller, String what, UUID order) {
        return Mono.defer(() -> audit.record(caller, what, "order", order.toString(), Map.of())
                .then(outbox.publish("pharmacy." + what, "orders/" + order, Map.of("orderId", order))));
    }

    private static ProblemException refusal(PurchaseOrder order) {
        return ProblemException.of(PharmacyProblem.ORDER_STATE, "订单" + order.state().text() + "，不能进行此操作")
                .with("state", order.state().code());
    }
}
