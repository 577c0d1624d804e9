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

/** In proportion to what another level of government granted, once, rounded half up once. */
final class MatchingRules implements AmountRules {

    private final Frame frame;
    private final Amount.Matching amount;
    private final Expression base;

    MatchingRules(Frame frame, Amount.Matching amount, ExpressionCompiler compiler) {
        this.frame = frame;
        this.amount = amount;
        this.base = compiler.number(amount.base());
    }

    @Override
    public Stream<Expression> expressions() {
        return Stream.of(base);
    }

    @Override
    public Set<String> missing(Case it) {
        return AmountRules.missing(base, it);
    }

    @Override
    public @Nullable Due due(Case it) {
        long worth = worth(it);
        if (worth < 0) {
            return null;
        }
        List<String> read = new ArrayList<>(base.reads());
        read.add(amount.percent());
        return Grant.of(it, frame, Grant.Period.ONCE, new Fen(worth), 1,
                frame.scheme().figure(amount.percent()).orElseThrow().label(), false,
                Grant.inTheYear(it, new Fen(worth)), read, amount.citation());
    }

    /** Unknown before the other level's amount is: nothing is made up. */
    @Override
    public long atMost(Case it) {
        return Math.max(0, worth(it));
    }

    @Override
    public long worth(Case it) {
        Long granted = it.cohort() == null ? null : AmountRules.number(base, it);
        return granted == null ? -1 : new Fen(granted).percent(it.figure(amount.percent())).value();
    }
}
