package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.subsidy.application.ApplicationReader;
import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.Cause;
import cn.cityapis.subsidy.ledger.Ledger;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.payment.BankReply.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Books what the bank said of each payment of a run: it arrived, or the money is committed as before. */
@Component
class SettleReply {

    private final PaymentRuns runs;
    private final PaymentItems items;
    private final Payments payments;
    private final ApplicationReader applications;
    private final Ledger ledger;
    private final Outbox outbox;
    private final Notices notices;
    private final Ids ids;

    SettleReply(PaymentRuns runs, PaymentItems items, Payments payments, ApplicationReader applications, Ledger ledger,
            Outbox outbox, Notices notices, Ids ids) {
        this.runs = runs;
        this.items = items;
        this.payments = payments;
        this.applications = applications;
        this.ledger = ledger;
        this.outbox = outbox;
        this.notices = notices;
        this.ids = ids;
    }

    /** Within the caller's transaction, which holds the lock of the run: all of the reply or nothing of it. */
    Mono<Void> settle(PaymentRun run, List<PaymentItem> of, BankReply reply, byte[] digest, String by) {
        PaymentRunRules.Step step = reply.isWhole()
                ? PaymentRunRules.Step.REPLY_WHOLE
                : PaymentRunRules.Step.REPLY_IN_PART;
        PaymentRun.State next = PaymentRunRules.after(run.state(), step).orElseThrow(() -> AnswerRun.wrongState(run));
        Map<UUID, PaymentItem> byId = of.stream().collect(Collectors.toMap(PaymentItem::id, Function.identity()));
        return runs.replied(run, next, digest, by)
                .thenMany(Flux.fromIterable(reply.answers()))
                .concatMap(answer -> {
                    PaymentItem item = java.util.Objects.requireNonNull(byId.get(answer.item()));
                    return switch (answer) {
                        case Answer.Arrived(UUID id, String reference) -> arrived(item, reference, by);
                        case Answer.Failed(UUID id, String reason) -> failed(item, reason, by);
                    };
                })
                .then(Mono.defer(() -> outbox.publish("subsidy.payment-run.replied", "payment-runs/" + run.id(),
                        Map.of("runId", run.id(), "state", next.code()))));
    }

    private Mono<Void> arrived(PaymentItem item, String reference, String by) {
        UUID payment = ids.next();
        String about = "applications/" + item.application();
        return ledger.inTransit(item.id())
                .flatMap(shares -> ledger.book(Booking.payment(shares), Cause.item(item.application(), item.id()),
                        "发放 " + item.month(), by))
                .flatMap(transaction -> payments.insert(new Payments.Settled(payment, item.application(), item.month(),
                        item.amount(), true, List.of(), transaction, item.id())))
                .then(Mono.defer(() -> items.paid(item.id(), reference)))
                .then(Mono.defer(() -> outbox.publish("subsidy.payment.made", about, Map.of("applicationId",
                        item.application(), "paymentId", payment, "month", item.month().toString()))))
                .then(Mono.defer(() -> tell(item, "payment-made",
                        item.month() + " 的补贴 " + new Fen(item.amount().value()).yuan() + " 元已发放")));
    }

    private Mono<Void> failed(PaymentItem item, String reason, String by) {
        String about = "applications/" + item.application();
        return ledger.inTransit(item.id())
                .flatMap(shares -> ledger.book(Booking.returned(shares), Cause.item(item.application(), item.id()),
                        "银行退回 " + item.month(), by))
                .then(Mono.defer(() -> items.failed(item.id(), reason)))
                .then(Mono.defer(() -> outbox.publish("subsidy.payment.failed", about, Map.of("applicationId",
                        item.application(), "itemId", item.id(), "month", item.month().toString()))))
                .then(Mono.defer(() -> tell(item, "payment-failed",
                        item.month() + " 的补贴未能汇入您的账户，请与经办部门核对收款账号")));
    }

    private Mono<Void> tell(PaymentItem item, String kind, String text) {
        return applications.get(item.application()).flatMap(it -> notices
                .send(new Notice(it.owner(), kind, text, "applications/" + item.application())));
    }
}
