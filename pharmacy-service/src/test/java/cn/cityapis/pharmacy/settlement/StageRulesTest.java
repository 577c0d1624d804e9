package cn.cityapis.pharmacy.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.time.Deadline;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageRulesTest {

    private static final LocalDate DUE = LocalDate.of(2026, 11, 20);

    @ParameterizedTest
    @CsvSource({"-6, none, none", "-5, DUE_SOON, DUE_SOON", "0, DUE_SOON, DUE_SOON", "1, OVERDUE, none",
            "6, OVERDUE, none", "7, A_WEEK, none", "29, A_WEEK, none", "30, A_MONTH, none", "400, A_MONTH, none"})
    void theStageFollowsTheDayAndNothingIsOverdueOnAProvisionalOne(int days, String certain, String provisional) {
        assertThat(stage(days, false)).isEqualTo(certain);
        assertThat(stage(days, true)).isEqualTo(provisional);
    }

    private static String stage(int days, boolean provisional) {
        return SettlementRules.stage(new Deadline(DUE, provisional), DUE.plusDays(days)).map(Enum::name)
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "1, 1", "31, 31"})
    void daysCountFromTheDayAfter(int days, int overdue) {
        assertThat(SettlementRules.overdueDays(DUE, DUE.plusDays(days))).isEqualTo(overdue);
    }
}
