package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.application.Application;
import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.Cause;
import cn.cityapis.subsidy.ledger.Ledger;
import cn.cityapis.subsidy.money.Fen;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * A payment that had arrived and came back (退汇): the month is not paid any more, its money is committed as before, and
 * it is retried or given up like any that failed. In the caller's transaction.
 */
@Component
class ReturnPayment {

    private final PaymentRuns runs;
    private final PaymentItems items;
    private final Reversals reversals;
    private final Retriable retriable;
    private final Ledger ledger;
    private final Audit audit;
    private final Outbox outbox;
    private final Notices notices;

    ReturnPayment(PaymentRuns runs, PaymentItems items, Reversals reversals, Retriable retriable, Ledger ledger,
            Audit audit, Outbox outbox, Notices notices) {
        this.runs = runs;
        this.items = items;
        this.reversals = reversals;
        this.retriable = retriable;
        this.ledger = ledger;
        this.audit = audit;
        this.outbox = outbox;
        this.notices = notices;
    }

    /** @param reference the bank's number of the credit, which is booked once */
    Mono<Void> cameBack(PaymentItem arrived, String reference, String reason, Caller by) {
        return retriable.lock(arrived).flatMap(application -> reopen(arrived, reason)
                .then(Mono.defer(() -> ledger.lock(arrived.scheme())))
                .then(Mono.defer(() -> Mono.zip(ledger.inTransit(arrived.id()), ledger.paidTo(application.id()))))
                .flatMap(both -> book(arrived, both.getT1(), both.getT2(), by))
                .zipWith(reversals.paidBy(arrived.id()))
                .flatMap(booked -> reversals.insert(new Reversals.Reversal(booked.getT2(), Reversals.Kind.RETURNED,
                        reason, reference, booked.getT1()), by.subject()))
                .onErrorMap(DataIntegrityViolationException.class, ReturnPayment::bookedBefore)
                .then(Mono.defer(() -> told(arrived, application, reference, by))));
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

    /** What was claimed back is owed by the person: money that comes back then settles the claim. */
    private Mono<UUID> book(PaymentItem arrived, Map<Budget, Fen> shares, Map<Budget, Fen> paid, Caller by) {
        boolean claimed = shares.entrySet().stream()
                .anyMatch(share -> paid.getOrDefault(share.getKey(), Fen.ZERO).compareTo(share.getValue()) < 0);
        if (claimed) {
            throw ProblemException.of(SubsidyProblem.BEYOND_RANGE, "这笔款项已列入追回，银行退回的请登记为归还");
        }
        return ledger.book(Booking.cameBack(shares), Cause.item(arrived.application(), arrived.id()),
                "退汇 " + arrived.month(), by.subject());
    }

    private static Throwable bookedBefore(DataIntegrityViolationException e) {
        String message = String.valueOf(e.getMessage());
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
