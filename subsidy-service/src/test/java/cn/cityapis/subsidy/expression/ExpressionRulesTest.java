package cn.cityapis.subsidy.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.subsidy.catalogue.ShippedSchemes;
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
            ValueType.CHOICE), ShippedSchemes.CALENDAR);

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

    /** 国庆节 2026: off from 1 to 7 October, 20 September and 10 October worked instead; 中秋节 from 25 to 27 September. */
    @ParameterizedTest
    @CsvSource({"2026-09-19, 1, 2026-09-20", "2026-09-24, 1, 2026-09-28", "2026-09-30, 1, 2026-10-08",
            "2026-09-30, 3, 2026-10-10", "2026-09-30, 0, 2026-09-30", "2026-10-08, -1, 2026-09-30",
            "2026-10-11, -1, 2026-10-10"})
    void workingDaysAreCountedByTheCalendar(LocalDate from, long days, LocalDate on) {
        assertThat(compiler.condition("plusWorkingDays(d, n) == e").test(Map.of("d", from, "n", days, "e", on)))
                .isEqualTo(TriState.YES);
        if (days > 0) {
            assertThat(compiler.number("workingDaysBetween(d, e)").evaluate(Map.of("d", from, "e", on)))
                    .isEqualTo(new Answer.Known(days));
            assertThat(compiler.number("workingDaysBetween(e, d)").evaluate(Map.of("d", from, "e", on)))
                    .isEqualTo(new Answer.Known(-days));
        }
    }

    @ParameterizedTest
    @CsvSource({"2026-10-10, YES", "2026-10-11, NO", "2026-10-07, NO", "2026-10-08, YES", "2017-12-31, UNKNOWN",
            "2018-01-02, YES", "2026-12-31, YES", "2027-01-04, UNKNOWN"})
    void whetherADayIsOneIsKnownOnceItsYearIsAnnounced(LocalDate day, TriState expected) {
        assertThat(compiler.condition("isWorkingDay(d)").test(Map.of("d", day))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2026-12-30, 1, YES", "2026-12-30, 2, UNKNOWN", "2018-01-02, -1, UNKNOWN",
            "2026-12-30, 9223372036854775807, UNKNOWN", "2026-12-30, -9223372036854775808, UNKNOWN"})
    void nothingIsDecidedOnAYearThatIsNotAnnounced(LocalDate from, long days, TriState expected) {
        assertThat(compiler.condition("plusWorkingDays(d, n) > day(\"2018-01-01\")")
                .test(Map.of("d", from, "n", days))).isEqualTo(expected);
        assertThat(compiler.condition("a && plusWorkingDays(d, n) > d").test(Map.of("a", false, "d", from, "n", days)))
                .isEqualTo(TriState.NO);
    }

    /** The interpreter knows no calendar. */
    @Test
    void refusesWorkingDaysWhereOnlyTheInterpreterCouldEvaluate() {
        assertThatThrownBy(() -> compiler.condition("c.startsWith(\"x\") && isWorkingDay(d)"))
                .isInstanceOf(ExpressionException.class).hasMessageContaining("工作日函数");
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
