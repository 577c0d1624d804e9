package cn.cityapis.subsidy.expression;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The closures answer as CEL's own interpreter does. */
class NodeCompilerTest {

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "m", "n");
    private static final List<LocalDate> DATES = List.of(LocalDate.of(1980, 2, 29), LocalDate.of(2023, 7, 13),
            LocalDate.of(2024, 2, 29), LocalDate.of(2026, 12, 31));
    private static final List<Long> NUMBERS = List.of(0L, 1L, -1L, 7L, 100L, Long.MAX_VALUE, Long.MIN_VALUE);

    private final ExpressionCompiler compiler = new ExpressionCompiler(Map.of("a", ValueType.BOOLEAN, "b",
            ValueType.BOOLEAN, "m", ValueType.INTEGER, "n", ValueType.INTEGER, "d", ValueType.DATE, "e", ValueType.DATE,
            "c", ValueType.CHOICE), ShippedSchemes.CALENDAR);
    private final Random random = new Random(5);

    private String any(String... forms) {
        return forms[random.nextInt(forms.length)];
    }

    private String bool(int depth) {
        if (depth == 0) {
            return any("a", "b", "true", "false");
        }
        return switch (random.nextInt(8)) {
            case 0 -> "(" + bool(depth - 1) + " && " + bool(depth - 1) + ")";
            case 1 -> "(" + bool(depth - 1) + " || " + bool(depth - 1) + ")";
            case 2 -> "!" + bool(depth - 1);
            case 3 -> "(" + bool(depth - 1) + " ? " + bool(depth - 1) + " : " + bool(depth - 1) + ")";
            case 4 -> "(" + number(depth - 1) + any(" < ", " <= ", " > ", " >= ", " == ", " != ") + number(depth - 1)
                    + ")";
            case 5 -> "(" + date(depth - 1) + any(" < ", " <= ", " > ", " >= ", " == ", " != ") + date(depth - 1) + ")";
            case 6 -> "(c " + any("in [\"x\", \"y\"]", "== \"x\"", "!= \"y\"", "< \"y\"") + ")";
            default -> "(" + number(depth - 1) + " in [0, 1, 7])";
        };
    }

    private String number(int depth) {
        if (depth == 0) {
            return any("m", "n", "3", "100", "-1");
        }
        return switch (random.nextInt(6)) {
            case 0 -> "(" + number(depth - 1) + any(" + ", " - ", " * ") + number(depth - 1) + ")";
            case 1 -> "(" + number(depth - 1) + any(" / ", " % ") + any("3", "-1", "7") + ")";
            case 2 -> "age(" + date(depth - 1) + ", " + date(depth - 1) + ")";
            case 3 -> any("year(", "month(") + date(depth - 1) + ")";
            case 4 -> "(" + bool(depth - 1) + " ? " + number(depth - 1) + " : " + number(depth - 1) + ")";
            default -> "(-" + number(0).replace("-", "") + ")";
        };
    }

    private String date(int depth) {
        return depth > 0 && random.nextInt(4) == 0
                ? "plusYears(" + date(depth - 1) + ", " + any("3", "1", "-2") + ")"
                : any("d", "e", "day(\"2018-01-01\")");
    }

    private @Nullable Object[] values() {
        return new @Nullable Object[]{one(List.of(true, false)), one(List.of(true, false)), one(List.of("x", "y", "z")),
                one(DATES), one(DATES), one(NUMBERS), one(NUMBERS)};
    }

    private @Nullable Object one(List<?> values) {
        return random.nextInt(4) == 0 ? null : values.get(random.nextInt(values.size()));
    }

    private static Object outcome(java.util.function.Supplier<Answer> evaluation) {
        try {
            return evaluation.get();
        } catch (ExpressionException e) {
            return "fails";
        }
    }

    @Test
    void answersAsTheInterpreterOnRandomExpressionsAndValues() {
        assertThat(compiler.variables()).isEqualTo(NAMES);
        int known = 0;
        int failed = 0;
        for (int i = 0; i < 3_000; i++) {
            Expression expression = compiler.condition(bool(1 + random.nextInt(4)));
            assertThat(expression.isCompiled()).as(expression.source()).isTrue();
            for (int j = 0; j < 8; j++) {
                @Nullable
                Object[] values = values();
                Object mine = outcome(() -> expression.evaluate(values));
                assertThat(mine).as("%s on %s", expression.source(), List.of(java.util.Arrays.toString(values)))
                        .isEqualTo(outcome(() -> expression.interpret(values)));
                known += mine instanceof Answer.Known ? 1 : 0;
                failed += "fails".equals(mine) ? 1 : 0;
            }
        }
        assertThat(known).isGreaterThan(5_000);
        assertThat(failed).isGreaterThan(100);
    }

    @Test
    void whatItDoesNotKnowStaysWithTheInterpreter() {
        Expression expression = compiler.condition("c.startsWith(\"x\") && n > 3");
        assertThat(expression.isCompiled()).isFalse();
        assertThat(expression.test(Map.of("c", "xy", "n", 4L))).isEqualTo(TriState.YES);
        assertThat(expression.test(Map.of("c", "y"))).isEqualTo(TriState.NO);
    }
}
