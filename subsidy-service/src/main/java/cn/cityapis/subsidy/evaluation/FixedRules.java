package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.Expression;
import cn.cityapis.subsidy.expression.ExpressionCompiler;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A fixed amount, once; the first tier that holds decides. Prescribed uses split it; odd fen go to the first use. */
final class FixedRules implements AmountRules {

    private final Frame frame;
    private final Amount.Fixed amount;
    private final Tiers tiers;

    FixedRules(Frame frame, Amount.Fixed amount, ExpressionCompiler compiler) {
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
        int holds = tiers.holds(it);
        if (holds < 0) {
            return null;
        }
        Amount.Tier tier = amount.tiers().get(holds);
        Fen once = new Fen(it.figure(tier.figure()));
        List<String> read = new ArrayList<>(tiers.get(holds).reads());
        read.add(tier.figure());
        amount.uses().forEach(use -> read.add(use.percent()));
        return Grant.of(it, frame, Grant.Period.ONCE, once, 1, tier.label(), false, Grant.inTheYear(it, once), read,
                tier.citation()).with(uses(it, once));
    }

    private List<Grant.UseAmount> uses(Case it, Fen once) {
        if (amount.uses().isEmpty()) {
            return List.of();
        }
        List<Integer> weights = amount.uses().stream().map(use -> Math.toIntExact(it.figure(use.percent()))).toList();
        List<Fen> parts = once.split(weights, 0);
        List<Grant.UseAmount> uses = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            uses.add(new Grant.UseAmount(amount.uses().get(i).label(), parts.get(i).value()));
        }
        return uses;
    }

    @Override
    public long atMost(Case it) {
        return it.cohort() == null ? 0 : tiers.most(it, tier -> it.figure(amount.tiers().get(tier).figure()));
    }

    @Override
    public long worth(Case it) {
        int tier = tiers.holds(it);
        return tier < 0 ? -1 : it.figure(amount.tiers().get(tier).figure());
    }
}
