package cn.cityapis.subsidy.payment;

import cn.cityapis.subsidy.application.ApplicationState;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.ConditionResult;
import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.expression.TriState;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

/** Whether a month is paid: the periodic conditions must hold on what is known of that month. */
final class PaymentRules {

    private static final List<Payment.Reason> CLAIMED_BACK = List
            .of(new Payment.Reason("clawed-back", "补贴已全部追回，尚未送银行的各期不再发放", ""));

    private PaymentRules() {
    }

    /** A month is due on the first day of the next (次月 1 日). */
    static boolean isDue(YearMonth month, LocalDate today) {
        return !today.isBefore(month.plusMonths(1).atDay(1));
    }

    /** @return why the month is not paid; empty if it is */
    static List<Payment.Reason> recheck(CompiledScheme scheme, Facts facts, YearMonth month,
            LocalDate caseDate) {
        return scheme.recheck(facts, month.atEndOfMonth(), caseDate).stream()
                .filter(result -> result.result() != TriState.YES)
                .map(PaymentRules::reason)
                .toList();
    }

    /** @param against why the conditions of its month do not hold; empty if they do */
    static Standing standing(ApplicationState state, List<Payment.Reason> against) {
        return switch (state) {
            // what was ordered before an end is still due
            case PAYING, ENDED -> against.isEmpty() ? new Standing.Due() : new Standing.NotDue(against);
            case SUSPENDED -> new Standing.OnHold();
            case CLAWED_BACK -> new Standing.NotDue(CLAIMED_BACK);
            case DRAFT, FIRST_REVIEW, SUPPLEMENT, SECOND_REVIEW, PUBLIC_NOTICE, AWAITING_FUNDS, REJECTED, APPEALED,
                    WITHDRAWN ->
                throw new IllegalStateException("Nothing is ordered for a case that is " + state);
        };
    }

    private static Payment.Reason reason(ConditionResult failed) {
        String text = failed.whyNot() == null ? "尚缺事实：" + String.join("、", failed.missing()) : failed.whyNot();
        return new Payment.Reason(failed.id(), text, failed.citation() == null ? "" : failed.citation().text());
    }
}
