package cn.cityapis.subsidy.payment;

import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.ConditionResult;
import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.expression.TriState;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

/** Whether a month is paid: the periodic conditions must hold on what is known of that month. */
final class PaymentRules {

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

    private static Payment.Reason reason(ConditionResult failed) {
        String text = failed.whyNot() == null ? "尚缺事实：" + String.join("、", failed.missing()) : failed.whyNot();
        return new Payment.Reason(failed.id(), text, failed.citation() == null ? "" : failed.citation().text());
    }
}
