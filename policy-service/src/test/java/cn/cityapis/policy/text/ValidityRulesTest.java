package cn.cityapis.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidityRulesTest {

    private static final Validity TRIAL = new Validity(LocalDate.of(2023, 7, 18), LocalDate.of(2023, 7, 18),
            LocalDate.of(2024, 12, 31), true);

    @ParameterizedTest
    @CsvSource({"2023-07-17,NOT_YET", "2023-07-18,IN_FORCE", "2024-12-31,IN_FORCE", "2025-01-01,EXPIRED"})
    void holdsFromItsFirstToItsLastDay(LocalDate day, Status status) {
        assertThat(TRIAL.on(day)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"2023-07-15,NOT_YET", "2023-07-16,IN_FORCE", "2099-01-01,IN_FORCE"})
    void holdsFromItsIssueWithoutEndWhereItSaysNothingElse(LocalDate day, Status status) {
        assertThat(new Validity(LocalDate.of(2023, 7, 16), null, null, false).on(day)).isEqualTo(status);
    }

    @Test
    void saysSinceWhenItHasLapsed() {
        assertThat(TRIAL.wording(LocalDate.of(2026, 11, 21))).contains("已失效", "2024年12月31日", "试行");
        assertThat(TRIAL.wording(LocalDate.of(2024, 1, 1))).contains("现行有效", "有效期至2024年12月31日");
    }

    @Test
    void doesNotGuessWithoutADate() {
        assertThat(new Validity(null, null, null, false).on(LocalDate.of(2024, 1, 1))).isEqualTo(Status.UNKNOWN);
    }
}
