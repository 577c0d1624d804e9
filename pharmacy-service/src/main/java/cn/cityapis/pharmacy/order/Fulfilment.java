package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.pharmacy.institution.Pharmacies;
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

/** What the supplier does with an order: confirms, refuses, delivers, takes a delivery back. Runs in a transaction that it is given. */
@Component
class Fulfilment {

    private final Orders orders;
    private final Deliveries deliveries;
    private final Parties parties;
    private final Pharmacies pharmacies;
    private final Audit audit;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    Fulfilment(Orders orders, Deliveries deliveries, Parties parties, Pharmacies pharmacies, Audit audit,
            Outbox outbox, Ids ids, Clock clock) {
        this.orders = orders;
        this.deliveries = deliveries;
        this.parties = parties;
        this.pharmacies = pharmacies;
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
                        : Mono.error(order.state().refusal()))
                .then(Mono.defer(() -> audit.record(caller, "order." + step, "order", id.toString(), Map.of())))
                .then(Mono.defer(() -> outbox.publish("pharmacy.order." + step, "orders/" + id, Map.of("orderId", id))))
                .then(Mono.defer(() -> parties.supplier(caller).flatMap(supplier -> orders.find(supplier, id))));
    }

    /** Brings a part of the order, or all of it, to one store. */
    Mono<Delivery> deliver(Caller caller, UUID orderId, IfMatch seen, UUID store, List<OrderRules.Parcel> parcels) {
        UUID id = ids.next();
        return locked(caller, orderId, seen)
                .flatMap(order -> {
                    if (!(order.state() instanceof OrderState.Confirmed)) {
                        return Mono.error(order.state().refusal());
                    }
                    return pharmacies.hasClosed(store)
                            .doOnNext(closed -> OrderRules
                                    .checkDelivery(order, store, closed, parcels, LocalDate.now(clock)).throwIfAny())
                            .then(Mono.defer(
                                    () -> deliveries.insert(id, orderId, store, clock.instant(), parcels)))
                            .then(Mono.defer(() -> orders.put(orderId, order.state())));
                })
                .then(tell(caller, "made", id, orderId, Map.of("orderId", orderId)))
                .then(Mono.defer(() -> deliveries.find(id)));
    }

    /** Takes back what nobody has decided on: it was brought to the wrong place, or typed wrongly. */
    Mono<Delivery> withdraw(Caller caller, UUID id, IfMatch seen, String reason) {
        return parties.supplier(caller)
                .flatMap(supplier -> deliveries.orderOf(id).flatMap(order -> orders.lock(supplier, order)))
                .flatMap(order -> deliveries.find(id)
                        .doOnNext(delivery -> seen.require(delivery.version()))
                        .flatMap(delivery -> deliveries.withdraw(id,
                                delivery.undecided().withdraw(clock.instant(), reason)))
                        .then(Mono.defer(() -> orders.put(order.id(), order.state())))
                        .then(tell(caller, "withdrawn", id, order.id(), Map.of("reason", reason)))
                        .thenReturn(id))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这张送货单")))
                .flatMap(deliveries::find);
    }

    private Mono<PurchaseOrder> locked(Caller caller, UUID id, IfMatch seen) {
        return parties.supplier(caller)
                .flatMap(supplier -> orders.lock(supplier, id))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这张订单")))
                .doOnNext(order -> seen.require(order.version()));
    }

    private Mono<Void> tell(Caller caller, String what, UUID delivery, UUID order, Map<String, ?> details) {
        return Mono.defer(() -> audit.record(caller, "delivery." + what, "delivery", delivery.toString(), details)
                .then(outbox.publish("pharmacy.delivery." + what, "deliveries/" + delivery,
                        Map.of("deliveryId", delivery, "orderId", order))));
    }
}
