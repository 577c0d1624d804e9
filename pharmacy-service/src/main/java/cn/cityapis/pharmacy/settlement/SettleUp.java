package cn.cityapis.pharmacy.settlement;

import cn.cityapis.pharmacy.PharmacyProblem;
import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.pharmacy.institution.Party;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A head office says what it paid; the supplier confirms that, has it reversed, and pays back. */
@Component
class SettleUp {

    private final Settlements settlements;
    private final Payments payments;
    private final Parties parties;
    private final Notices notices;
    private final Audit audit;
    private final Outbox outbox;
    private final Clock clock;

    SettleUp(Settlements settlements, Payments payments, Parties parties, Notices notices, Audit audit, Outbox outbox,
            Clock clock) {
        this.settlements = settlements;
        this.payments = payments;
        this.parties = parties;
        this.notices = notices;
        this.audit = audit;
        this.outbox = outbox;
        this.clock = clock;
    }

    private interface Effect {
        Mono<Map<String, Object>> on(Settlement held);
    }

    Mono<Settlement> pay(Caller caller, UUID id, IfMatch seen, PaymentRules.Payment payment) {
        return parties.buyer(caller).flatMap(chain -> change(caller, chain, id, seen, "paid", held -> {
            if (held.state().equals("paid")) {
                return refused("这张结算单已经付清");
            }
            PaymentRules.check(held, payment, today()).throwIfAny();
            Fen amount = payment.of(held);
            return payments.insert(id, amount, payment.paidOn(), today(), payment.reference())
                    .thenReturn(Map.of("amountFen", amount, "paidOn", payment.paidOn().toString()));
        }));
    }

    /** The supplier has the money, on the days that were recorded. */
    Mono<Settlement> confirm(Caller caller, UUID id, IfMatch seen) {
        return parties.supplier(caller).flatMap(supplier -> change(caller, supplier, id, seen, "confirmed",
                held -> held.payments().stream().anyMatch(p -> p.reversedOn() == null && p.confirmedOn() == null)
                        ? payments.confirm(id, today()).thenReturn(Map.of())
                        : refused("没有待确认的付款")));
    }

    /** Takes the payment that was recorded last away again: it was not made, or not for this. */
    Mono<Settlement> reverse(Caller caller, UUID id, IfMatch seen, String reason) {
        return parties.of(caller).flatMap(party -> change(caller, party, id, seen, "reversed", held -> {
            var last = held.payments().stream().filter(p -> p.reversedOn() == null).reduce((a, b) -> b);
            if (last.isEmpty()) {
                return refused("没有可以冲正的付款");
            }
            if (held.paidFen().amount() - last.get().amountFen().amount() < held.refundedFen().amount()) {
                return refused("其中一部分已经退款，不能冲正");
            }
            return payments.reverse(id, last.get().number(), today(), reason)
                    .then(settlements.buyer(id).flatMap(buyer -> notices.send(new Notice(buyer, "settlement-reversed",
                            "一笔付款已被冲正，理由：" + reason, "settlements/" + id))))
                    .thenReturn(Map.of("number", last.get().number(), "reason", reason));
        }));
    }

    Mono<Settlement> refund(Caller caller, UUID id, IfMatch seen, Fen amount, LocalDate refundedOn, String reference) {
        return parties.supplier(caller).flatMap(supplier -> change(caller, supplier, id, seen, "refunded", held -> {
            PaymentRules.checkRefund(held, amount, refundedOn, today()).throwIfAny();
            return payments.refund(id, amount, refundedOn, today(), reference)
                    .thenReturn(Map.of("amountFen", amount, "refundedOn", refundedOn.toString()));
        }));
    }

    /** The row is held, then changed, then added up anew. */
    private Mono<Settlement> change(Caller caller, Party party, UUID id, IfMatch seen, String what,
            Effect effect) {
        return settlements.lock(party, id)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这张结算单")))
                .doOnNext(held -> seen.require(held.version()))
                .flatMap(effect::on)
                .flatMap(details -> settlements.addUp(id)
                        .then(audit.record(caller, "settlement." + what, "settlement", id.toString(), details)))
                .then(Mono.defer(() -> outbox.publish("pharmacy.settlement." + what, "settlements/" + id,
                        Map.of("settlementId", id))))
                .then(Mono.defer(() -> settlements.find(party, id)));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private static Mono<Map<String, Object>> refused(String why) {
        return Mono.error(ProblemException.of(PharmacyProblem.SETTLEMENT_STATE, why));
    }
}
