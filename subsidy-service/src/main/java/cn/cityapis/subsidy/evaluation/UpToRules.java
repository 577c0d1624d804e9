package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.Expression;
import cn.cityapis.subsidy.expression.ExpressionCompiler;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Amount;
import cn.cityapis.subsidy.scheme.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Only a ceiling is laid down (不超过): the lower of a part of a base and of a cap. The amount is somebody's decision. */
final class UpToRules implements AmountRules {

    private static final long NONE = -1;

    private final Frame frame;
    private final Amount.UpTo amount;
    private final Tiers tiers;
    private final List<@Nullable Expression> bases = new ArrayList<>();

    UpToRules(Frame frame, Amount.UpTo amount, ExpressionCompiler compiler) {
        this.frame = frame;
        this.amount = amount;
        this.tiers = new Tiers(amount.tiers().stream().map(Amount.Ceiling::when), compiler);
        amount.tiers().forEach(tier -> bases.add(tier.base() == null ? null : compiler.number(tier.base())));
    }

    @Override
    public Stream<Expression> expressions() {
        return Stream.concat(tiers.expressions(), bases.stream().filter(base -> base != null));
    }

    @Override
    public Set<String> missing(Case it) {
        Set<String> missing = new TreeSet<>(tiers.missing(it));
        int tier = tiers.holds(it);
        Expression base = tier < 0 ? null : bases.get(tier);
        if (base != null) {
            missing.addAll(AmountRules.missing(base, it));
        }
        return missing;
    }

    @Override
    public @Nullable Due due(Case it) {
        int holds = tiers.holds(it);
        if (holds < 0) {
            return null;
        }
        Amount.Ceiling tier = amount.tiers().get(holds);
        List<String> read = new ArrayList<>(tiers.get(holds).reads());
        Expression base = bases.get(holds);
        if (base != null) {
            read.addAll(base.reads());
        }
        Stream.of(tier.rate(), tier.cap()).filter(name -> name != null).forEach(read::add);
        long ceiling = ceiling(it, holds);
        return new Ceiling(amount.per() == Amount.Per.YEAR ? Grant.Period.YEAR : Grant.Period.ONCE,
                ceiling == NONE ? null : ceiling, tier.label(), it.figuresRead(read),
                frame.cite(tier.citation(), it.isDemo()));
    }

    /** NONE where none is laid down, or where the base is not known. */
    private long ceiling(Case it, int index) {
        Amount.Ceiling tier = amount.tiers().get(index);
        long cap = tier.cap() == null ? NONE : it.figure(tier.cap());
        Expression base = bases.get(index);
        Long known = base == null ? null : AmountRules.number(base, it);
        if (known == null || tier.rate() == null) {
            return cap;
        }
        long part = new Fen(known).part(it.figure(tier.rate()), whole(tier.rate())).value();
        return cap == NONE ? part : Math.min(cap, part);
    }

    private long whole(String rate) {
        return frame.scheme().figure(rate).orElseThrow().unit() == Figure.Unit.PER_MILLE ? 1000 : 100;
    }

    @Override
    public long atMost(Case it) {
        return it.cohort() == null ? 0 : tiers.most(it, tier -> Math.max(0, ceiling(it, tier)));
    }

    @Override
    public long worth(Case it) {
        int tier = it.cohort() == null ? -1 : tiers.holds(it);
        return tier < 0 ? -1 : Math.max(0, ceiling(it, tier));
    }
}
