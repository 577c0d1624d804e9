package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.Expression;
import cn.cityapis.subsidy.expression.ExpressionCompiler;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Amount;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A fixed amount a month, for a number of months from the month of the case on; the first tier that holds decides. */
final class MonthlyRules implements AmountRules {

    private final Frame frame;
    private final Amount.Monthly amount;
    private final Tiers tiers;

    MonthlyRules(Frame frame, Amount.Monthly amount, ExpressionCompiler compiler) {
        this.frame = frame;
        this.amount = amount;
        this.tiers = new Tiers(amount.tiers().stream().map(Amount.Tier::when), compiler);
    }

    @Override
    public Stream<Expression> expressions() {
        return tiers.expressions();
    }

    @Override
    public Set<String> missing(Case it) {
        return tiers.missing(it);
    }

    @Override
    public @Nullable Due due(Case it) {
        int tier = tiers.holds(it);
        return tier < 0 ? null : grant(it, amount.tiers().get(tier), tiers.get(tier));
    }

    private Grant grant(Case it, Amount.Tier tier, Expression when) {
        Fen monthly = new Fen(it.figure(tier.figure()));
        int months = Math.toIntExact(it.figure(amount.months()));
        List<String> read = new ArrayList<>(when.reads());
        read.addAll(List.of(tier.figure(), amount.months()));
        return Grant.of(it, frame, Grant.Period.MONTH, monthly, months, tier.label(), false,
                Grant.months(YearMonth.from(it.asOf()), months, monthly.value()), read, tier.citation());
    }

    @Override
    public long atMost(Case it) {
        return it.cohort() == null ? 0 : tiers.most(it, tier -> total(it, tier));
    }

    @Override
    public long worth(Case it) {
        int tier = tiers.holds(it);
        return tier < 0 ? -1 : total(it, tier);
    }

    private long total(Case it, int tier) {
        return new Fen(it.figure(amount.tiers().get(tier).figure())).times(it.figure(amount.months())).value();
    }
}
