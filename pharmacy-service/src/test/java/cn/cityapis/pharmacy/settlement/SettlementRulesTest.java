package cn.cityapis.pharmacy.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.pharmacy.settlement.SettlementRules.Term;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlementRulesTest {

    private static final Term THIRTY = new Term(LocalDate.of(2020, 1, 1), 30);
    private static final WorkingCalendar CALENDAR = new WorkingCalendar(
            Map.of(LocalDate.of(2026, 10, 1), false, LocalDate.of(2026, 10, 2), false),
            LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31));

    @ParameterizedTest
    @CsvSource({"2026-03-02, 2026-04-01, false", "2026-03-05, 2026-04-06, false", "2026-09-01, 2026-10-05, false",
            "2026-12-01, 2026-12-31, false", "2026-12-02, 2027-01-01, true"})
    void isDueThirtyDaysAfterAcceptanceOrOnTheNextWorkingDay(LocalDate accepted, LocalDate due, boolean provisional) {
        assertThat(SettlementRules.due(accepted, THIRTY, CALENDAR)).isEqualTo(new Deadline(due, provisional));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-31, 0", "2026-04-01, 0", "2026-04-02, 1", "2026-05-01, 30"})
    void theLastDayIsStillInTime(LocalDate today, int days) {
        assertThat(SettlementRules.overdueDays(LocalDate.of(2026, 4, 1), today)).isEqualTo(days);
    }

    @Test
    void aNewTermHoldsForWhatIsAcceptedFromItsDayOn() {
        Term shorter = new Term(LocalDate.of(2026, 7, 1), 20);
        assertThat(SettlementRules.inForce(List.of(shorter, THIRTY), LocalDate.of(2026, 6, 30))).isEqualTo(THIRTY);
        assertThat(SettlementRules.inForce(List.of(shorter, THIRTY), LocalDate.of(2026, 7, 1))).isEqualTo(shorter);
        assertThatThrownBy(() -> SettlementRules.inForce(List.of(shorter), LocalDate.of(2026, 6, 30)))
                .isInstanceOf(IllegalStateException.class);
    }
}
