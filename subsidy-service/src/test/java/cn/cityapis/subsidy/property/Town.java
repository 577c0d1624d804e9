package cn.cityapis.subsidy.property;

import cn.cityapis.platform.test.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** The database of the test, its calendar, and who is who. */
final class Town {

    static final String SCHEME = "talent-living-allowance";
    static final List<String> AREAS = List.of("371002", "371003");
    static final Office.Person CITY = new Office.Person("city-officer", "371000", "city finance");
    static final Office.Person CASHIER = new Office.Person("cashier", "371000", "finance");
    private static final ZonedDateTime FIRST_DAY = LocalDate.of(2026, 11, 21).atTime(10, 0)
            .atZone(ZoneId.of("Asia/Shanghai"));

    final TestDatabase database = TestDatabase.create();
    final Path clock;
    /** Shorter than a key is kept (30 days): a call that is repeated across a step is still the same call. */
    private static final int DAYS = 10;

    private int steps;

    Town(Path folder) {
        clock = folder.resolve("clock");
        setClock();
    }

    static Office.Person district(String area) {
        return new Office.Person("officer-" + area, area, "district");
    }

    synchronized void daysPass() {
        steps++;
        setClock();
    }

    synchronized Instant now() {
        return FIRST_DAY.plusDays((long) steps * DAYS).toInstant();
    }

    int year() {
        return LocalDate.ofInstant(now(), FIRST_DAY.getZone()).getYear();
    }

    /** Put in place as a whole: a replica never reads half of it. */
    private void setClock() {
        try {
            Path next = clock.resolveSibling("clock.next");
            Files.writeString(next, Duration.between(Instant.now(), now()).toString());
            Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
