package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.Answer;
import cn.cityapis.subsidy.expression.Expression;
import cn.cityapis.subsidy.expression.ExpressionCompiler;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.scheme.Amount;
import cn.cityapis.subsidy.scheme.Citation;
import cn.cityapis.subsidy.scheme.Condition;
import cn.cityapis.subsidy.scheme.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A scheme whose expressions are compiled: decides cases, purely. */
public final class CompiledScheme {

    private final Scheme scheme;
    private final Map<String, Expression> conditions = new HashMap<>();
    private final AmountRules amount;

    /** @throws cn.cityapis.subsidy.expression.ExpressionException if an expression does not compile */
    public CompiledScheme(Scheme scheme) {
        this.scheme = scheme;
        ExpressionCompiler compiler = new ExpressionCompiler(scheme.variables());
        scheme.conditions().all()
                .forEach(condition -> conditions.put(condition.id(), compiler.condition(condition.expression())));
        amount = switch (scheme.amount()) {
            case Amount.Monthly monthly -> new MonthlyRules(scheme, monthly, compiler);
            case Amount.CappedRate rate -> new CappedRateRules(scheme, rate, compiler);
        };
    }

    public Scheme scheme() {
        return scheme;
    }

    /** All its expressions, for the checks at publication. */
    public Stream<Expression> expressions() {
        return Stream.concat(conditions.values().stream(), amount.expressions());
    }

    /** Decides a case that is entered on this day. */
    public Outcome decide(Facts facts, LocalDate asOf) {
        Case it = Case.of(scheme, facts, asOf, asOf);
        List<ConditionResult> entry = new ArrayList<>(preconditions(it));
        scheme.conditions().entry().forEach(condition -> entry.add(result(condition, it)));
        List<ConditionResult> periodic = periodic(it);
        TriState result = and(Stream.concat(entry.stream(), periodic.stream()));
        return switch (result) {
            case NO -> outcome(it, TriState.NO, entry, periodic, null, 0, Set.of());
            case YES -> granted(it, entry, periodic);
            case UNKNOWN -> outcome(it, result, entry, periodic, null, amount.atMost(it),
                    missing(Stream.concat(entry.stream(), periodic.stream()), amount.missing(it)));
        };
    }

    /**
     * Looks at the conditions of a later period of a case that was let in before.
     *
     * @param asOf last day of the period
     * @param caseDate when the case was entered; its figures stay those of that day
     */
    public List<ConditionResult> recheck(Facts facts, LocalDate asOf, LocalDate caseDate) {
        return periodic(Case.of(scheme, facts, asOf, caseDate));
    }

    private Outcome granted(Case it, List<ConditionResult> entry, List<ConditionResult> periodic) {
        Set<String> missing = amount.missing(it);
        if (!missing.isEmpty()) {
            return outcome(it, TriState.UNKNOWN, entry, periodic, null, amount.atMost(it), missing);
        }
        Grant grant = amount.grant(it);
        if (grant == null) {
            entry.add(new ConditionResult("amount", "属于规定的金额档次", TriState.NO, "没有与您的情况对应的金额档次", List.of(), Map.of(),
                    List.of(), null));
            return outcome(it, TriState.NO, entry, periodic, null, 0, Set.of());
        }
        return outcome(it, TriState.YES, entry, periodic, grant, grant.totalFen(), Set.of());
    }

    private Outcome outcome(Case it, TriState result, List<ConditionResult> entry, List<ConditionResult> periodic,
            @Nullable Grant grant, long potentialFen, Set<String> missing) {
        return new Outcome(scheme, result, it.cohort() == null ? null : it.cohort().id(), it.isDemo(), entry, periodic,
                grant, potentialFen, it.inOrder(missing));
    }

    private List<ConditionResult> preconditions(Case it) {
        List<ConditionResult> failed = new ArrayList<>();
        if (!scheme.isInForceOn(it.asOf())) {
            failed.add(precondition(it, "in-force", "方案在所问日期有效", "方案在 " + it.asOf() + " 不在有效期内"));
        }
        if (it.isOutsideCohorts()) {
            failed.add(precondition(it, "cohort", "属于本方案的某一批次", "您的情况不属于本方案的任何批次"));
        }
        return failed;
    }

    private ConditionResult precondition(Case it, String id, String label, String whyNot) {
        Citation citation = scheme.cohorts().citation();
        return new ConditionResult(id, label, TriState.NO, whyNot, List.of(),
                it.inputs(Set.of(scheme.cohorts().fact())),
                List.of(), citation == null ? null : CitationView.of(scheme, citation, it.isDemo()));
    }

    private List<ConditionResult> periodic(Case it) {
        return scheme.conditions().periodic().stream().map(condition -> result(condition, it)).toList();
    }

    private ConditionResult result(Condition condition, Case it) {
        Expression expression = conditions.get(condition.id());
        if (expression == null) {
            throw new IllegalStateException("Not compiled: " + condition.id());
        }
        Answer answer = expression.evaluate(it.values());
        TriState result = switch (answer) {
            case Answer.Known(Object value) -> Boolean.TRUE.equals(value) ? TriState.YES : TriState.NO;
            case Answer.Missing missing -> TriState.UNKNOWN;
        };
        List<String> missing = answer instanceof Answer.Missing(Set<String> names) ? it.missingFacts(names) : List.of();
        Citation citation = condition.citation();
        return new ConditionResult(condition.id(), condition.label(), result,
                result == TriState.NO ? condition.otherwise() : null, missing, it.inputs(expression.reads()),
                it.figuresRead(expression.reads()),
                citation == null ? null : CitationView.of(scheme, citation, it.isDemo()));
    }

    private static TriState and(Stream<ConditionResult> results) {
        return results.map(ConditionResult::result).reduce(TriState.YES, TriState::and);
    }

    private static Set<String> missing(Stream<ConditionResult> results, Set<String> ofAmount) {
        Set<String> all = new TreeSet<>(ofAmount);
        results.forEach(result -> all.addAll(result.missing()));
        return all;
    }
}
