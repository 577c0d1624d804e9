package cn.cityapis.pharmacy.nearby;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.catalogue.DrugQuery;
import cn.cityapis.pharmacy.catalogue.Drugs;
import cn.cityapis.pharmacy.geo.CoordType;
import cn.cityapis.pharmacy.geo.Coordinates;
import cn.cityapis.platform.test.ServiceTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.r2dbc.core.DatabaseClient;

@ServiceTest(properties = "demo.data=true")
class NeighboursStoreTest {

    @Autowired
    Neighbours neighbours;
    @Autowired
    Drugs drugs;
    @Autowired
    DatabaseClient database;
    @Autowired
    Clock clock;
    @Value("${spring.flyway.url}")
    String url;
    @Value("${spring.flyway.user}")
    String user;
    @Value("${spring.flyway.password}")
    String password;

    private record Known(UUID id, Coordinates point, int quantity, long retail, boolean open) {
    }

    @Test
    void equalsBruteForceForRandomPositionsAndMedicines() {
        Random random = new Random(6);
        List<Drug> all = Objects.requireNonNull(drugs.likely(new DrugQuery("片"), 100).block());
        for (int round = 0; round < 12; round++) {
            Drug drug = all.get(random.nextInt(all.size()));
            List<Known> known = known(drug);
            for (int i = 0; i < 25; i++) {
                compare(drug, known, somewhere(random), random.nextBoolean(), random.nextBoolean());
            }
        }
    }

    /** Mostly in the city, now and then anywhere on the globe. */
    private static Coordinates somewhere(Random random) {
        return random.nextInt(5) == 0
                ? new Coordinates(random.nextDouble(-90, 90), random.nextDouble(-180, 180))
                : new Coordinates(random.nextDouble(36.7, 37.6), random.nextDouble(121.2, 122.7));
    }

    private void compare(Drug drug, List<Known> known, Coordinates at, boolean openNow, boolean procured) {
        long procuredFen = Objects.requireNonNull(drug.procuredPriceFen()).amount();
        Predicate<Known> fits = k -> k.quantity() > 0 && (!openNow || k.open())
                && (!procured || k.retail() <= procuredFen);
        List<Double> expected = known.stream().filter(fits).map(k -> k.point().distanceTo(at))
                .sorted(Comparator.naturalOrder()).limit(20).toList();
        List<Neighbour> found = find(drug, at, openNow, procured);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).distanceM()).isCloseTo(expected.get(i), Offset.offset(0.01));
        }
        Set<UUID> allowed = known.stream().filter(fits).map(Known::id).collect(Collectors.toSet());
        assertThat(found).allMatch(n -> allowed.contains(n.pharmacy().id()));
    }

    @Test
    void findsAcrossTheDateLineAndThePole() {
        UUID drug = database.sql("SELECT id FROM drug ORDER BY id LIMIT 1").map(r -> r.get(0, UUID.class)).one()
                .block();
        UUID east = place(10, 179.99);
        UUID west = place(10, -179.98);
        UUID pole = place(89.9, 10);
        for (UUID id : List.of(east, west, pole)) {
            stock(id, Objects.requireNonNull(drug));
        }
        Drug known = Objects.requireNonNull(drugs.find(Objects.requireNonNull(drug)).block());
        assertThat(ids(find(known, new Coordinates(10, -179.999), false, false), 2)).containsExactly(east, west);
        assertThat(ids(find(known, new Coordinates(10, 179.99), false, false), 2)).containsExactly(east, west);
        assertThat(ids(find(known, new Coordinates(89.9, -170), false, false), 1)).containsExactly(pole);
    }

    @Test
    void readsThePreparedStatementsOffTheIndex() throws SQLException {
        assertThat(plan(Neighbours.WITH_MEDICINE, "ARRAY['" + UUID.randomUUID() + "']::uuid[], ARRAY[735]::bigint[]"))
                .contains("Index Scan using stock_nearest").contains("Order By: (\"position\" <->")
                .contains("Index Cond: (drug_id = w.drug_id)").doesNotContain("Seq Scan on stock");
        assertThat(plan(Neighbours.ANY, null))
                .contains("Index Scan using institution_by_position").contains("Order By: (\"position\" <->");
    }

    /** The plan that PostgreSQL settles on for a prepared statement, whatever the values. */
    private String plan(String sql, @Nullable String arrays) throws SQLException {
        String prepared = sql.replace(":drugs", "$1").replace(":procuredOnly", "$8").replace(":procured", "$2")
                .replace(":x", "$3").replace(":y", "$4").replace(":z", "$5").replace(":openOnly", "$6")
                .replace(":limit", "$7").replace(":weekday", "$9").replace(":time", "$10");
        String types = "(uuid[], bigint[], float8, float8, float8, bool, bigint, bool, int, time)";
        String values = (arrays == null ? "NULL, NULL" : arrays) + ", 0.1, 0.2, 0.3, false, 20, false, 1, '09:00'";
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute("PREPARE nearest " + types + " AS " + prepared);
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = statement.executeQuery("EXPLAIN EXECUTE nearest (" + values + ")")) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    private List<Neighbour> find(Drug drug, Coordinates at, boolean openNow, boolean procured) {
        return Objects.requireNonNull(neighbours.having(List.of(drug), new NearbyQuery(at, CoordType.WGS84,
                new NearbyQuery.Wanted.ById(drug.drugId()), openNow, procured, 20)).collectList().block());
    }

    private static List<UUID> ids(List<Neighbour> found, int most) {
        return found.stream().limit(most).map(n -> n.pharmacy().id()).toList();
    }

    private List<Known> known(Drug drug) {
        LocalDateTime now = LocalDateTime.now(clock);
        return Objects.requireNonNull(database.sql("""
                SELECT i.id, i.lat, i.lon, s.quantity, s.retail_price_fen,
                       EXISTS (SELECT FROM opening_hours o WHERE o.institution_id = i.id AND o.weekday = :weekday
                                  AND o.opens <= :time AND :time < o.closes) AS open
                  FROM stock s JOIN institution i ON i.id = s.institution_id WHERE s.drug_id = :drug
                """)
                .bind("drug", drug.drugId())
                .bind("weekday", now.getDayOfWeek().getValue())
                .bind("time", now.toLocalTime())
                .map(r -> new Known(r.get("id", UUID.class),
                        new Coordinates(r.get("lat", Double.class), r.get("lon", Double.class)),
                        r.get("quantity", Integer.class), r.get("retail_price_fen", Long.class),
                        r.get("open", Boolean.class)))
                .all().collectList().block());
    }

    private UUID place(double lat, double lon) {
        UUID id = UUID.randomUUID();
        database.sql("""
                INSERT INTO institution (id, kind, name, address, area_code, phone, insurance_accepted, lat, lon, demo)
                SELECT :id, 'clinic', 'n', 'a', min(code), 'p', true, :lat, :lon, true FROM area
                """).bind("id", id).bind("lat", lat).bind("lon", lon).then().block();
        return id;
    }

    private void stock(UUID place, UUID drug) {
        database.sql("""
                INSERT INTO stock (institution_id, drug_id, position, quantity, retail_price_fen, reported_at, reported_by)
                SELECT id, :drug, position, 1, 1, now(), 'test' FROM institution WHERE id = :id
                """).bind("id", place).bind("drug", drug).then().block();
    }
}
