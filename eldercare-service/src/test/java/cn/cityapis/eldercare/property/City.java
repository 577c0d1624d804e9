package cn.cityapis.eldercare.property;

import cn.cityapis.platform.test.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Homes and beds of the test, its database and its calendar: some weeks of 2024, when the rule was in force. */
final class City {

    private static final int HOMES = 4;
    private static final int BEDS = 8;
    static final String AGENCY = "agency";
    private static final Instant FIRST_DAY = Instant.parse("2024-03-04T01:00:00Z");

    final TestDatabase database = TestDatabase.create();
    final Path clock;
    private final List<UUID> open = new CopyOnWriteArrayList<>();
    private int homes;
    private int days;

    City(Path folder) {
        clock = folder.resolve("clock");
        setClock();
    }

    private static UUID home(int number) {
        return new UUID(0x7000L, 0x8000000000000000L + number);
    }

    static Office.Person operator(UUID home) {
        return new Office.Person("operator-" + home, "org-" + home, "home-operator");
    }

    static Office.Person assessor(String agency) {
        return new Office.Person("assessor-of-" + agency, agency, "assessor");
    }

    static Office.Person district() {
        return new Office.Person("district-officer", "371002", "district");
    }

    /** Who is chosen for a re-check: the first agency again, or another that the district commissioned (第十八条). */
    static List<String> agencies() {
        return List.of(AGENCY, "agency-2");
    }

    /** Those that take applications. */
    List<UUID> open() {
        return List.copyOf(open);
    }

    /** Those that ever were. */
    List<UUID> all() {
        return IntStream.range(0, homes).mapToObj(City::home).toList();
    }

    void found() throws SQLException {
        database.execute("""
                insert into assessment_agency (org, name, district_code, basis, recorded_by, recorded_at)
                values ('agency-2', '另一家', '371002', '-', 'test', now())
                """);
        for (int number = 0; number < HOMES; number++) {
            furnish();
        }
    }

    /** From now on nobody applies there; answers the home. */
    UUID shut() {
        return open.removeFirst();
    }

    /** General beds take the able, nursing beds the others; every fourth bed is in a room for men or women. */
    void furnish() throws SQLException {
        int number = homes;
        database.execute("""
                insert into home (id, code, org, agency_org, name, kind, district_code, district_name, address, phone,
                                  opening_hours)
                values ('%1$s', 'home-%2$d', 'org-%1$s', '%4$s', '试验院 %2$d', 'PUBLIC', '371002', '环翠区', '-', '0', '-');
                insert into bed_type (id, home_id, kind, levels, monthly_fee_fen) values
                    (gen_random_uuid(), '%1$s', 'GENERAL', '{0,1}', 100000),
                    (gen_random_uuid(), '%1$s', 'NURSING', '{2,3,4}', 200000);
                insert into bed (id, home_id, bed_type_id, label, sex, emergency, state)
                select gen_random_uuid(), t.home_id, t.id, t.kind || '-' || n,
                       case n %% 8 when 0 then 'MALE' when 4 then 'FEMALE' end, n = 7 and t.kind = 'NURSING', 'FREE'
                from bed_type t cross join generate_series(1, %3$d) n where t.home_id = '%1$s'
                """
                .formatted(home(number), number, BEDS, AGENCY));
        homes++;
        open.add(home(number));
    }

    synchronized void nextDay() {
        days++;
        setClock();
    }

    synchronized Instant now() {
        return FIRST_DAY.plus(Duration.ofDays(days));
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
