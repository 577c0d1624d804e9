package cn.cityapis.stack;

import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAmount;

/** The development clock of a data folder: how far it runs ahead of the real one. All services read the same file. */
public final class DevelopmentDay {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final DataFolder data;
    private final Clock real;

    public DevelopmentDay(DataFolder data, Clock real) {
        this.data = data;
        this.real = real.withZone(ZONE);
    }

    public ZonedDateTime now() {
        return ZonedDateTime.now(real).plus(offset());
    }

    /** Shows this day from now on, at the present time of day. */
    void moveTo(LocalDate day) {
        ZonedDateTime now = ZonedDateTime.now(real);
        write(Duration.between(now, day.atTime(now.toLocalTime()).atZone(ZONE)));
    }

    void advance(TemporalAmount by) {
        write(Duration.between(ZonedDateTime.now(real), ZonedDateTime.now(real).plus(offset()).plus(by)));
    }

    private Duration offset() {
        try {
            return Files.exists(data.clockOffset())
                    ? Duration.parse(Files.readString(data.clockOffset()).strip())
                    : Duration.ZERO;
        } catch (IOException | DateTimeException e) {
            throw new StackException("cannot read " + data.clockOffset() + ": " + e.getMessage(), e);
        }
    }

    private void write(Duration offset) {
        DataFolder.writePrivately(data.clockOffset(), Duration.ofSeconds(offset.plusMillis(500).toSeconds()) + "\n");
    }
}
