package cn.cityapis.pharmacy.order;

import cn.cityapis.pharmacy.catalogue.Drugs;
import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.pharmacy.institution.Party;
import cn.cityapis.pharmacy.institution.Pharmacies;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A head office orders for its stores, a private institution for itself, at the procured price of the day. */
@Component
class PlaceOrder {

    private final Orders orders;
    private final Parties parties;
    private final Pharmacies pharmacies;
    private final Drugs drugs;
    private final Audit audit;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    PlaceOrder(Orders orders, Parties parties, Pharmacies pharmacies, Drugs drugs, Audit audit, Outbox outbox,
            Ids ids, Clock clock) {
        this.orders = orders;
        this.parties = parties;
        this.pharmacies = pharmacies;
        this.drugs = drugs;
        this.audit = audit;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    Mono<PurchaseOrder> place(Caller caller, UUID supplier, List<OrderRules.Wish> wishes) {
        UUID id = ids.next();
        return parties.buyer(caller)
                .flatMap(buyer -> checked(buyer, supplier, wishes)
                        .flatMap(awarded -> orders.insert(id, buyer.id(), supplier, clock.instant(), wishes, awarded))
                        .then(Mono.defer(() -> audit.record(caller, "order.placed", "order", id.toString(),
                                Map.of("lines", wishes.size(), "supplierId", supplier))))
                        .then(Mono.defer(() -> outbox.publish("pharmacy.order.placed", "orders/" + id,
                                Map.of("orderId", id, "supplierId", supplier))))
                        .then(Mono.defer(() -> orders.find(buyer, id))));
    }

    private Mono<Map<UUID, Drugs.Awarded>> checked(Party.Chain buyer, UUID supplier, List<OrderRules.Wish> wishes) {
        var stores = wishes.stream().map(OrderRules.Wish::storeId).collect(Collectors.toSet());
        var medicines = wishes.stream().map(OrderRules.Wish::drugId).collect(Collectors.toSet());
        return parties.supplierExists(supplier)
                .flatMap(known -> pharmacies.mayBuy(buyer.id(), stores).collect(Collectors.toSet())
                        .flatMap(own -> drugs.awarded(medicines, LocalDate.now(clock))
                                .collect(Collectors.toMap(Drugs.Awarded::drugId, Function.identity()))
                                .doOnNext(awarded -> {
                                    var wrong = OrderRules.checkOrder(wishes, own, awarded);
                                    if (!known) {
                                        wrong.add("/supplierId", "unknown", "没有这个供货企业");
                                    }
                                    wrong.throwIfAny();
                                })));
    }
}
