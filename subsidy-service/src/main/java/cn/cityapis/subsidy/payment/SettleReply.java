package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.subsidy.application.ApplicationReader;
import cn.cityapis.subsidy.ledger.OrderBookings;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.payment.BankReply.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Books what the bank said of each payment of a run: it arrived, or the money is committed as before. All of one kind at
 * once, for a run has thousands.
 */
@Component
class SettleReply {

    private final PaymentRuns runs;
    private final PaymentItems items;
    private final Payments payments;
    private final ApplicationReader applications;
    private final OrderBookings bookings;
    private final Outbox outbox;
    private final Notices notices;
    private final Ids ids;

    SettleReply(PaymentRuns runs, PaymentItems items, Payments payments, ApplicationReader applications,
            OrderBookings bookings, Outbox outbox, Notices notices, Ids ids) {
        this.runs = runs;
        this.items = items;
        this.payments = payments;
        this.applications = applications;
        this.bookings = bookings;
        this.outbox = outbox;
        this.notices = notices;
        this.ids = ids;
    }

    /** Within the caller's transaction, which holds the lock of the run: all of the reply or nothing of it. */
    Mono<Void> settle(PaymentRun run, List<PaymentItem> of, BankReply reply, byte[] digest, String by) {
        PaymentRun.State next = PaymentRunRules.after(run.state(), reply.step(of))
                .orElseThrow(() -> AnswerRun.wrongState(run));
        Map<UUID, PaymentItem> byId = of.stream().collect(Collectors.toMap(PaymentItem::id, Function.identity()));
        Map<PaymentItem, String> arrived = new LinkedHashMap<>();
        Map<PaymentItem, String> failed = new LinkedHashMap<>();
        for (Answer answer : reply.answers()) {
            PaymentItem item = Objects.requireNonNull(byId.get(answer.item()));
            switch (answer) {
                case Answer.Arrived(UUID id, String reference) -> arrived.put(item, reference);
                case Answer.Failed(UUID id, String reason) -> failed.put(item, reason);
            }
        }
        return runs.replied(run, next, digest, by)
                .then(Mono.defer(() -> arrived.isEmpty() ? Mono.empty() : arrived(run, arrived, by)))
                .then(Mono.defer(() -> failed.isEmpty() ? Mono.empty() : failed(run, failed, by)))
                .then(Mono.defer(() -> outbox.publish("subsidy.payment-run.replied", "payment-runs/" + run.id(),
                        Map.of("runId", run.id(), "state", next.code()))));
    }

    /** @param references the bank's own numbers */
    private Mono<Void> arrived(PaymentRun run, Map<PaymentItem, String> references, String by) {
        return bookings.arrived(run.schemeId(), orders(references, "发放 "), by).flatMap(transactions -> {
            Map<UUID, Payments.Settled> settled = new LinkedHashMap<>();
            references.keySet().forEach(item -> settled.put(item.id(), new Payments.Settled(ids.next(),
                    item.application(), item.month(), item.amount(), true, List.of(),
                    Objects.requireNonNull(transactions.get(item.id())), item.id())));
            return payments.insertPaid(List.copyOf(settled.values()))
                    .then(Mono.defer(() -> items.paid(byId(references))))
                    .then(Mono.defer(() -> told(references.keySet(),
                            item -> made(item, Objects.requireNonNull(settled.get(item.id())).id()),
                            SettleReply::made)));
        });
    }

    private static Outbox.Event made(PaymentItem item, UUID payment) {
        return new Outbox.Event("subsidy.payment.made", about(item),
                Map.of("applicationId", item.application(), "paymentId", payment, "month", item.month().toString()));
    }

    private static Notice made(PaymentItem item, String owner) {
        return new Notice(owner, "payment-made",
                item.month() + " 的补贴 " + new Fen(item.amount().value()).yuan() + " 元已发放", about(item));
    }

    private Mono<Void> failed(PaymentRun run, Map<PaymentItem, String> reasons, String by) {
        return bookings.returned(run.schemeId(), orders(reasons, "银行退回 "), by)
                .then(Mono.defer(() -> items.failed(byId(reasons))))
                .then(Mono.defer(() -> told(reasons.keySet(), SettleReply::failed, SettleReply::failed)));
    }

    private static Outbox.Event failed(PaymentItem item) {
        return new Outbox.Event("subsidy.payment.failed", about(item),
                Map.of("applicationId", item.application(), "itemId", item.id(), "month", item.month().toString()));
    }

    private static Notice failed(PaymentItem item, String owner) {
        return new Notice(owner, "payment-failed",
                item.month() + " 的补贴未能汇入您的账户，请与经办部门核对收款账号", about(item));
    }

    private Mono<Void> told(Set<PaymentItem> answered, Function<PaymentItem, Outbox.Event> event,
            BiFunction<PaymentItem, String, Notice> notice) {
        return applications.owners(answered.stream().map(PaymentItem::application).distinct().toList())
                .flatMap(owners -> outbox.publish(answered.stream().map(event).toList())
                        .then(Mono.defer(() -> notices.send(answered.stream()
                                .map(item -> notice.apply(item, Objects.requireNonNull(owners.get(item.application()))))
                                .toList()))));
    }

    private static List<OrderBookings.Order> orders(Map<PaymentItem, String> answered, String memo) {
        return answered.keySet().stream()
                .map(item -> new OrderBookings.Order(item.application(), item.id(), memo + item.month())).toList();
    }

    private static Map<UUID, String> byId(Map<PaymentItem, String> answered) {
        Map<UUID, String> notes = new LinkedHashMap<>();
        answered.forEach((item, note) -> notes.put(item.id(), note));
        return notes;
    }

    private static String about(PaymentItem item) {
        return "applications/" + item.application();
    }
}
