package cn.cityapis.subsidy.evaluation;

import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.expression.Expression;
import cn.cityapis.subsidy.expression.ExpressionCompiler;
import cn.cityapis.subsidy.expression.ExpressionException;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.scheme.Condition;
import cn.cityapis.subsidy.scheme.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A scheme whose expressions are compiled: decides cases, purely. Safe for use by several threads. */
public final class CompiledScheme {

    private final Scheme scheme;
    private final Frame frame;
    private final List<ConditionRules> entry;
    private final List<ConditionRules> periodic;
    private final AmountRules amount;
    private final ShortRules shortly;

    /** @throws cn.cityapis.subsidy.expression.ExpressionException if an expression does not compile */
    public CompiledScheme(Scheme scheme, WorkingCalendar calendar) {
        this.scheme = scheme;
        ExpressionCompiler compiler = new ExpressionCompiler(scheme.variables(), calendar);
        frame = new Frame(scheme, compiler.variables());
        entry = compiled(scheme.conditions().entry(), frame, compiler);
        periodic = compiled(scheme.conditions().periodic(), frame, compiler);
        amount = AmountRules.of(frame, compiler);
        shortly = new ShortRules(frame, Stream.concat(entry.stream(), periodic.stream())
                .map(one -> new ShortRules.Named(one.id(), one.expression())).toList(), amount);
    }

    /** Why its expressions do not compile, each by itself; empty if they do. */
    public static List<String> uncompilable(Scheme scheme, WorkingCalendar calendar) {
        ExpressionCompiler compiler = new ExpressionCompiler(scheme.variables(), calendar);
        List<String> reasons = new ArrayList<>();
        scheme.conditions().all().forEach(one -> attempt(() -> compiler.condition(one.expression()), reasons));
        attempt(() -> AmountRules.of(new Frame(scheme, compiler.variables()), compiler), reasons);
        return reasons;
    }

    private static void attempt(Supplier<?> compilation, List<String> reasons) {
        try {
            java.util.Objects.requireNonNull(compilation.get());
        } catch (ExpressionException e) {
            reasons.add(String.valueOf(e.getMessage()));
        }
    }

    private static List<ConditionRules> compiled(List<Condition> conditions, Frame frame,
            ExpressionCompiler compiler) {
        return conditions.stream().map(one -> new ConditionRules(frame, one, compiler)).toList();
    }

    public Scheme scheme() {
        return scheme;
    }

    /** All its expressions, for the checks at publication. */
    public Stream<Expression> expressions() {
        return Stream.concat(Stream.concat(entry.stream(), periodic.stream()).map(ConditionRules::expression),
                amount.expressions());
    }

    /** Those of them that say how much. */
    public Stream<Expression> amountExpressions() {
        return amount.expressions();
    }

    /** Decides a case that is entered on this day. */
    public Outcome decide(Facts facts, LocalDate asOf) {
        Case it = Case.of(frame, facts, asOf, asOf);
        List<ConditionResult> first = preconditions(it);
        entry.forEach(condition -> first.add(condition.result(it)));
        List<ConditionResult> later = periodic(it);
        return switch (and(first).and(and(later))) {
            case NO -> outcome(it, TriState.NO, first, later, null, 0, Set.of());
            case YES -> granted(it, first, later);
            case UNKNOWN -> outcome(it, TriState.UNKNOWN, first, later, null, amount.atMost(it),
                    missing(first, later, missingOfAmount(it)));
        };
    }

    /** As {@link #decide}, without the trace. */
    public Verdict verdict(Facts facts, LocalDate asOf) {
        return shortly.verdict(facts, asOf);
    }

    /**
     * Looks at the conditions of a later period of a case that was let in before.
     *
     * @param asOf last day of the period
     * @param caseDate when the case was entered; its figures stay those of that day
     */
    public List<ConditionResult> recheck(Facts facts, LocalDate asOf, LocalDate caseDate) {
        return periodic(Case.of(frame, facts, asOf, caseDate));
    }

    private Outcome granted(Case it, List<ConditionResult> first, List<ConditionResult> later) {
        Set<String> missing = missingOfAmount(it);
        if (!missing.isEmpty()) {
            return outcome(it, TriState.UNKNOWN, first, later, null, amount.atMost(it), missing);
        }
        AmountRules.Due due = amount.due(it);
        if (due == null) {
            first.add(new ConditionResult(ShortRules.AMOUNT, "属于规定的金额档次", TriState.NO, "没有与您的情况对应的金额档次", List.of(),
                    Map.of(), List.of(), null, false));
            return outcome(it, TriState.NO, first, later, null, 0, Set.of());
        }
        return outcome(it, TriState.YES, first, later, due, amount.worth(it), Set.of());
    }

    private Set<String> missingOfAmount(Case it) {
        return ShortRules.missingOfAmount(it, amount);
    }

    private Outcome outcome(Case it, TriState result, List<ConditionResult> first, List<ConditionResult> later,
            AmountRules.@Nullable Due due, long potentialFen, Set<String> missing) {
        return new Outcome(scheme, result, it.cohort() == null ? null : it.cohort().id(), it.isDemo(), first, later,
                due instanceof Grant grant ? grant : null, due instanceof Ceiling ceiling ? ceiling : null,
                potentialFen, it.inOrder(missing));
    }

    private List<ConditionResult> preconditions(Case it) {
        List<ConditionResult> failed = new ArrayList<>();
        if (!scheme.isInForceOn(it.asOf())) {
            failed.add(precondition(it, ShortRules.IN_FORCE, "方案在所问日期有效", "方案在 " + it.asOf() + " 不在有效期内"));
        }
        if (it.isOutsideCohorts()) {
            failed.add(precondition(it, ShortRules.COHORT, "属于本方案的某一批次", "您的情况不属于本方案的任何批次"));
        }
        return failed;
    }

    private ConditionResult precondition(Case it, String id, String label, String whyNot) {
        return new ConditionResult(id, label, TriState.NO, whyNot, List.of(),
                it.cohortInput(), List.of(),
                frame.cite(scheme.cohorts().citation(), it.isDemo()), false);
    }

    private List<ConditionResult> periodic(Case it) {
        List<ConditionResult> results = new ArrayList<>(periodic.size());
        periodic.forEach(condition -> results.add(condition.result(it)));
        return results;
    }

    private static TriState and(List<ConditionResult> results) {
        TriState all = TriState.YES;
        for (ConditionResult each : results) {
            all = all.and(each.result());
        }
        return all;
    }

    private static Set<String> missing(List<ConditionResult> first, List<ConditionResult> later, Set<String> ofAmount) {
        Set<String> all = new HashSet<>(ofAmount);
        first.forEach(result -> all.addAll(result.missing()));
        later.forEach(result -> all.addAll(result.missing()));
        return all;
    }
}
