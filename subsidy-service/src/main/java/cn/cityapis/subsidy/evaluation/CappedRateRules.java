package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.Expression;
import cn.cityapis.subsidy.expression.ExpressionCompiler;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A part of what was spent in a year, by step: rounded half up once, and only then capped. */
final class CappedRateRules implements AmountRules {

    private final Frame frame;
    private final Amount.CappedRate amount;
    private final Expression base;
    private final Expression step;

    CappedRateRules(Frame frame, Amount.CappedRate amount, ExpressionCompiler compiler) {
        this.frame = frame;
        this.amount = amount;
        this.base = compiler.number(amount.base());
        this.step = compiler.number(Objects.requireNonNullElse(amount.step(), "1"));
    }

    @Override
    public Stream<Expression> expressions() {
        return Stream.of(base, step);
    }

    @Override
    public Set<String> missing(Case it) {
        Set<String> ofBase = AmountRules.missing(base, it);
        Set<String> ofStep = AmountRules.missing(step, it);
        if (ofBase.isEmpty()) {
            return ofStep;
        }
        Set<String> missing = new TreeSet<>(ofBase);
        missing.addAll(ofStep);
        return missing;
    }

    @Override
    public @Nullable Due due(Case it) {
        String rate = rate(it);
        Fen before = rate == null ? null : beforeCap(it, rate);
        if (rate == null || before == null) {
            return null;
        }
        Fen due = capped(it, before);
        Grant.Period period = amount.per() == Amount.Per.ONCE ? Grant.Period.ONCE : Grant.Period.YEAR;
        return Grant.of(it, frame, period, due, 1, frame.scheme().figure(rate).orElseThrow().label(),
                due.compareTo(before) < 0, Grant.inTheYear(it, due), read(rate), amount.citation());
    }

    private List<String> read(String rate) {
        List<String> read = new ArrayList<>(step.reads());
        read.addAll(base.reads());
        read.add(rate);
        read.addAll(amount.dividedBy());
        if (amount.cap() != null) {
            read.add(amount.cap());
        }
        return read;
    }

    /** The figure that holds the rate of the step; null if there is none. */
    private @Nullable String rate(Case it) {
        Long number = it.cohort() == null ? null : AmountRules.number(step, it);
        return number == null || number < 1 || number > amount.rates().size()
                ? null
                : amount.rates().get(Math.toIntExact(number) - 1);
    }

    private @Nullable Fen beforeCap(Case it, String rate) {
        Long spent = AmountRules.number(base, it);
        return spent == null ? null : part(it, spent, it.figure(rate));
    }

    private Fen part(Case it, long spent, long percent) {
        long divisor = 100;
        for (String name : amount.dividedBy()) {
            divisor = Math.multiplyExact(divisor, it.figure(name));
        }
        return new Fen(spent).part(percent, divisor);
    }

    private Fen capped(Case it, Fen before) {
        return amount.cap() == null ? before : before.atMost(new Fen(it.figure(amount.cap())));
    }

    @Override
    public long worth(Case it) {
        String rate = rate(it);
        Fen before = rate == null ? null : beforeCap(it, rate);
        return before == null ? -1 : capped(it, before).value();
    }

    @Override
    public long atMost(Case it) {
        if (it.cohort() == null) {
            return 0;
        }
        Long spent = AmountRules.number(base, it);
        if (spent == null) {
            return amount.cap() == null ? 0 : it.figure(amount.cap());
        }
        long best = amount.rates().stream().mapToLong(it::figure).max().orElse(0);
        return capped(it, part(it, spent, best)).value();
    }
}
