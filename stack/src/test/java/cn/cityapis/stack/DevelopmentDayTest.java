package cn.cityapis.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentDayTest {

    private static final Clock REAL = Clock.fixed(Instant.parse("2026-11-21T20:30:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;
    private DataFolder data;
    private DevelopmentDay day;

    @BeforeEach
    void open() {
        data = new DataFolder(folder);
        day = new DevelopmentDay(data, REAL);
    }

    @Test
    void showsTheRealTimeUntilItIsMoved() {
        assertThat(day.now()).isEqualTo("2026-11-22T04:30:00+08:00[Asia/Shanghai]");
    }

    @Test
    void startsOnAnotherDayAtThePresentTimeOfDay() {
        day.moveTo(LocalDate.of(2026, 12, 31));
        assertThat(day.now()).isEqualTo("2026-12-31T04:30:00+08:00[Asia/Shanghai]");
        day.moveTo(LocalDate.of(2023, 5, 1));
        assertThat(day.now()).isEqualTo("2023-05-01T04:30:00+08:00[Asia/Shanghai]");
    }

    @Test
    void addsUpWhatItIsAdvancedBy() {
        day.moveTo(LocalDate.of(2026, 1, 31));
        day.advance(Period.ofMonths(1));
        day.advance(Period.ofDays(7));
        day.advance(Duration.ofHours(1));
        assertThat(day.now()).isEqualTo("2026-03-07T05:30:00+08:00[Asia/Shanghai]");
    }

    @Test
    void writesADurationThatServicesCanRead() throws IOException {
        day.advance(Period.ofDays(7));
        assertThat(Duration.parse(Files.readString(data.clockOffset()).strip())).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void saysWhichFileIsBroken() throws IOException {
        Files.writeString(data.clockOffset(), "a week");
        assertThatThrownBy(day::now).isInstanceOf(StackException.class).hasMessageContaining("clock-offset");
    }
}
