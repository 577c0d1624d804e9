package cn.cityapis.subsidy.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionRulesTest {

    private final ExpressionCompiler compiler = new ExpressionCompiler(Map.of("a", ValueType.BOOLEAN, "b",
            ValueType.BOOLEAN, "n", ValueType.INTEGER, "d", ValueType.DATE, "e", ValueType.DATE, "c",
            ValueType.CHOICE));

    @ParameterizedTest
    @CsvSource({"a && b, NO", "b && a, NO", "!a || b, YES", "b || !a, YES", "a || b, UNKNOWN", "b, UNKNOWN",
            "b ? a : false, UNKNOWN", "a ? b : false, NO", "n > 3 && a, NO"})
    void onlyWhatMattersIsMissing(String source, TriState expected) {
        assertThat(compiler.condition(source).test(Map.of("a", false))).isEqualTo(expected);
    }

    @Test
    void namesAllThatIsMissing() {
        assertThat(compiler.condition("a || b || n > 1").evaluate(Map.of("a", false)))
                .isEqualTo(new Answer.Missing(Set.of("b", "n")));
    }

    @ParameterizedTest
    @CsvSource({"1981-11-21, 2026-11-21, 45", "1981-11-22, 2026-11-21, 44", "1980-02-29, 2025-02-28, 44",
            "1980-02-29, 2025-03-01, 45"})
    void ageIsInCompletedYears(LocalDate birth, LocalDate on, long age) {
        assertThat(compiler.number("age(d, e)").evaluate(Map.of("d", birth, "e", on))).isEqualTo(new Answer.Known(age));
    }

    @ParameterizedTest
    @CsvSource({"2016-07-01, 2019-07-01, true", "2016-07-01, 2019-07-02, false", "2016-02-29, 2019-02-28, true",
            "2016-02-29, 2019-03-01, false"})
    void withinYearsIncludesTheLastDay(LocalDate from, LocalDate on, boolean within) {
        assertThat(compiler.condition("e <= plusYears(d, 3)").evaluate(Map.of("d", from, "e", on)))
                .isEqualTo(new Answer.Known(within));
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "a && ", "n == 'x'", "d > 3", "x", "n / n > 1", "n % 0 == 1",
            "[1, 2].exists(x, x > 1)",
            "{'a': 1}['a'] == 1", "age(d) > 1", "c.size() > n / 0"})
    void refusesWhatIsNotATypedBoundedCondition(String source) {
        assertThatThrownBy(() -> compiler.condition(source)).isInstanceOf(ExpressionException.class);
    }

    @Test
    void refusesEndlessAndDeepExpressions() {
        assertThatThrownBy(() -> compiler.condition("a" + " && a".repeat(1_000)))
                .isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> compiler.condition("(".repeat(60) + "a" + ")".repeat(60)))
                .isInstanceOf(ExpressionException.class);
    }

    @Test
    void overflowIsAnError() {
        assertThatThrownBy(() -> compiler.condition("n * n > 0").test(Map.of("n", Long.MAX_VALUE)))
                .isInstanceOf(ExpressionException.class);
    }
}
