package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.problem.Violation;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the law says "at most" (不超过), an office sets the amount, with reasons, at or below the ceiling. */
class AmountRulesTest {

    private static List<String> wrong(Long ceiling, String level, String decision, Long amount, String reason) {
        var terms = new Application.Terms(LocalDate.of(2026, 11, 21), YearMonth.of(2026, 11), 1, 1_000_000, ceiling);
        return AmountRules.check(terms, Review.Level.valueOf(level), Review.Decision.valueOf(decision), amount, reason)
                .list().stream().map(Violation::pointer).toList();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"SECOND,PASS,1000000,合理,''", "SECOND,PASS,1000001,多,/amountFen",
            "SECOND,PASS,-,-,/amountFen", "SECOND,PASS,5,-,/amountReason", "SECOND,PASS,5,' ',/amountReason",
            "FIRST,PASS,-,-,''", "FIRST,PASS,7,建议,''", "FIRST,PASS,-,空,/amountReason", "SECOND,REJECT,-,-,''",
            "SECOND,REJECT,5,-,/amountFen"})
    void withACeiling(String level, String decision, Long amount, String reason, String pointer) {
        assertThat(wrong(1_000_000L, level, decision, amount, reason))
                .isEqualTo(pointer.isEmpty() ? List.of() : List.of(pointer));
    }

    @Test
    void whereTheRulesSayTheAmountNobodySetsIt() {
        assertThat(wrong(null, "SECOND", "PASS", 5L, "x")).containsExactly("/amountFen", "/amountReason");
        assertThat(wrong(null, "SECOND", "PASS", null, null)).isEmpty();
    }
}
