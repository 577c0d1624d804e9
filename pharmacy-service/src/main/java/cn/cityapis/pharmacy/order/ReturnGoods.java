package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.PharmacyProblem;
import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.pharmacy.settlement.Settlements;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Goods go back: the buyer asks, the supplier decides; what he confirms is credited to the settlement. */
@Component
class ReturnGoods {

    private final Orders orders;
    private final Deliveries deliveries;
    private final Returns returns;
    private final Settlements settlements;
    private final Parties parties;
    private final Audit audit;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    ReturnGoods(Orders orders, Deliveries deliveries, Returns returns, Settlements settlements, Parties parties,
            Audit audit, Outbox outbox, Ids ids, Clock clock) {
        this.orders = orders;
        this.deliveries = deliveries;
        this.returns = returns;
        this.settlements = settlements;
        this.parties = parties;
        this.audit = audit;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    Mono<GoodsReturn> request(Caller caller, UUID deliveryId, String reason, List<GoodsReturn.Part> parts) {
        UUID id = ids.next();
        return parties.buyer(caller).flatMap(chain -> deliveries.orderOf(deliveryId)
                .flatMap(order -> orders.lock(chain, order))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这张送货单")))
                .flatMap(order -> deliveries.find(deliveryId).flatMap(delivery -> {
                    if (!(delivery.state() instanceof Delivery.State.Accepted)) {
                        return Mono.error(ProblemException.of(PharmacyProblem.DELIVERY_STATE, "只有验收过的货可以退回"));
                    }
                    ReturnRules.check(delivery.parts(), parts).throwIfAny();
                    return returns.insert(id, order, deliveryId, reason,
                            ReturnRules.amount(delivery.parts(), parts), parts, clock.instant());
                }))
                .then(tell(caller, "requested", id))
                .then(Mono.defer(() -> returns.find(chain, id))));
    }

    Mono<GoodsReturn> confirm(Caller caller, UUID id, IfMatch seen) {
        return decide(caller, id, seen, "confirmed", held -> returns.confirm(id, clock.instant())
                .then(settlements.credit(held.deliveryId(), held.amountFen())));
    }

    Mono<GoodsReturn> refuse(Caller caller, UUID id, IfMatch seen, String reason) {
        return decide(caller, id, seen, "refused", held -> returns.refuse(id, reason, clock.instant()));
    }

    /** The row of the order is held first, as by all who change an order. */
    private Mono<GoodsReturn> decide(Caller caller, UUID id, IfMatch seen, String step,
            Function<GoodsReturn, Mono<Void>> effect) {
        return parties.supplier(caller).flatMap(supplier -> returns.find(supplier, id)
                .flatMap(found -> orders.lock(supplier, found.orderId()).then(returns.find(supplier, id)))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这张退货单")))
                .doOnNext(held -> seen.require(held.version()))
                .flatMap(held -> held.state().equals("requested")
                        ? effect.apply(held)
                        : Mono.error(ProblemException.of(PharmacyProblem.RETURN_STATE, "这张退货单已经处理")))
                .then(tell(caller, step, id))
                .then(Mono.defer(() -> returns.find(supplier, id))));
    }

    private Mono<Void> tell(Caller caller, String what, UUID id) {
        return Mono.defer(() -> audit.record(caller, "return." + what, "return", id.toString(), Map.of())
                .then(outbox.publish("pharmacy.return." + what, "returns/" + id, Map.of("returnId", id))));
    }
}
