package cn.cityapis.subsidy.clawback;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.application.Application;
import cn.cityapis.subsidy.application.EndApplication;
import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.Ledger;
import cn.cityapis.subsidy.money.Fen;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Claims paid money back (威金监发〔2023〕25号 第十四条: what was got by deceit is taken back) and books what is repaid.
 * Within the caller's transaction, which holds the lock of the application.
 */
@Component
class ClaimBack {

    private final Clawbacks clawbacks;
    private final EndApplication ending;
    private final Ledger ledger;
    private final Audit audit;
    private final Outbox outbox;
    private final Notices notices;
    private final Ids ids;

    ClaimBack(Clawbacks clawbacks, EndApplication ending, Ledger ledger, Audit audit, Outbox outbox, Notices notices,
            Ids ids) {
        this.clawbacks = clawbacks;
        this.ending = ending;
        this.ledger = ledger;
        this.audit = audit;
        this.outbox = outbox;
        this.notices = notices;
        this.ids = ids;
    }

    /** All that was paid, and nothing more is to come. */
    Mono<UUID> whole(Application application, String reason, Caller by) {
        ending.requireClaimable(application);
        return ledger.lock(application.scheme()).then(Mono.defer(() -> ledger.paidTo(application.id())))
                .flatMap(held -> book(application, ClawbackRules.sum(held), true, reason, by))
                .flatMap(id -> ending.clawedBack(application, by).thenReturn(id));
    }

    /** A part; the case goes on as before. */
    Mono<UUID> part(Application application, Fen amount, String reason, Caller by) {
        ending.requireClaimable(application);
        return book(application, amount, false, reason, by)
                .flatMap(id -> ending.touch(application).thenReturn(id));
    }

    private Mono<UUID> book(Application application, Fen amount, boolean whole, String reason, Caller by) {
        UUID id = ids.next();
        return ledger.paidTo(application.id()).flatMap(held -> {
            Fen most = ClawbackRules.sum(held);
            if (amount.value() < 1 || amount.compareTo(most) > 0) {
                throw beyond("/amountFen", most);
            }
            return ledger.book(Booking.clawback(ClawbackRules.shares(held, amount)), application.id(), "追回",
                    by.subject());
        }).flatMap(transaction -> clawbacks.insert(new Clawback(id, application.id(), amount.value(), whole, reason,
                clawbacks.now(), transaction, 0, 0, List.of()), by.subject()))
                .then(Mono.defer(() -> told(application, "subsidy.clawback.decided", "claim-back", id, amount, by)))
                .then(Mono.defer(() -> notices.send(new Notice(application.owner(), "clawback-decided",
                        "应归还补贴 " + amount.yuan() + " 元：" + reason, "applications/" + application.id()))))
                .thenReturn(id);
    }

    /** @param reference the bank's number of the credit, which is booked once */
    Mono<UUID> repaid(Application application, Clawback claim, Fen amount, String reference, Caller by) {
        UUID id = ids.next();
        Fen most = new Fen(claim.leftFen());
        if (amount.compareTo(most) > 0) {
            throw beyond("/amountFen", most);
        }
        return ledger.owedBy(application.id())
                .flatMap(owed -> ledger.book(Booking.repayment(ClawbackRules.shares(owed, amount)), application.id(),
                        "归还 " + reference, by.subject()))
                .flatMap(transaction -> clawbacks.insert(claim.id(), new Clawback.Repayment(id, amount.value(),
                        reference, clawbacks.now(), transaction), by.subject()))
                .onErrorMap(DataIntegrityViolationException.class, ClaimBack::refused)
                .then(Mono.defer(() -> told(application, "subsidy.clawback.repaid", "book-repayment", id, amount, by)))
                .thenReturn(id);
    }

    private Mono<Void> told(Application application, String event, String action, UUID id, Fen amount, Caller by) {
        return audit.record(by, action, "application", application.id().toString(),
                Map.of("id", id, "amountFen", amount.value()))
                .then(Mono.defer(() -> outbox.publish(event, "applications/" + application.id(),
                        Map.of("applicationId", application.id(), "id", id))));
    }

    private static ProblemException beyond(String pointer, Fen most) {
        if (most.value() < 1) {
            return ProblemException.of(SubsidyProblem.BEYOND_RANGE, "已没有可登记的款项");
        }
        return ProblemException.of(SubsidyProblem.BEYOND_RANGE, "金额应在 0.01 元至 " + most.yuan() + " 元之间",
                List.of(new Violation(pointer, "out-of-range", "最多 " + most.yuan() + " 元")));
    }

    private static Throwable refused(DataIntegrityViolationException e) {
        if (String.valueOf(e.getMessage()).contains("repayment_four_eyes")) {
            return ProblemException.of(SubsidyProblem.FOUR_EYES, "作出追回决定的人不能登记它的归还");
        }
        return String.valueOf(e.getMessage()).contains("repayment_once")
                ? ProblemException.of(SubsidyProblem.REPAYMENT_BOOKED, "这笔银行入账（流水号）已登记过归还")
                : e;
    }
}
