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
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.r2dbc.core.DatabaseClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-neighbours"})
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
        for (String one : List.of(Neighbours.WITH_ONE.few(), Neighbours.WITH_ONE.fewOpen())) {
            assertThat(plan(one)).contains("Index Cond: (drug_id = $").satisfies(NeighboursStoreTest::walksTheShelves);
        }
        for (String several : List.of(Neighbours.WITH_ANY_OF.few(), Neighbours.WITH_ANY_OF.fewOpen())) {
            assertThat(plan(several)).contains("Index Cond: (drug_id = w.drug_id)")
                    .satisfies(NeighboursStoreTest::walksTheShelves);
        }
        for (String any : List.of(Neighbours.ANY.few(), Neighbours.ANY.fewOpen())) {
            assertThat(plan(any)).contains("Index Scan using institution_by_position")
                    .contains("Order By: (\"position\" <->").doesNotContain("Seq Scan on institution near")
                    .containsPattern("Limit +\\(cost=\\S+ rows=20 ")
                    .doesNotContain("Seq Scan on opening").doesNotContain("hashed SubPlan");
        }
        for (String most : List.of(Fullest.HAVING_MOST.few(), Fullest.HAVING_MOST.fewOpen())) {
            assertThat(plan(most)).contains("stock_nearest").doesNotContain("Seq Scan on stock")
                    .doesNotContain("Seq Scan on opening").doesNotContain("hashed SubPlan");
        }
        assertThat(plan(MapCells.SINGLES)).contains("institution_on_map").doesNotContain("Seq Scan on institution");
        assertThat(plan(MapCells.CLUSTERS)).contains("institution_on_map").doesNotContain("Seq Scan on institution");
    }

    private static void walksTheShelves(String plan) {
        assertThat(plan).contains("Index Scan using stock_nearest").contains("Order By: (\"position\" <->")
                .doesNotContain("Seq Scan on stock").doesNotContain("Seq Scan on opening")
                .doesNotContain("hashed SubPlan").containsPattern("Limit +\\(cost=\\S+ rows=20 ");
    }

    /** To plan such a statement costs as much as to carry it out. */
    @Test
    void isPlannedOnceAndNotForEachQuestion() throws SQLException {
        UUID medicine = Objects.requireNonNull(database.sql("SELECT id FROM drug ORDER BY id LIMIT 1")
                .map(row -> row.get(0, UUID.class)).one().block());
        for (String usual : List.of(Neighbours.WITH_ONE.few(), Neighbours.WITH_ONE.many(),
                Neighbours.WITH_ONE.fewOpen(), Neighbours.ANY.few(), Neighbours.ANY.fewOpen())) {
            try (Connection connection = DriverManager.getConnection(url, user, password);
                    Statement statement = connection.createStatement()) {
                statement.execute(prepared(usual));
                for (int i = 0; i < 20; i++) {
                    statement.execute("EXECUTE nearest (" + asking(medicine) + ")");
                }
                try (ResultSet plans = statement.executeQuery(
                        "SELECT generic_plans FROM pg_prepared_statements WHERE name = 'nearest'")) {
                    assertThat(plans.next()).isTrue();
                    // the first five are planned each, to compare with, and all if the values at hand look cheaper
                    assertThat(plans.getInt(1)).as(usual).isGreaterThan(10);
                }
            }
        }
    }

    /** Ten thousand questions from anywhere about places anywhere, the date line and the poles among them. */
    @Test
    void equalsBruteForceOnTenThousandQuestionsAllOverTheGlobe() {
        Random random = new Random(10_000);
        UUID drug = Objects.requireNonNull(database.sql("SELECT id FROM drug ORDER BY id DESC LIMIT 1")
                .map(r -> r.get(0, UUID.class)).one().block());
        List<Coordinates> points = new java.util.ArrayList<>();
        for (int i = 0; i < 600; i++) {
            points.add(extreme(random));
        }
        database.sql("DELETE FROM price_flag WHERE drug_id = :drug").bind("drug", drug).then().block();
        database.sql("UPDATE stock SET quantity = 0 WHERE drug_id = :drug").bind("drug", drug).then().block();
        scatter(points, drug);
        Drug known = Objects.requireNonNull(drugs.find(drug).block());
        double[][] units = points.stream().map(Coordinates::unit)
                .map(u -> new double[]{u.x(), u.y(), u.z()}).toArray(double[][]::new);
        reactor.core.publisher.Flux.range(0, 10_000).map(i -> extreme(random))
                .flatMap(at -> neighbours.having(List.of(known), new NearbyQuery(at, CoordType.WGS84,
                        new NearbyQuery.Wanted.ById(drug), false, false, 5)).collectList()
                        .doOnNext(found -> same(found, at, units)), 6)
                .then().block();
    }

    /** By the straight line through the globe, computed here: independent of the code under test. */
    private static void same(List<Neighbour> found, Coordinates at, double[][] units) {
        var u = at.unit();
        double[] expected = java.util.Arrays.stream(units)
                .mapToDouble(p -> Math.hypot(Math.hypot(p[0] - u.x(), p[1] - u.y()), p[2] - u.z())).sorted().limit(5)
                .map(Coordinates::metresOfChord).toArray();
        assertThat(found).hasSize(5);
        for (int i = 0; i < 5; i++) {
            assertThat(found.get(i).distanceM()).isCloseTo(expected[i], Offset.offset(0.01));
        }
    }

    private static Coordinates extreme(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Coordinates(random.nextDouble(-90, 90), random.nextBoolean()
                    ? random.nextDouble(179.9, 180)
                    : random.nextDouble(-180, -179.9));
            case 1 ->
                new Coordinates(random.nextBoolean() ? random.nextDouble(89.9, 90) : random.nextDouble(-90, -89.9),
                        random.nextDouble(-180, 180));
            case 2 -> new Coordinates(random.nextDouble(36.7, 37.6), random.nextDouble(121.2, 122.7));
            default -> new Coordinates(random.nextDouble(-90, 90), random.nextDouble(-180, 180));
        };
    }

    private void scatter(List<Coordinates> points, UUID drug) {
        database.sql("""
                WITH placed AS (
                    INSERT INTO institution (id, kind, name, address, area_code, phone, insurance_accepted, lat, lon, demo)
                    SELECT gen_random_uuid(), 'clinic', 'n', 'a', (SELECT min(code) FROM area), 'p', true, p.lat, p.lon, true
                      FROM unnest(:lats, :lons) AS p (lat, lon)
                    RETURNING id, position)
                INSERT INTO stock (institution_id, drug_id, position, quantity, retail_price_fen, reported_at, reported_by)
                SELECT id, :drug, position, 1, 1, now(), 'test' FROM placed
                """)
                .bind("lats", points.stream().map(Coordinates::lat).toArray(Double[]::new))
                .bind("lons", points.stream().map(Coordinates::lon).toArray(Double[]::new))
                .bind("drug", drug).then().block();
    }

    /** Named parameters become numbered ones, as the driver does it; the values are of the types that it sends. */
    private static final Map<String, String> TYPES = new java.util.TreeMap<>(Map.ofEntries(
            Map.entry("drugs", "uuid[]"), Map.entry("dearestOfEach", "bigint[]"), Map.entry("x", "float8"),
            Map.entry("y", "float8"), Map.entry("z", "float8"), Map.entry("openOnly", "bool"),
            Map.entry("dearest", "bigint"), Map.entry("limit", "bigint"), Map.entry("weekday", "int"),
            Map.entry("calendarWeekday", "int"), Map.entry("day", "date"), Map.entry("time", "time"),
            Map.entry("within", "float8"), Map.entry("west", "float8"), Map.entry("east", "float8"),
            Map.entry("west2", "float8"), Map.entry("east2", "float8"), Map.entry("south", "float8"),
            Map.entry("north", "float8"), Map.entry("drug", "uuid"), Map.entry("cells", "float8")));

    /** What somebody in the city asks on a Monday. */
    private static String asking(UUID medicine) {
        Map<String, String> values = Map.ofEntries(Map.entry("drug", "'" + medicine + "'"),
                Map.entry("dearest", "735"), Map.entry("x", "-0.422"), Map.entry("y", "0.672"), Map.entry("z", "0.609"),
                Map.entry("limit", "20"), Map.entry("weekday", "1"), Map.entry("calendarWeekday", "1"),
                Map.entry("day", "'2026-11-23'"), Map.entry("time", "'10:00'"));
        return TYPES.keySet().stream().map(name -> values.getOrDefault(name, "NULL"))
                .collect(Collectors.joining(", "));
    }

    private static String prepared(String sql) {
        List<String> names = List.copyOf(TYPES.keySet());
        String numbered = java.util.regex.Pattern.compile("(?<!:):([a-zA-Z]\\w*)").matcher(sql)
                .replaceAll(m -> java.util.regex.Matcher.quoteReplacement("$" + (names.indexOf(m.group(1)) + 1)));
        return "PREPARE nearest (" + String.join(", ", TYPES.values()) + ") AS " + numbered;
    }

    /** The plan that PostgreSQL settles on for a prepared statement, whatever the values. */
    private String plan(String sql) throws SQLException {
        String values = String.join(", ", TYPES.keySet().stream().map(n -> "NULL").toList());
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute(prepared(sql));
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
