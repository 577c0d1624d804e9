package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.Answer;
import cn.cityapis.subsidy.expression.Expression;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.scheme.Amount;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The decision without its trace: nothing is made that the answer does not hold. */
final class ShortRules {

    static final String IN_FORCE = "in-force";
    static final String COHORT = "cohort";
    static final String AMOUNT = "amount";
    private static final Verdict NO_TIER = new Verdict(TriState.NO, 0, false, List.of(AMOUNT));

    private final Frame frame;
    private final List<Named> conditions;
    private final AmountRules amount;
    private final boolean isCeiling;

    record Named(String id, Expression expression) {
    }

    ShortRules(Frame frame, List<Named> conditions, AmountRules amount) {
        this.frame = frame;
        this.conditions = conditions;
        this.amount = amount;
        this.isCeiling = frame.scheme().amount() instanceof Amount.UpTo;
    }

    Verdict verdict(Facts facts, LocalDate asOf) {
        Case it = Case.of(frame, facts, asOf, asOf);
        List<String> failed = new ArrayList<>(4);
        if (!frame.scheme().isInForceOn(asOf)) {
            failed.add(IN_FORCE);
        }
        if (it.isOutsideCohorts()) {
            failed.add(COHORT);
        }
        boolean known = true;
        for (Named condition : conditions) {
            switch (condition.expression().test(it.slots())) {
                case NO -> failed.add(condition.id());
                case UNKNOWN -> known = false;
                case YES -> {
                }
            }
        }
        if (!failed.isEmpty()) {
            return new Verdict(TriState.NO, 0, false, failed);
        }
        return known ? granted(it) : new Verdict(TriState.UNKNOWN, 0, false, missing(it));
    }

    private Verdict granted(Case it) {
        Set<String> missing = missingOfAmount(it, amount);
        if (!missing.isEmpty()) {
            return new Verdict(TriState.UNKNOWN, 0, false, it.inOrder(missing));
        }
        long worth = amount.worth(it);
        return worth < 0 ? NO_TIER : new Verdict(TriState.YES, worth, isCeiling, List.of());
    }

    private List<String> missing(Case it) {
        Set<String> missing = new TreeSet<>(missingOfAmount(it, amount));
        for (Named condition : conditions) {
            if (condition.expression().evaluate(it.slots()) instanceof Answer.Missing(Set<String> names)) {
                missing.addAll(it.missingFacts(names));
            }
        }
        return it.inOrder(missing);
    }

    /** Where several cohorts are possible, the date that decides between them is needed too. */
    static Set<String> missingOfAmount(Case it, AmountRules amount) {
        if (it.cohort() != null) {
            return amount.missing(it);
        }
        Set<String> missing = new TreeSet<>(amount.missing(it));
        missing.add(it.scheme().cohorts().fact());
        return missing;
    }
}
