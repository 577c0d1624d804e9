package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.Answer;
import cn.cityapis.subsidy.expression.Expression;
import cn.cityapis.subsidy.expression.ExpressionCompiler;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.scheme.Condition;
import cn.cityapis.subsidy.scheme.Fact;
import cn.cityapis.subsidy.scheme.Scheme;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One condition of a scheme. Where its facts have few values it is a decision table, filled as cases come. */
final class ConditionRules {

    /** Above this many rows each case is decided for itself: the tables of all schemes are to stay within some megabytes. */
    private static final long MOST_ROWS = 64;

    private final Frame frame;
    private final Condition condition;
    private final Expression expression;
    private final List<Fact> facts;
    private final boolean isTable;

    ConditionRules(Frame frame, Condition condition, ExpressionCompiler compiler) {
        this.frame = frame;
        this.condition = condition;
        this.expression = compiler.condition(condition.expression());
        this.facts = expression.reads().stream().flatMap(name -> frame.scheme().fact(name).stream()).toList();
        this.isTable = !expression.reads().contains(Scheme.AS_OF) && rows() <= MOST_ROWS;
    }

    /** A row of the table, under the terms that hold it. */
    private record Row(ConditionRules condition, boolean demo, List<@Nullable Object> values) {
    }

    /** The figures that each result under the same terms shows. */
    private record Figures(ConditionRules condition, boolean demo) {
    }

    /** A list as one object, to be found again. */
    private record Read(List<FigureRead> figures) {
    }

    private long rows() {
        long rows = 1;
        for (Fact fact : facts) {
            rows *= switch (fact.type()) {
                case BOOLEAN -> 3;
                case CHOICE -> fact.codes().size() + 1;
                case DATE, INTEGER, MONEY -> MOST_ROWS + 1;
            };
            if (rows > MOST_ROWS) {
                return rows;
            }
        }
        return rows;
    }

    String id() {
        return condition.id();
    }

    Expression expression() {
        return expression;
    }

    ConditionResult result(Case it) {
        if (!isTable) {
            return decide(it);
        }
        @Nullable
        Object[] values = new Object[facts.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = it.facts().get(facts.get(i).id());
        }
        return it.terms().shared(new Row(this, it.isDemo(), Arrays.asList(values)), ConditionResult.class,
                () -> decide(it));
    }

    private ConditionResult decide(Case it) {
        Answer answer = expression.evaluate(it.slots());
        TriState result = switch (answer) {
            case Answer.Known(Object value) -> Boolean.TRUE.equals(value) ? TriState.YES : TriState.NO;
            case Answer.Missing missing -> TriState.UNKNOWN;
        };
        List<String> missing = answer instanceof Answer.Missing(Set<String> names) ? it.missingFacts(names) : List.of();
        return new ConditionResult(condition.id(), condition.label(), result,
                result == TriState.NO ? condition.otherwise() : null, missing, it.inputs(expression.reads()),
                figures(it), frame.cite(condition.citation(), it.isDemo()), isTable);
    }

    private List<FigureRead> figures(Case it) {
        return it.terms().shared(new Figures(this, it.isDemo()), Read.class,
                () -> new Read(List.copyOf(it.figuresRead(expression.reads())))).figures();
    }
}
