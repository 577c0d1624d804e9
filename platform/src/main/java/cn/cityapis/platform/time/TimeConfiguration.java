package cn.cityapis.platform.time;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.Resource;

/** The one clock and the one calendar of a service. */
@Configuration(proxyBeanMethods = false)
public class TimeConfiguration {

    @Bean
    @Profile("!development")
    Clock clock() {
        return Clock.system(Deadline.ZONE);
    }

    /** DEV_CLOCK_START: what the clock shows first where no file says it, so that tests find the same calendar on any day. */
    @Bean
    @Profile("development")
    DevelopmentClock developmentClock(@Value("${DEV_CLOCK_FILE:}") String file,
            @Value("${DEV_CLOCK_START:}") String start) {
        DevelopmentClock clock = new DevelopmentClock(Clock.system(Deadline.ZONE),
                file.isBlank() ? null : Path.of(file));
        if (file.isBlank() && !start.isBlank()) {
            clock.moveTo(Instant.parse(start));
        }
        return clock;
    }

    /** WORKING_CALENDAR names a newer calendar than the one that is built in: a new year needs no release. */
    @Bean
    WorkingCalendar workingCalendar(@Value("${WORKING_CALENDAR:classpath:cn-working-calendar.csv}") Resource csv)
            throws IOException {
        try (InputStream rows = csv.getInputStream()) {
            return WorkingCalendar.read(rows);
        }
    }

    /** When the calendar ends, in seconds since 1970, so that operators are told before deadlines become provisional. */
    @Bean
    MeterBinder calendarEnd(WorkingCalendar calendar) {
        double end = calendar.lastKnown().plusDays(1).atStartOfDay(Deadline.ZONE).toEpochSecond();
        return registry -> Gauge.builder("working.calendar.end", () -> end).baseUnit("seconds")
                .description("End of the last announced year of the working calendar").register(registry);
    }
}
