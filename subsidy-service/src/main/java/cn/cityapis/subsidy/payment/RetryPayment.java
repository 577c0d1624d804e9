package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.Cause;
import cn.cityapis.subsidy.ledger.Ledger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What is done about one payment that did not arrive: it is sent again alone, or given up. In the caller's transaction. */
@Component
class RetryPayment {

    private final PaymentRuns runs;
    private final PaymentItems items;
    private final Payments payments;
    private final Retriable retriable;
    private final MakeBankFile files;
    private final OtherAccount otherAccount;
    private final Ledger ledger;
    private final Audit audit;
    private final Outbox outbox;
    private final Ids ids;

    RetryPayment(PaymentRuns runs, PaymentItems items, Payments payments, Retriable retriable, MakeBankFile files,
            OtherAccount otherAccount, Ledger ledger, Audit audit, Outbox outbox, Ids ids) {
        this.runs = runs;
        this.items = items;
        this.payments = payments;
        this.retriable = retriable;
        this.files = files;
        this.otherAccount = otherAccount;
        this.ledger = ledger;
        this.audit = audit;
        this.outbox = outbox;
        this.ids = ids;
    }

    /**
     * @param account another account of the payee's, which is not his case's before another person sends it; null: his case's
     * @return the new run
     */
    Mono<UUID> retry(PaymentItem failed, @Nullable String account, Caller by) {
        return retriable.require(failed).flatMap(application -> {
            String current = Objects.requireNonNull(application.applicant().bankAccount());
            PaymentItem again = again(failed, account == null ? current : account,
                    account != null && !account.equals(current));
            return order(failed, again, by)
                    .then(Mono.defer(() -> otherAccount.ordered(application, again)))
                    .thenReturn(again.run());
        });
    }

    private PaymentItem again(PaymentItem failed, String account, boolean other) {
        return new PaymentItem(ids.next(), ids.next(), failed.scheme(), 1, failed.application(), failed.month(),
                failed.amount(), failed.attempt() + 1, PaymentItem.State.PENDING, failed.payee(), account, other, null,
                null);
    }

    private Mono<Void> order(PaymentItem failed, PaymentItem again, Caller by) {
        return answer(failed, PaymentItem.State.RETRIED)
                .then(Mono.defer(() -> runs.retry(by.subject(), again, files.purpose(failed.scheme()))))
                .then(Mono.defer(() -> items.insert(again)))
                .then(Mono.defer(() -> ledger.inTransit(failed.id())))
                .flatMap(shares -> ledger.book(Booking.transmission(shares),
                        Cause.item(again.application(), again.id()), "重新送银行 " + again.month(), by.subject()))
                .then(Mono.defer(() -> told(failed, "retry-payment", by, Map.of("newItem", again.id(),
                        "otherAccount", again.otherAccount()))));
    }

    /** The month stays unpaid; its money goes back to the budget. */
    Mono<Void> release(PaymentItem failed, String reason, Caller by) {
        return retriable.lock(failed)
                .then(Mono.defer(() -> answer(failed, PaymentItem.State.RELEASED)))
                .then(Mono.defer(() -> ledger.inTransit(failed.id())))
                .flatMap(shares -> ledger.book(Booking.release(shares), Cause.item(failed.application(), failed.id()),
                        "不再发放 " + failed.month(), by.subject()))
                .flatMap(transaction -> payments.insert(new Payments.Settled(ids.next(), failed.application(),
                        failed.month(), failed.amount(), false,
                        List.of(new Payment.Reason("bank", reason, "")), transaction, failed.id())))
                .then(Mono.defer(() -> told(failed, "release-payment", by, Map.of("reason", reason))));
    }

    private Mono<Void> answer(PaymentItem failed, PaymentItem.State next) {
        if (failed.state() != PaymentItem.State.FAILED) {
            throw ProblemException.of(SubsidyProblem.PAYMENT_RUN_WRONG_STATE, "只有银行退回的一笔可以重发或不再发放")
                    .with("state", failed.state());
        }
        return items.answered(failed.id(), next)
                .then(Mono.defer(() -> runs.lock(failed.run())))
                .flatMap(runs::closeIfSettled);
    }

    private Mono<Void> told(PaymentItem failed, String action, Caller by, Map<String, ?> details) {
        return audit.record(by, action, "payment-item", failed.id().toString(), details)
                .then(Mono.defer(() -> outbox.publish("subsidy.payment.failure-handled",
                        "applications/" + failed.application(),
                        Map.of("applicationId", failed.application(), "itemId", failed.id(), "month",
                                failed.month().toString()))));
    }
}
