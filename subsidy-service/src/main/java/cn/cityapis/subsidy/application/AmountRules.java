package cn.cityapis.subsidy.application;

import cn.cityapis.platform.problem.Violations;
import cn.cityapis.subsidy.money.Fen;
import org.jspecify.annotations.Nullable;

/**
 * The amount that an office sets where the rules lay down only a ceiling (不超过): proposed at the first level, set at the
 * second, always with reasons and never above the ceiling. Where the rules say the amount, nobody sets it.
 */
final class AmountRules {

    private static final String AMOUNT = "/amountFen";
    private static final String REASON = "/amountReason";

    private AmountRules() {
    }

    static Violations check(Application.@Nullable Terms terms, Review.Level level, Review.Decision decision,
            @Nullable Long amountFen, @Nullable String reason) {
        Violations wrong = new Violations();
        Long ceiling = terms == null ? null : terms.ceilingFen();
        boolean reasoned = reason != null && !reason.isBlank();
        if (ceiling == null || decision == Review.Decision.REJECT) {
            if (amountFen != null) {
                wrong.add(AMOUNT, "contradiction", ceiling == null ? "金额由规定确定，不由审核人填写" : "不通过时不填金额");
            }
            if (reasoned) {
                wrong.add(REASON, "contradiction", "没有需要说明理由的金额");
            }
            return wrong;
        }
        if (amountFen == null && level == Review.Level.SECOND) {
            wrong.add(AMOUNT, "missing", "请填写审定金额，不超过 " + new Fen(ceiling).yuan() + " 元");
        }
        if (amountFen != null && amountFen > ceiling) {
            wrong.add(AMOUNT, "out-of-range", "审定金额不能超过 " + new Fen(ceiling).yuan() + " 元");
        }
        if (reasoned != (amountFen != null)) {
            wrong.add(REASON, reasoned ? "contradiction" : "missing", "审定金额须说明理由");
        }
        return wrong;
    }
}
