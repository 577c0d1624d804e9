package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.Answer;
import cn.cityapis.subsidy.expression.Expression;
import cn.cityapis.subsidy.expression.ExpressionCompiler;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Amount;
import cn.cityapis.subsidy.scheme.Funding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a scheme's amount is computed. */
sealed interface AmountRules permits MonthlyRules, CappedRateRules, FixedRules, MatchingRules, UpToRules {

    /** What is due: an amount, or only a ceiling below which somebody decides it. */
    sealed interface Due permits Grant, Ceiling {
    }

    Stream<Expression> expressions();

    /** The facts still needed to tell the amount. */
    Set<String> missing(Case it);

    /** @return null if no tier fits */
    @Nullable
    Due due(Case it);

    /** The most that can still come out, in all; 0 where no ceiling is known. */
    long atMost(Case it);

    /** As what {@link #due} gives in all, without its trace; -1 if no tier fits. */
    long worth(Case it);

    static AmountRules of(Frame frame, ExpressionCompiler compiler) {
        return switch (frame.scheme().amount()) {
            case Amount.Monthly monthly -> new MonthlyRules(frame, monthly, compiler);
            case Amount.CappedRate rate -> new CappedRateRules(frame, rate, compiler);
            case Amount.Fixed fixed -> new FixedRules(frame, fixed, compiler);
            case Amount.Matching matching -> new MatchingRules(frame, matching, compiler);
            case Amount.UpTo upTo -> new UpToRules(frame, upTo, compiler);
        };
    }

    static List<Grant.ShareAmount> shares(Funding funding, Fen amount) {
        List<Integer> weights = funding.shares().stream().map(Funding.Share::weight).toList();
        List<Funding.Party> parties = funding.shares().stream().map(Funding.Share::party).toList();
        List<Fen> parts = amount.split(weights, parties.indexOf(funding.oddFenTo()));
        List<Grant.ShareAmount> shares = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            shares.add(new Grant.ShareAmount(parties.get(i), parts.get(i).value()));
        }
        return shares;
    }

    /** What the expression still needs. */
    static Set<String> missing(Expression expression, Case it) {
        return expression.evaluate(it.slots()) instanceof Answer.Missing(Set<String> names)
                ? new TreeSet<>(it.missingFacts(names))
                : Set.of();
    }

    /** Null while it is not known. */
    static @Nullable Long number(Expression expression, Case it) {
        return expression.evaluate(it.slots()) instanceof Answer.Known(Long number) ? number : null;
    }
}
