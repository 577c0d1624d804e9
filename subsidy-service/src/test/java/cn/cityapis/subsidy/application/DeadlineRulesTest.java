package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.period.WarnRules;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** 2026: 1 October to 7 October are days off, 10 October (a Saturday) is a working day. */
class DeadlineRulesTest {

    private static final WorkingCalendar CALENDAR = new WorkingCalendar(
            Map.of(LocalDate.of(2026, 10, 1), false, LocalDate.of(2026, 10, 2), false, LocalDate.of(2026, 10, 5), false,
                    LocalDate.of(2026, 10, 6), false, LocalDate.of(2026, 10, 7), false, LocalDate.of(2026, 10, 10),
                    true),
            LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31));
    private static final ProcessSettings DAYS = new ProcessSettings(10, 4, 3, 5, 30, 15, 2);

    private static Deadline end(DeadlineKind kind, String event, Integer ofScheme) {
        return DeadlineRules.end(kind, LocalDate.parse(event), ofScheme, DAYS, CALENDAR);
    }

    @Test
    void workingDaysSkipTheHolidayAndCountTheMakeUpDay() {
        assertThat(end(DeadlineKind.SUPPLEMENT, "2026-09-29", null))
                .isEqualTo(new Deadline(LocalDate.of(2026, 10, 10), false));
        assertThat(end(DeadlineKind.SECOND_REVIEW, "2026-09-29", null))
                .isEqualTo(new Deadline(LocalDate.of(2026, 10, 9), false));
    }

    @Test
    void theSchemesOwnPeriodGoesFirst() {
        assertThat(end(DeadlineKind.FIRST_REVIEW, "2026-11-02", 3).lastDay()).isEqualTo("2026-11-05");
        assertThat(end(DeadlineKind.FIRST_REVIEW, "2026-11-02", null).lastDay()).isEqualTo("2026-11-16");
        assertThat(end(DeadlineKind.SECOND_REVIEW, "2026-11-02", 99).lastDay()).isEqualTo("2026-11-05");
    }

    @Test
    void anAppealCountsCalendarDaysAndRollsToAWorkingDay() {
        assertThat(end(DeadlineKind.APPEAL, "2026-09-02", null).lastDay()).isEqualTo("2026-10-08");
    }

    @Test
    void whatReachesIntoAYearNotYetAnnouncedIsProvisional() {
        assertThat(end(DeadlineKind.APPEAL, "2026-12-10", null).provisional()).isTrue();
    }

    @Test
    void isWarnedOfSoManyWorkingDaysBefore() {
        assertThat(WarnRules.warnOn(new Deadline(LocalDate.of(2026, 10, 9), false), 2, CALENDAR))
                .isEqualTo("2026-09-30");
    }

    @Test
    void eachStateHasItsPeriod() {
        assertThat(DeadlineRules.runningIn(ApplicationState.SUPPLEMENT, false)).contains(DeadlineKind.SUPPLEMENT);
        assertThat(DeadlineRules.runningIn(ApplicationState.REJECTED, false)).contains(DeadlineKind.APPEAL);
        assertThat(DeadlineRules.runningIn(ApplicationState.REJECTED, true)).isEqualTo(Optional.empty());
        assertThat(DeadlineRules.runningIn(ApplicationState.PAYING, false)).isEmpty();
    }
}
