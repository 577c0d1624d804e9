package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.Answer;
import cn.cityapis.subsidy.expression.Expression;
import cn.cityapis.subsidy.expression.ExpressionCompiler;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.expression.ValueType;
import cn.cityapis.subsidy.scheme.Condition;
import cn.cityapis.subsidy.scheme.Fact;
import cn.cityapis.subsidy.scheme.Scheme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One condition of a scheme. Where its facts have few values it is a decision table, filled as cases come. */
final class ConditionRules {

    /** Above this many rows each case is decided for itself: the tables of all schemes are to stay within some megabytes. */
    private static final long MOST_ROWS = 64;
    private static final int NO_ROW = -1;

    private final Frame frame;
    private final Condition condition;
    private final Expression expression;
    private final List<Fact> facts;
    private final int[] slots;
    private final boolean isTable;
    private final List<Map<Object, Integer>> places;
    private final Table table = new Table(this, false);
    private final Table demoTable = new Table(this, true);
    private final Figures figures = new Figures(this, false);
    private final Figures demoFigures = new Figures(this, true);

    ConditionRules(Frame frame, Condition condition, ExpressionCompiler compiler) {
        this.frame = frame;
        this.condition = condition;
        this.expression = compiler.condition(condition.expression());
        this.facts = expression.reads().stream().flatMap(name -> frame.scheme().fact(name).stream()).toList();
        this.slots = facts.stream().mapToInt(fact -> frame.slotOf(fact.id())).toArray();
        this.isTable = !expression.reads().contains(Scheme.AS_OF) && rows() <= MOST_ROWS;
        this.places = isTable ? facts.stream().map(ConditionRules::places).toList() : List.of();
    }

    /** The rows of the table that have been asked for, under the terms that hold them. */
    private record Table(ConditionRules condition, boolean demo) {
    }

    private record Rows(AtomicReferenceArray<ConditionResult> results) {
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
                case BOOLEAN, CHOICE -> valuesOf(fact).size() + 1;
                case DATE, INTEGER, MONEY -> MOST_ROWS + 1;
            };
            if (rows > MOST_ROWS) {
                return rows;
            }
        }
        return rows;
    }

    private static List<Object> valuesOf(Fact fact) {
        return fact.type() == ValueType.BOOLEAN ? List.of(true, false) : List.copyOf(fact.codes().keySet());
    }

    /** Where each value stands among those of its fact, from 1: 0 is for what is not told. */
    private static Map<Object, Integer> places(Fact fact) {
        List<Object> values = valuesOf(fact);
        return IntStream.range(0, values.size()).boxed()
                .collect(Collectors.toUnmodifiableMap(values::get, place -> place + 1));
    }

    String id() {
        return condition.id();
    }

    Expression expression() {
        return expression;
    }

    ConditionResult result(Case it) {
        int row = isTable ? row(it.slots()) : NO_ROW;
        if (row == NO_ROW) {
            return decide(it, false);
        }
        AtomicReferenceArray<ConditionResult> rows = it.terms().shared(it.isDemo() ? demoTable : table, Rows.class,
                () -> new Rows(new AtomicReferenceArray<>(Math.toIntExact(rows())))).results();
        ConditionResult there = rows.get(row);
        return there == null ? Objects.requireNonNullElseGet(made(it, rows, row), () -> rows.get(row)) : there;
    }

    /** Null if somebody else was faster. */
    private @Nullable ConditionResult made(Case it, AtomicReferenceArray<ConditionResult> rows, int row) {
        ConditionResult made = decide(it, true);
        return rows.compareAndSet(row, null, made) ? made : null;
    }

    private int row(@Nullable Object[] known) {
        int row = 0;
        for (int i = 0; i < slots.length; i++) {
            Object value = known[slots[i]];
            Integer place = value == null ? Integer.valueOf(0) : places.get(i).get(value);
            if (place == null) {
                return NO_ROW;
            }
            row = row * (places.get(i).size() + 1) + place;
        }
        return row;
    }

    private ConditionResult decide(Case it, boolean isLasting) {
        Answer answer = expression.evaluate(it.slots());
        TriState result = switch (answer) {
            case Answer.Known(Object value) -> Boolean.TRUE.equals(value) ? TriState.YES : TriState.NO;
            case Answer.Missing missing -> TriState.UNKNOWN;
        };
        List<String> missing = answer instanceof Answer.Missing(Set<String> names) ? it.missingFacts(names) : List.of();
        return new ConditionResult(condition.id(), condition.label(), result,
                result == TriState.NO ? condition.otherwise() : null, missing, inputs(it.slots()),
                figures(it), frame.cite(condition.citation(), it.isDemo()), isLasting);
    }

    /** The facts it reads that are known, in the order of their names. */
    private Map<String, Object> inputs(@Nullable Object[] known) {
        Map<String, Object> inputs = LinkedHashMap.newLinkedHashMap(slots.length);
        for (int i = 0; i < slots.length; i++) {
            Object value = known[slots[i]];
            if (value != null) {
                inputs.put(facts.get(i).id(), value);
            }
        }
        return inputs;
    }

    private List<FigureRead> figures(Case it) {
        return it.terms().shared(it.isDemo() ? demoFigures : figures, Read.class,
                () -> new Read(List.copyOf(it.figuresRead(expression.reads())))).figures();
    }
}
