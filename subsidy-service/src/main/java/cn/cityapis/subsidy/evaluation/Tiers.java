package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.Answer;
import cn.cityapis.subsidy.expression.Expression;
import cn.cityapis.subsidy.expression.ExpressionCompiler;
import cn.cityapis.subsidy.expression.TriState;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;

/** The tiers of an amount: the first one that holds decides. */
final class Tiers {

    private final List<Expression> tiers;

    Tiers(Stream<String> conditions, ExpressionCompiler compiler) {
        tiers = conditions.map(compiler::condition).toList();
    }

    Stream<Expression> expressions() {
        return tiers.stream();
    }

    Expression get(int tier) {
        return tiers.get(tier);
    }

    /** The facts without which it cannot be told which tier holds. */
    Set<String> missing(Case it) {
        Set<String> missing = new TreeSet<>();
        for (Expression tier : tiers) {
            switch (tier.evaluate(it.slots())) {
                case Answer.Missing(Set<String> names) -> missing.addAll(it.missingFacts(names));
                case Answer.Known(Object value) -> {
                    if (Boolean.TRUE.equals(value)) {
                        return missing;
                    }
                }
            }
        }
        return missing;
    }

    /** -1 if none holds. */
    int holds(Case it) {
        for (int i = 0; i < tiers.size(); i++) {
            if (tiers.get(i).test(it.slots()) == TriState.YES) {
                return i;
            }
        }
        return -1;
    }

    /** The most of those that may still hold. */
    long most(Case it, IntToLongFunction amount) {
        long most = 0;
        for (int i = 0; i < tiers.size(); i++) {
            TriState result = tiers.get(i).test(it.slots());
            if (result != TriState.NO) {
                most = Math.max(most, amount.applyAsLong(i));
            }
            if (result == TriState.YES) {
                return most;
            }
        }
        return most;
    }
}
