package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.Answer;
import cn.cityapis.subsidy.expression.Expression;
import cn.cityapis.subsidy.expression.ExpressionCompiler;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Amount;
import cn.cityapis.subsidy.scheme.Funding;
import cn.cityapis.subsidy.scheme.Scheme;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A fixed amount a month, for a number of months from the month of the case on; the first tier that holds decides. */
final class MonthlyRules implements AmountRules {

    private final Scheme scheme;
    private final Amount.Monthly amount;
    private final List<Expression> tiers;

    MonthlyRules(Scheme scheme, Amount.Monthly amount, ExpressionCompiler compiler) {
        this.scheme = scheme;
        this.amount = amount;
        this.tiers = amount.tiers().stream().map(tier -> compiler.condition(tier.when())).toList();
    }

    @Override
    public Stream<Expression> expressions() {
        return tiers.stream();
    }

    @Override
    public Set<String> missing(Case it) {
        Set<String> missing = new TreeSet<>();
        for (Expression tier : tiers) {
            switch (tier.evaluate(it.values())) {
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

    @Override
    public @Nullable Grant grant(Case it) {
        for (int i = 0; i < tiers.size(); i++) {
            if (tiers.get(i).test(it.values()) == TriState.YES) {
                return grant(it, amount.tiers().get(i), tiers.get(i));
            }
        }
        return null;
    }

    private Grant grant(Case it, Amount.Tier tier, Expression when) {
        Fen monthly = new Fen(it.figure(tier.figure()));
        int months = Math.toIntExact(it.figure(amount.months()));
        List<String> read = new ArrayList<>(when.reads());
        read.addAll(List.of(tier.figure(), amount.months()));
        Funding funding = scheme.funding();
        return new Grant(Grant.Period.MONTH, monthly.value(), months, monthly.times(months).value(), tier.label(),
                false,
                AmountRules.shares(funding, monthly), Grant.months(YearMonth.from(it.asOf()), months, monthly.value()),
                it.figuresRead(read), AmountRules.cite(scheme, tier.citation(), it.isDemo()),
                AmountRules.cite(scheme, funding.citation(), it.isDemo() || funding.demo()), funding.note());
    }

    @Override
    public long atMost(Case it) {
        if (it.cohort() == null) {
            return 0;
        }
        long most = 0;
        for (int i = 0; i < tiers.size(); i++) {
            if (tiers.get(i).test(it.values()) != TriState.NO) {
                most = Math.max(most, it.figure(amount.tiers().get(i).figure()));
            }
        }
        return new Fen(most).times(it.figure(amount.months())).value();
    }
}
