package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.application.Application;
import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.Cause;
import cn.cityapis.subsidy.ledger.Ledger;
import java.time.YearMonth;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * A month that was withheld by mistake, or because a fact was not told in time, is paid after all: one officer asks,
 * another decides, and only what meets its conditions on what is known now. In the caller's transaction, under the lock of
 * the application.
 */
@Component
class ReopenMonth {

    private final Reopenings reopenings;
    private final Reversals reversals;
    private final Payments payments;
    private final PayMonth payMonth;
    private final Retriable retriable;
    private final Ledger ledger;
    private final Audit audit;
    private final Outbox outbox;
    private final Notices notices;
    private final Ids ids;

    ReopenMonth(Reopenings reopenings, Reversals reversals, Payments payments, PayMonth payMonth, Retriable retriable,
            Ledger ledger, Audit audit, Outbox outbox, Notices notices, Ids ids) {
        this.reopenings = reopenings;
        this.reversals = reversals;
        this.payments = payments;
        this.payMonth = payMonth;
        this.retriable = retriable;
        this.ledger = ledger;
        this.audit = audit;
        this.outbox = outbox;
        this.notices = notices;
        this.ids = ids;
    }

    /** @return the question that another decides */
    Mono<UUID> ask(Application application, YearMonth month, String reason, Caller by) {
        UUID id = ids.next();
        return reopenings.withheld(application.id(), month)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(SubsidyProblem.WRONG_STATE, month + " 没有停发")))
                .flatMap(payment -> reopenings.insert(id, application.id(), payment, reason, by))
                .onErrorMap(DataIntegrityViolationException.class,
                        e -> String.valueOf(e.getMessage()).contains("month_reopening_one_open")
                                ? ProblemException.of(SubsidyProblem.WRONG_STATE, month + " 已提出重新审核，尚未决定")
                                : e)
                .then(Mono.defer(() -> audit.record(by, "ask-reopening", "application", application.id().toString(),
                        Map.of("month", month.toString(), "reason", reason))))
                .thenReturn(id);
    }

    /** Four eyes: not by who has asked. */
    Mono<Void> decide(Application application, Reopening asked, boolean approved, String reason, Caller by) {
        if (asked.decision() != null) {
            throw ProblemException.of(SubsidyProblem.WRONG_STATE, "这项重新审核已有决定");
        }
        YearMonth month = YearMonth.parse(asked.month());
        return reopenings.decide(asked.id(), approved, reason, by.subject())
                .onErrorMap(DataIntegrityViolationException.class,
                        e -> String.valueOf(e.getMessage()).contains("month_reopening_four_eyes")
                                ? ProblemException.of(SubsidyProblem.FOUR_EYES, "重新审核须由提出人以外的人决定")
                                : e)
                .then(Mono.defer(() -> approved ? reopen(application, month, asked, by) : Mono.empty()))
                .then(Mono.defer(() -> audit.record(by, "decide-reopening", "application",
                        application.id().toString(), Map.of("month", asked.month(), "approved", approved))));
    }

    private Mono<Void> reopen(Application application, YearMonth month, Reopening asked, Caller by) {
        String about = "applications/" + application.id();
        return retriable.require(application, month)
                .then(Mono.defer(() -> payments.withheld(asked.paymentId())))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(SubsidyProblem.WRONG_STATE, month + " 没有停发")))
                .flatMap(due -> ledger
                        .book(Booking.commitment(payMonth.shares(due)), Cause.application(application.id()),
                                "重新承诺 " + month, by.subject())
                        .flatMap(transaction -> reversals.insert(new Reversals.Reversal(asked.paymentId(),
                                Reversals.Kind.REOPENED, asked.reason(), null, transaction), by.subject()))
                        .then(Mono.defer(() -> payMonth.order(due, by.subject()))))
                .onErrorMap(DataIntegrityViolationException.class, ReopenMonth::refused)
                .then(Mono.defer(() -> outbox.publish("subsidy.payment.reopened", about,
                        Map.of("applicationId", application.id(), "month", month.toString()))))
                .then(Mono.defer(() -> notices.send(new Notice(application.owner(), "payment-reopened",
                        month + " 停发的补贴经重新审核予以补发", about))));
    }

    private static Throwable refused(DataIntegrityViolationException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("ledger_never_over_budget")) {
            return ProblemException.of(SubsidyProblem.BUDGET_SHORT, "停发后释放的款项已另作他用，请先下达预算");
        }
        return message.contains("application_once")
                ? ProblemException.of(SubsidyProblem.DUPLICATE_APPLICATION, "申请人此后已另有同一方案的申请")
                : e;
    }
}
