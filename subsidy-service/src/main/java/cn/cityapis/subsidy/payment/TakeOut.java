package cn.cityapis.subsidy.payment;

import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.Cause;
import cn.cityapis.subsidy.ledger.Ledger;
import java.time.YearMonth;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks at a run's payments once more before its file goes to the bank, and takes out what is not due any more: its money
 * is committed as before, and set free where the month is lost. Within the caller's transaction, which holds the run.
 */
@Component
class TakeOut {

    private final OrderedMonths ordered;
    private final Recheck recheck;
    private final PaymentItems items;
    private final PayMonth months;
    private final MakeBankFile files;
    private final PaymentRuns runs;
    private final Ledger ledger;

    TakeOut(OrderedMonths ordered, Recheck recheck, PaymentItems items, PayMonth months, MakeBankFile files,
            PaymentRuns runs, Ledger ledger) {
        this.ordered = ordered;
        this.recheck = recheck;
        this.items = items;
        this.months = months;
        this.files = files;
        this.runs = runs;
        this.ledger = ledger;
    }

    /** @return the run as it is then: without what is not due, cancelled if nothing is left */
    Mono<PaymentRun> notDue(PaymentRun run, String by) {
        return ordered.lockOf(run.id())
                .flatMap(all -> recheck.standings(run.id(), all)
                        .flatMap(standings -> Flux.fromIterable(all)
                                .concatMap(
                                        one -> takeOut(run, one, Objects.requireNonNull(standings.get(one.item())), by))
                                .count()))
                .flatMap(taken -> taken == 0
                        ? Mono.just(run)
                        : files.renew(run).then(Mono.defer(() -> runs.get(run.id()))));
    }

    /** All of it, back to who is to decide about payments that did not arrive. */
    Mono<Void> refuse(PaymentRun run, String reason, String by) {
        return ordered.lockOf(run.id()).flatMapMany(Flux::fromIterable)
                .concatMap(one -> back(one, PaymentItem.State.FAILED, reason, by))
                .then(Mono.defer(() -> files.renew(run)));
    }

    private Mono<OrderedMonth> takeOut(PaymentRun run, OrderedMonth one, Standing standing, String by) {
        return switch (standing) {
            case Standing.Due() -> Mono.empty();
            case Standing.OnHold() -> back(one, onHold(run), "申请已暂停发放", by).thenReturn(one);
            case Standing.NotDue(var against) -> back(one, PaymentItem.State.EXCLUDED,
                    against.stream().map(Payment.Reason::text).collect(Collectors.joining("；")), by)
                    .then(Mono.defer(() -> months.withhold(one.month(), against)))
                    .thenReturn(one);
        };
    }

    /** A month is ordered again by itself; a retry, by the finance office. */
    private static PaymentItem.State onHold(PaymentRun run) {
        return switch (run.kind()) {
            case MONTHLY -> PaymentItem.State.HELD;
            case RETRY -> PaymentItem.State.FAILED;
        };
    }

    private Mono<Void> back(OrderedMonth one, PaymentItem.State next, String reason, String by) {
        return items.takenOut(one.item(), next, reason)
                .then(Mono.defer(() -> ledger.inTransit(one.item())))
                .flatMap(shares -> ledger.book(Booking.returned(shares),
                        Cause.item(one.month().application(), one.item()),
                        "送出前剔除 " + YearMonth.from(one.month().month()), by))
                .then();
    }
}
