package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.subsidy.SubsidySettings;
import cn.cityapis.subsidy.application.Applicant;
import cn.cityapis.subsidy.application.ApplicationReader;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.BudgetShares;
import cn.cityapis.subsidy.ledger.Cause;
import cn.cityapis.subsidy.ledger.Ledger;
import cn.cityapis.subsidy.money.Fen;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes one month of one case in hand: checks the monthly conditions again, and orders the payment or withholds it. */
@Component
class PayMonth {

    private final Payments payments;
    private final PaymentRuns runs;
    private final PaymentItems items;
    private final OrderedMonths ordered;
    private final Recheck recheck;
    private final ApplicationReader applications;
    private final SchemeCatalogue catalogue;
    private final SubsidySettings settings;
    private final Ledger ledger;
    private final Outbox outbox;
    private final Notices notices;
    private final Ids ids;

    PayMonth(Payments payments, PaymentRuns runs, PaymentItems items, OrderedMonths ordered, Recheck recheck,
            ApplicationReader applications,
            SchemeCatalogue catalogue, SubsidySettings settings, Ledger ledger, Outbox outbox, Notices notices,
            Ids ids) {
        this.payments = payments;
        this.runs = runs;
        this.items = items;
        this.ordered = ordered;
        this.recheck = recheck;
        this.applications = applications;
        this.catalogue = catalogue;
        this.settings = settings;
        this.ledger = ledger;
        this.outbox = outbox;
        this.notices = notices;
        this.ids = ids;
    }

    /** A month that another run has taken meanwhile is left alone. */
    Mono<Void> pay(Payments.Due due) {
        return payments.lock(due)
                .flatMap(locked -> payments.factsOn(locked.application(), YearMonth.from(locked.month()).atEndOfMonth())
                        .flatMap(facts -> {
                            List<Payment.Reason> against = PaymentRules.recheck(scheme(locked), facts,
                                    YearMonth.from(locked.month()), locked.caseDate());
                            return (against.isEmpty() ? order(locked, PayDueMonths.JOB) : withhold(locked, against))
                                    .then(Mono.defer(() -> payments.advance(locked)));
                        }));
    }

    private CompiledScheme scheme(Payments.Due due) {
        return catalogue.find(due.scheme(), due.schemeVersion()).orElseThrow();
    }

    /** What each budget bears of a month. */
    Map<Budget, Fen> shares(Payments.Due due) {
        return BudgetShares.of(scheme(due).scheme().funding(), due.scheme(), due.budgetYear(), settings.cityCode(),
                due.area(), new Fen(due.monthlyFen()), 1);
    }

    /** A month that was kept from the bank while its case was suspended: it goes into a run again, or is withheld. */
    Mono<Void> decide(OrderedMonth held) {
        return ordered.lockHeld(held.item()).flatMap(locked -> recheck.standing(locked)
                .flatMap(standing -> switch (standing) {
                    case Standing.OnHold() -> Mono.empty();
                    case Standing.Due() -> items.excluded(locked.item())
                            .then(Mono.defer(() -> order(locked.month(), PayDueMonths.JOB)));
                    case Standing.NotDue(var against) -> items.excluded(locked.item())
                            .then(Mono.defer(() -> withhold(locked.month(), against)));
                }));
    }

    /** Into the run that collects; a month that was taken out or given up before gets a further attempt. */
    Mono<Void> order(Payments.Due due, String by) {
        UUID item = ids.next();
        YearMonth month = YearMonth.from(due.month());
        return Mono.zip(applications.get(due.application()), runs.open(due.scheme(), PayDueMonths.JOB),
                items.nextAttempt(due.application(), month))
                .flatMap(both -> {
                    Applicant payee = both.getT1().applicant();
                    return items.insert(new PaymentItem(item, both.getT2(), due.scheme(), 0, due.application(), month,
                            new Fen(due.monthlyFen()), both.getT3(), PaymentItem.State.PENDING,
                            Objects.requireNonNull(payee.name()), Objects.requireNonNull(payee.bankAccount()),
                            false, null, null));
                })
                .then(Mono.defer(() -> ledger.book(Booking.transmission(shares(due)),
                        Cause.item(due.application(), item), "送银行 " + month, by)))
                .then();
    }

    Mono<Void> withhold(Payments.Due due, List<Payment.Reason> against) {
        YearMonth month = YearMonth.from(due.month());
        String about = "applications/" + due.application();
        UUID payment = ids.next();
        return ledger.book(Booking.release(shares(due)), due.application(), "停发 " + month, PayDueMonths.JOB)
                .flatMap(transaction -> payments.insert(new Payments.Settled(payment, due.application(), month,
                        new Fen(due.monthlyFen()), false, against, transaction, null)))
                .then(Mono.defer(() -> outbox.publish("subsidy.payment.withheld", about,
                        Map.of("applicationId", due.application(), "paymentId", payment, "month", month.toString()))))
                .then(Mono.defer(() -> notices.send(new Notice(due.owner(), "payment-withheld",
                        month + " 的补贴未发放：当月不满足发放条件", about))));
    }
}
