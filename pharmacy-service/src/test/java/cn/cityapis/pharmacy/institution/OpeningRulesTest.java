package cn.cityapis.pharmacy.institution;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.institution.OpeningRules.Stretch;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningRulesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    @ParameterizedTest
    @CsvSource({"2026-10-01, false, SUNDAY", "2026-10-10, true, MONDAY", "2026-10-12, true, MONDAY",
            "2026-10-14, true, WEDNESDAY", "2026-10-17, false, SATURDAY", "2026-10-18, false, SUNDAY"})
    void aHolidayHasSundaysHoursAndAMakeUpDayMondays(LocalDate day, boolean working, DayOfWeek expected) {
        assertThat(OpeningRules.calendarWeekday(day, working)).isEqualTo(expected);
    }

    @Test
    void stretchesHaveALengthAndDoNotOverlap() {
        assertThat(OpeningRules.checkException(TODAY, List.of(new Stretch("09:00", "12:00"),
                new Stretch("12:00", "24:00")), TODAY).isEmpty()).isTrue();
        assertThat(OpeningRules.checkException(TODAY, List.of(new Stretch("09:00", "12:00"),
                new Stretch("11:59", "13:00"), new Stretch("20:00", "20:00")), TODAY).list())
                .extracting(v -> v.pointer() + " " + v.code())
                .containsExactly("/hours/1 duplicate", "/hours/2 out-of-range");
    }

    @Test
    void theDayIsTodayOrSoon() {
        assertThat(OpeningRules.checkException(TODAY.minusDays(1), List.of(), TODAY).isEmpty()).isFalse();
        assertThat(OpeningRules.checkException(TODAY, List.of(), TODAY).isEmpty()).isTrue();
        assertThat(OpeningRules.checkException(TODAY.plusDays(400), List.of(), TODAY).isEmpty()).isTrue();
        assertThat(OpeningRules.checkException(TODAY.plusDays(401), List.of(), TODAY).isEmpty()).isFalse();
    }

    @Test
    void readsAsPeopleSayIt() {
        assertThat(OpeningRules.text(List.of())).isEqualTo("全天不营业");
        assertThat(OpeningRules.text(List.of(new Stretch("14:00", "17:00"), new Stretch("09:00", "12:00"))))
                .isEqualTo("09:00-12:00、14:00-17:00");
    }
}
