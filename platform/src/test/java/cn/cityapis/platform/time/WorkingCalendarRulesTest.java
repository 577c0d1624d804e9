package cn.cityapis.platform.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 民法典 第二百零一条、第二百零三条, on the State Council's calendars; the expected days were counted by hand. */
class WorkingCalendarRulesTest {

    private final WorkingCalendar calendar = load();

    private static WorkingCalendar load() {
        try (InputStream csv = Objects
                .requireNonNull(WorkingCalendar.class.getResourceAsStream("/cn-working-calendar.csv"))) {
            return WorkingCalendar.read(csv);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
            // 2023 National Day: 29 Sep – 6 Oct off, 7 and 8 Oct are made up
            "2023-09-28, 5, 2023-10-11", "2023-09-28, 1, 2023-10-07", "2023-10-06, 2, 2023-10-08",
            // an ordinary week
            "2023-07-18, 5, 2023-07-25", "2023-07-21, 1, 2023-07-24",
            // Spring Festival 2024: 10 – 17 Feb off, 4 and 18 Feb made up
            "2024-02-02, 5, 2024-02-08", "2024-02-09, 1, 2024-02-18",
            // 2020: the festival was prolonged to 2 Feb; Monday the 3rd was a working day
            "2020-01-23, 1, 2020-02-03"})
    void workingDays(LocalDate event, int days, LocalDate expected) {
        assertThat(calendar.workingDaysAfter(event, days)).isEqualTo(new Deadline(expected, false));
    }

    @ParameterizedTest
    @CsvSource({"2023-09-25, 5, 2023-10-07", "2023-07-18, 5, 2023-07-24", "2023-07-17, 4, 2023-07-21",
            "2024-04-30, 1, 2024-05-06", "2024-02-03, 1, 2024-02-04"})
    void calendarDaysEndOnAWorkingDay(LocalDate event, int days, LocalDate expected) {
        assertThat(calendar.calendarDaysAfter(event, days)).isEqualTo(new Deadline(expected, false));
    }

    @Test
    void aPeriodThatReachesIntoAYearNotYetAnnouncedIsProvisional() {
        Deadline deadline = calendar.workingDaysAfter(LocalDate.of(2026, 12, 30), 5);
        assertThat(deadline.provisional()).isTrue();
        assertThat(deadline.enforceable(Instant.parse("2028-01-01T00:00:00Z"))).as("nothing is forfeited on it")
                .isFalse();
        assertThat(calendar.workingDaysAfter(LocalDate.of(2026, 12, 1), 5).provisional()).isFalse();
    }

    @Test
    void aPeriodEndsWithTheEndOfItsLastDayInTheCity() {
        Deadline deadline = new Deadline(LocalDate.of(2026, 3, 2), false);
        assertThat(deadline.passed(Instant.parse("2026-03-02T15:59:59.999Z"))).isFalse();
        assertThat(deadline.passed(Instant.parse("2026-03-02T16:00:00Z"))).isTrue();
    }

    @Test
    void aBrokenCalendarIsRefused() {
        assertThatThrownBy(() -> read("date,kind,name\n2026-01-01,feast,x\n")).hasMessageContaining("feast");
        assertThatThrownBy(() -> read("date,kind,name\n")).hasMessageContaining("empty");
        assertThatThrownBy(() -> calendar.workingDaysAfter(LocalDate.of(2026, 1, 1), 0)).hasMessageContaining("0");
    }

    private static WorkingCalendar read(String csv) {
        return WorkingCalendar.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
    }
}
