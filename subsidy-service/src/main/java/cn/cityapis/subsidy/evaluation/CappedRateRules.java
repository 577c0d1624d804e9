package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.Answer;
import cn.cityapis.subsidy.expression.Expression;
import cn.cityapis.subsidy.expression.ExpressionCompiler;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Amount;
import cn.cityapis.subsidy.scheme.Funding;
import cn.cityapis.subsidy.scheme.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A part of what was spent in a year, by step: rounded half up once, and only then capped. */
final class CappedRateRules implements AmountRules {

    private final Scheme scheme;
    private final Amount.CappedRate amount;
    private final Expression step;

    CappedRateRules(Scheme scheme, Amount.CappedRate amount, ExpressionCompiler compiler) {
        this.scheme = scheme;
        this.amount = amount;
        this.step = compiler.number(amount.step());
    }

    @Override
    public Stream<Expression> expressions() {
        return Stream.of(step);
    }

    @Override
    public Set<String> missing(Case it) {
        Set<String> missing = new TreeSet<>();
        if (it.facts().get(amount.base()) == null) {
            missing.add(amount.base());
        }
        if (step.evaluate(it.values()) instanceof Answer.Missing(Set<String> names)) {
            missing.addAll(it.missingFacts(names));
        }
        return missing;
    }

    @Override
    public @Nullable Grant grant(Case it) {
        if (!(step.evaluate(it.values()) instanceof Answer.Known(Long number))
                || !(it.facts().get(amount.base()) instanceof Long base) || number < 1
                || number > amount.rates().size()) {
            return null;
        }
        String rate = amount.rates().get(Math.toIntExact(number) - 1);
        Fen before = new Fen(base).percent(it.figure(rate));
        Fen cap = new Fen(it.figure(amount.cap()));
        return grant(it, rate, before.atMost(cap), before.compareTo(cap) > 0);
    }

    private Grant grant(Case it, String rate, Fen due, boolean capped) {
        List<String> read = new ArrayList<>(step.reads());
        read.addAll(List.of(rate, amount.cap()));
        Funding funding = scheme.funding();
        String label = scheme.figure(rate).orElseThrow().label();
        return new Grant(Grant.Period.YEAR, due.value(), 1, due.value(), label, capped,
                AmountRules.shares(funding, due),
                List.of(new Grant.Instalment(Integer.toString(it.asOf().getYear()), due.value())), it.figuresRead(read),
                AmountRules.cite(scheme, amount.citation(), it.isDemo()),
                AmountRules.cite(scheme, funding.citation(), it.isDemo() || funding.demo()), funding.note());
    }

    @Override
    public long atMost(Case it) {
        if (it.cohort() == null) {
            return 0;
        }
        Fen cap = new Fen(it.figure(amount.cap()));
        if (!(it.facts().get(amount.base()) instanceof Long base)) {
            return cap.value();
        }
        long best = amount.rates().stream().mapToLong(it::figure).max().orElse(0);
        return new Fen(base).percent(best).atMost(cap).value();
    }
}
