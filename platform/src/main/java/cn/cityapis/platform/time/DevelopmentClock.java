package cn.cityapis.platform.time;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * A clock that can be moved, so that deadlines and monthly payments can be seen. It exists in the development profile
 * only. Its offset is read from a file that all processes of the stack share, and survives a restart with it.
 */
public final class DevelopmentClock extends Clock {

    private static final Logger LOG = LoggerFactory.getLogger(DevelopmentClock.class);

    private final Clock real;
    private final @Nullable Path file;
    private volatile Duration offset = Duration.ZERO;

    /** @param file holds an ISO 8601 duration, e.g. {@code PT168H}; null: only {@link #advance} moves the clock */
    public DevelopmentClock(Clock real, @Nullable Path file) {
        this.real = real;
        this.file = file;
        readOffset();
    }

    @Scheduled(fixedDelay = 250)
    void readOffset() {
        if (file == null || !Files.exists(file)) {
            return;
        }
        try {
            offset = Duration.parse(Files.readString(file).strip());
        } catch (IOException | DateTimeParseException e) {
            LOG.warn("Cannot read the clock offset in {}: {}", file, e.toString());
        }
    }

    public void advance(Duration by) {
        offset = offset.plus(by);
    }

    /** Moves the clock so that it shows this instant now. */
    public void moveTo(Instant instant) {
        offset = Duration.between(real.instant(), instant);
    }

    @Override
    public ZoneId getZone() {
        return real.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(real.withZone(zone), offset);
    }

    @Override
    public Instant instant() {
        return real.instant().plus(offset);
    }
}
