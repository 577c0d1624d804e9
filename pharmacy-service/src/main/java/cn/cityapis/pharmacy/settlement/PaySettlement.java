package cn.cityapis.pharmacy.settlement;

import cn.cityapis.pharmacy.PharmacyProblem;
import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A head office says that it has paid. */
@Component
class PaySettlement {

    private final Settlements settlements;
    private final Parties parties;
    private final Audit audit;
    private final Outbox outbox;
    private final Clock clock;

    PaySettlement(Settlements settlements, Parties parties, Audit audit, Outbox outbox, Clock clock) {
        this.settlements = settlements;
        this.parties = parties;
        this.audit = audit;
        this.outbox = outbox;
        this.clock = clock;
    }

    Mono<Settlement> pay(Caller caller, UUID id, IfMatch seen, LocalDate paidOn, String reference) {
        return parties.chain(caller)
                .flatMap(chain -> settlements.find(chain, id)
                        .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这张结算单")))
                        .doOnNext(settlement -> seen.require(settlement.version()))
                        .doOnNext(settlement -> check(settlement, paidOn))
                        .flatMap(settlement -> settlements.pay(id, settlement.version(), paidOn, reference))
                        .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.STALE)))
                        .flatMap(paid -> settlements.find(chain, id)))
                .flatMap(paid -> audit.record(caller, "settlement.paid", "settlement", id.toString(),
                        Map.of("amountFen", paid.amountFen(), "paidOn", paidOn.toString()))
                        .then(outbox.publish("pharmacy.settlement.paid", "settlements/" + id,
                                Map.of("settlementId", id)))
                        .thenReturn(paid));
    }

    private void check(Settlement settlement, LocalDate paidOn) {
        if (settlement.state().equals("paid")) {
            throw ProblemException.of(PharmacyProblem.SETTLEMENT_STATE, "这张结算单已经付款");
        }
        Violations wrong = new Violations();
        if (paidOn.isBefore(settlement.acceptedOn()) || paidOn.isAfter(LocalDate.now(clock))) {
            wrong.add("/paidOn", "out-of-range", "付款日应在验收日与今天之间");
        }
        wrong.throwIfAny();
    }
}
