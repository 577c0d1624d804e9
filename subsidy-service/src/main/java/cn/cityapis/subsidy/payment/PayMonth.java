package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.subsidy.SubsidySettings;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.BudgetShares;
import cn.cityapis.subsidy.ledger.Ledger;
import cn.cityapis.subsidy.money.Fen;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Settles one month of one case: checks the monthly conditions again, and pays or withholds. */
@Component
class PayMonth {

    private static final String JOB = "subsidy.pay-due-months";

    private final Payments payments;
    private final SchemeCatalogue catalogue;
    private final SubsidySettings settings;
    private final Ledger ledger;
    private final Outbox outbox;
    private final Notices notices;
    private final Ids ids;

    PayMonth(Payments payments, SchemeCatalogue catalogue, SubsidySettings settings, Ledger ledger, Outbox outbox,
            Notices notices, Ids ids) {
        this.payments = payments;
        this.catalogue = catalogue;
        this.settings = settings;
        this.ledger = ledger;
        this.outbox = outbox;
        this.notices = notices;
        this.ids = ids;
    }

    /** A month that another run has settled meanwhile is left alone. */
    Mono<Void> pay(Payments.Due due) {
        return payments.lock(due)
                .flatMap(locked -> payments.factsOn(locked, YearMonth.from(locked.month()).atEndOfMonth())
                        .flatMap(facts -> settle(locked, PaymentRules.recheck(scheme(locked), facts, locked))));
    }

    private CompiledScheme scheme(Payments.Due due) {
        return catalogue.find(due.scheme()).orElseThrow();
    }

    private Mono<Void> settle(Payments.Due due, List<Payment.Reason> against) {
        Map<cn.cityapis.subsidy.ledger.AccountKey.Budget, Fen> shares = BudgetShares.of(
                scheme(due).scheme().funding(), due.scheme(), due.budgetYear(), settings.cityCode(), due.area(),
                new Fen(due.monthlyFen()), 1);
        boolean paid = against.isEmpty();
        String month = YearMonth.from(due.month()).toString();
        UUID payment = ids.next();
        return ledger.book(paid ? Booking.payment(shares) : Booking.release(shares), due.application(),
                (paid ? "发放 " : "停发 ") + month, JOB)
                .flatMap(transaction -> payments.insert(payment, due, paid, against, transaction))
                .then(Mono.defer(() -> payments.advance(due)))
                .then(Mono.defer(() -> outbox.publish(paid ? "subsidy.payment.made" : "subsidy.payment.withheld",
                        "applications/" + due.application(),
                        Map.of("applicationId", due.application(), "paymentId", payment, "month", month))))
                .then(Mono.defer(() -> notices.send(notice(due, paid, month))));
    }

    private static Notice notice(Payments.Due due, boolean paid, String month) {
        String text = paid
                ? month + " 的补贴 " + new Fen(due.monthlyFen()).yuan() + " 元已发放"
                : month + " 的补贴未发放：当月不满足发放条件";
        return new Notice(due.owner(), paid ? "payment-made" : "payment-withheld", text,
                "applications/" + due.application());
    }
}
