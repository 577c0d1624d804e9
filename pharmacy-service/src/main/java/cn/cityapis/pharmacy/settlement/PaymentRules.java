package cn.cityapis.pharmacy.settlement;

import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.platform.problem.Violations;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What may be recorded as paid for a settlement, and as paid back. */
final class PaymentRules {

    private PaymentRules() {
    }

    /** How what was paid differs from what was to be paid, as the payer says. */
    enum Difference {
        UNDER, OVER;

        static @Nullable Difference parse(@Nullable String text) {
            return text == null ? null : text.equals("over") ? OVER : UNDER;
        }
    }

    /** @param amount null: what is outstanding, as it was seen */
    record Payment(LocalDate paidOn, String reference, @Nullable Fen amount, @Nullable Difference difference) {

        Fen of(Settlement settlement) {
            return amount == null ? settlement.outstandingFen() : amount;
        }
    }

    /** A sum other than the outstanding one is taken only if the payer says that he means it. */
    static Violations check(Settlement settlement, Payment payment, LocalDate today) {
        Violations wrong = new Violations();
        if (payment.paidOn().isBefore(settlement.acceptedOn()) || payment.paidOn().isAfter(today)) {
            wrong.add("/paidOn", "out-of-range", "付款日应在验收日与今天之间");
        }
        int more = payment.of(settlement).compareTo(settlement.outstandingFen());
        Difference found = more == 0 ? null : more > 0 ? Difference.OVER : Difference.UNDER;
        if (found != payment.difference()) {
            wrong.add(found == null ? "/difference" : "/amountFen", "differs",
                    "待付 %d 分，所填 %d 分；确系多付请注明 difference 为 over，少付为 under，相等不注明".formatted(
                            settlement.outstandingFen().amount(), payment.of(settlement).amount()));
        }
        return wrong;
    }

    static Violations checkRefund(Settlement settlement, Fen amount, LocalDate refundedOn, LocalDate today) {
        Violations wrong = new Violations();
        if (amount.compareTo(settlement.refundDueFen()) > 0) {
            wrong.add("/amountFen", "above-due", "超过应退的款 %d 分".formatted(settlement.refundDueFen().amount()));
        }
        if (refundedOn.isBefore(settlement.acceptedOn()) || refundedOn.isAfter(today)) {
            wrong.add("/refundedOn", "out-of-range", "退款日应在验收日与今天之间");
        }
        return wrong;
    }
}
