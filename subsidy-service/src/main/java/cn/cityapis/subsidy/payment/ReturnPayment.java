package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.application.Application;
import cn.cityapis.subsidy.clawback.Clawbacks;
import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.Cause;
import cn.cityapis.subsidy.ledger.Ledger;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * A payment that had arrived and came back (退汇): the month is not paid any more, its money is committed as before, and
 * it is retried or given up like any that failed. A claim to it is settled: nobody owes what he has not got. In the
 * caller's transaction.
 */
@Component
class ReturnPayment {

    private final PaymentRuns runs;
    private final PaymentItems items;
    private final Reversals reversals;
    private final Retriable retriable;
    private final Clawbacks clawbacks;
    private final Ledger ledger;
    private final Audit audit;
    private final Outbox outbox;
    private final Notices notices;

    ReturnPayment(PaymentRuns runs, PaymentItems items, Reversals reversals, Retriable retriable,
            Clawbacks clawbacks, Ledger ledger, Audit audit, Outbox outbox, Notices notices) {
        this.runs = runs;
        this.items = items;
        this.reversals = reversals;
        this.retriable = retriable;
        this.clawbacks = clawbacks;
        this.ledger = ledger;
        this.audit = audit;
        this.outbox = outbox;
        this.notices = notices;
    }

    /** @param reference the bank's number of the credit, which is booked once */
    Mono<Void> cameBack(PaymentItem arrived, String reference, String reason, Caller by) {
        return retriable.lock(arrived).flatMap(application -> reopen(arrived, reason)
                .then(Mono.defer(() -> ledger.lock(arrived.scheme())))
                .then(Mono.defer(() -> Mono.zip(ledger.inTransit(arrived.id()), ledger.paidTo(application.id()),
                        ledger.owedBy(application.id()), reversals.paidBy(arrived.id()))))
                .flatMap(now -> takenBack(arrived, now.getT4(), CameBack.of(now.getT1(), now.getT2(), now.getT3())
                        .orElseThrow(ReturnPayment::repaid), reference, reason, by))
                .onErrorMap(DataIntegrityViolationException.class, ReturnPayment::refused)
                .then(Mono.defer(() -> told(arrived, application, reference, by))));
    }

    private Mono<Void> takenBack(PaymentItem arrived, UUID payment, CameBack back, String reference, String reason,
            Caller by) {
        return ledger.book(Booking.cameBack(back.paid(), back.owed()), Cause.item(arrived.application(), arrived.id()),
                "退汇 " + arrived.month(), by.subject())
                .flatMap(transaction -> reversals.insert(new Reversals.Reversal(payment, Reversals.Kind.RETURNED,
                        reason, reference, transaction), by.subject()))
                .then(Mono.defer(() -> clawbacks.settle(arrived.application(), payment, back.settled())));
    }

    private Mono<Void> reopen(PaymentItem arrived, String reason) {
        if (arrived.state() != PaymentItem.State.PAID) {
            throw ProblemException.of(SubsidyProblem.PAYMENT_RUN_WRONG_STATE, "只有已到账的一笔可以登记退汇")
                    .with("state", arrived.state());
        }
        return items.cameBack(arrived.id(), reason)
                .then(Mono.defer(() -> runs.lock(arrived.run())))
                .flatMap(run -> runs.cameBack(run, PaymentRunRules.after(run.state(), PaymentRunRules.Step.COME_BACK)
                        .orElseThrow(() -> AnswerRun.wrongState(run))));
    }

    private static ProblemException repaid() {
        return ProblemException.of(SubsidyProblem.BEYOND_RANGE, "这笔款项已追回并归还了一部分，不能再登记为整笔退汇");
    }

    private static Throwable refused(DataIntegrityViolationException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("repayment_four_eyes")) {
            return ProblemException.of(SubsidyProblem.FOUR_EYES, "作出追回决定的人不能登记使它了结的退汇");
        }
        return message.contains("payment_returned_once") || message.contains("repayment_once")
                ? ProblemException.of(SubsidyProblem.REPAYMENT_BOOKED, "这笔银行入账（流水号）已登记过")
                : e;
    }

    private Mono<Void> told(PaymentItem arrived, Application application, String reference, Caller by) {
        String about = "applications/" + application.id();
        return audit.record(by, "return-payment", "payment-item", arrived.id().toString(),
                Map.of("bankReference", reference))
                .then(Mono.defer(() -> outbox.publish("subsidy.payment.returned", about,
                        Map.of("applicationId", application.id(), "itemId", arrived.id(), "month",
                                arrived.month().toString()))))
                .then(Mono.defer(() -> notices.send(new Notice(application.owner(), "payment-failed",
                        arrived.month() + " 的补贴到账后被银行退回，请与经办部门核对收款账号", about))));
    }
}
