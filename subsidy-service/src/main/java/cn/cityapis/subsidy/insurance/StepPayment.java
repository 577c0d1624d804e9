package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.SubsidyProblem;
import java.util.Map;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Both shares to the insurer's account (第十一条): entered by one of the district's finance office, confirmed by another,
 * to an account that was confirmed; and what the bank sends back. In the caller's transaction, under the lock of the
 * filing.
 */
@Component
class StepPayment {

    private final Filings filings;
    private final Rounds rounds;
    private final InsurerPayments payments;
    private final PayInsurer money;
    private final StepFiling steps;
    private final Audit audit;

    StepPayment(Filings filings, Rounds rounds, InsurerPayments payments, PayInsurer money, StepFiling steps,
            Audit audit) {
        this.filings = filings;
        this.rounds = rounds;
        this.payments = payments;
        this.money = money;
        this.steps = steps;
        this.audit = audit;
    }

    Mono<Void> enter(Filing filing, String reference, Caller by) {
        FilingRules.State next = FilingAccess.require(filing, FilingRules.Step.PAY);
        return accountConfirmed(filing)
                .then(Mono.defer(() -> payments.enter(filing.id(), reference, by.subject())))
                .then(Mono.defer(() -> filings.move(filing, next,
                        new Filings.Change(null, null, null, null, null, reference))))
                .onErrorMap(DataIntegrityViolationException.class, StepPayment::refused)
                .then(Mono.defer(() -> steps.tell(filing, next, "payment-entered", by,
                        Map.of("bankReference", reference))));
    }

    /** Four eyes: not by who has entered it. Only now it is booked. */
    Mono<Void> confirm(Filing filing, Caller by) {
        FilingRules.State next = FilingAccess.require(filing, FilingRules.Step.CONFIRM_PAYMENT);
        return accountConfirmed(filing)
                .then(Mono.defer(() -> money.pay(filing, by)))
                .flatMap(transaction -> payments.confirm(filing.id(), transaction, by.subject()))
                .onErrorMap(DataIntegrityViolationException.class, StepPayment::refused)
                .then(Mono.defer(() -> filings.move(filing, next, Filings.Change.NONE)))
                .then(Mono.defer(() -> steps.tell(filing, next, "paid", by,
                        Map.of("bankReference", String.valueOf(filing.bankReference())))));
    }

    Mono<Void> refuse(Filing filing, String reason, Caller by) {
        FilingRules.State next = FilingAccess.require(filing, FilingRules.Step.REFUSE_PAYMENT);
        return payments.refuse(filing.id(), by.subject())
                .onErrorMap(DataIntegrityViolationException.class, StepPayment::refused)
                .then(Mono.defer(() -> filings.move(filing, next,
                        new Filings.Change(null, null, null, null, reason, null))))
                .then(Mono.defer(() -> steps.tell(filing, next, "payment-refused", by, Map.of("reason", reason))));
    }

    Mono<Void> cameBack(Filing filing, String reference, String reason, Caller by) {
        FilingRules.State next = FilingAccess.require(filing, FilingRules.Step.COME_BACK);
        return payments.cameBack(filing.id(), reference, reason, by.subject())
                .onErrorMap(DataIntegrityViolationException.class, StepPayment::refused)
                .then(Mono.defer(() -> money.cameBack(filing, reference, by)))
                .then(Mono.defer(() -> filings.move(filing, next,
                        new Filings.Change(null, null, null, null, reason, null))))
                .then(Mono.defer(() -> steps.tell(filing, next, "payment-returned", by,
                        Map.of("bankReference", reference))));
    }

    /** In the clear, each look audited. */
    Mono<FilingsController.Payee> payee(Filing filing, Caller by) {
        return rounds.get(filing.roundId())
                .flatMap(round -> audit
                        .record(by, "read-payee", "insurance-filing", filing.id().toString(), Map.of())
                        .thenReturn(new FilingsController.Payee(round.leadName(), round.account(),
                                round.accountConfirmed())));
    }

    private Mono<Void> accountConfirmed(Filing filing) {
        return rounds.hold(filing.roundId()).doOnNext(round -> {
            if (!round.accountConfirmed()) {
                throw ProblemException.of(SubsidyProblem.FILING_WRONG_STATE, "承保机构收款账号尚未由第二人核对，不能拨付");
            }
        }).then();
    }

    private static Throwable refused(DataIntegrityViolationException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("insurance_payment_four_eyes")) {
            return ProblemException.of(SubsidyProblem.FOUR_EYES, "拨付须由登记人以外的人复核");
        }
        return message.contains("reference") || message.contains("insurance_return_once")
                ? ProblemException.of(SubsidyProblem.REPAYMENT_BOOKED, "这个银行流水号已登记过")
                : e;
    }
}
