package cn.cityapis.pharmacy.stock;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = {"demo.data=true", "test.database=of-stock-imports"})
class StockImportApiTest {

    private static final String HEAD = "storeId,drugId,quantity,retailPriceFen,reportedAt\n";

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;
    @Autowired
    Clock clock;
    @Autowired
    Environment settings;

    private Api chain;
    private final List<String> stores = new ArrayList<>();
    private final Map<String, Long> drugs = new HashMap<>();

    @BeforeEach
    void lookAround() {
        chain = Api.as(port, Who.CHAIN);
        chain.get("/stores?limit=40").body().path("items").forEach(s -> stores.add(s.path("pharmacyId").asString()));
        chain.get("/drugs?limit=100").body().path("items")
                .forEach(d -> drugs.put(d.path("drugId").asString(), d.path("procuredPriceFen").asLong()));
    }

    private String line(String store, String drug, int quantity, long fen, OffsetDateTime at) {
        return store + "," + drug + "," + quantity + "," + fen + "," + at + "\n";
    }

    private Answer csv(String lines) {
        return chain.upload("/stock-imports/csv", "text/csv", HEAD + lines);
    }

    private Map<String, String> shelves() {
        Map<String, String> shelves = new HashMap<>();
        Objects.requireNonNull(database.sql("SELECT institution_id, drug_id, quantity, retail_price_fen FROM stock")
                .map(r -> new String[]{r.get(0, UUID.class) + " " + r.get(1, UUID.class),
                        r.get(2, Integer.class) + " " + r.get(3, Long.class)})
                .all().collectList().block()).forEach(r -> shelves.put(r[0], r[1]));
        return shelves;
    }

    @Test
    void goodLinesAreStoredAndEveryBadOneIsNamed() {
        String drug = drugs.keySet().iterator().next();
        OffsetDateTime now = OffsetDateTime.now(clock);
        String other = Api.as(port, Who.OTHER_CHAIN).get("/stores?limit=1").body().at("/items/0/pharmacyId").asString();
        Answer taken = csv(line(stores.get(0), drug, 41, drugs.get(drug), now) + "x\n"
                + line(other, drug, 1, drugs.get(drug), now)
                + line(stores.get(1), UUID.randomUUID().toString(), 1, 100, now)
                + line(stores.get(2), drug, 1, 1, now) + line(stores.get(3), drug, 1, drugs.get(drug),
                        now.plusHours(1)));
        assertThat(taken.status()).as("%s", taken).isEqualTo(200);
        assertThat(taken.body().path("received").asInt()).isEqualTo(6);
        assertThat(taken.body().path("applied").asInt()).isEqualTo(1);
        assertThat(taken.body().path("badLines").asInt()).isEqualTo(5);
        List<String> told = new ArrayList<>();
        taken.body().path("errors").forEach(e -> told.add(e.path("line").asInt() + " " + e.path("column").asString()
                + " " + e.path("code").asString()));
        assertThat(told).contains("3 storeId wrong-type", "4 storeId unknown", "5 drugId unknown",
                "6 retailPriceFen suspicious-magnitude", "7 reportedAt in-the-future");
        assertThat(shelves().get(stores.get(0) + " " + drug)).isEqualTo("41 " + drugs.get(drug));
    }

    @Test
    void whoStandsByASuspiciousPriceIsBelieved() {
        String drug = drugs.keySet().iterator().next();
        String lines = HEAD + line(stores.get(4), drug, 1, 1, OffsetDateTime.now(clock));
        assertThat(chain.upload("/stock-imports/csv", "text/csv", lines).body().path("applied").asInt()).isZero();
        assertThat(chain.upload("/stock-imports/csv?pricesConfirmed=true", "text/csv", lines).body().path("applied")
                .asInt()).isEqualTo(1);
    }

    @Test
    void filesThatAreNoneAreRefused() {
        assertThat(chain.upload("/stock-imports/csv", "text/csv", "a,b\n1,2").code()).isEqualTo("validation-failed");
        assertThat(chain.upload("/stock-imports/csv", "text/csv", HEAD + "\"").code()).isEqualTo("validation-failed");
        assertThat(chain.upload("/stock-imports/csv", "application/json", "{}").status()).isEqualTo(415);
        assertThat(chain.upload("/stock-imports/csv", "text/csv", "").code()).isEqualTo("body-missing");
        assertThat(
                chain.upload("/stock-imports/csv", "text/csv", HEAD.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        null).code())
                .isEqualTo("idempotency-key-missing");
        assertThat(chain.upload("/stock-imports/ndjson", "application/x-ndjson", "x".repeat(25 * 1024 * 1024)).status())
                .isEqualTo(413);
    }

    @Test
    void tenThousandBadLinesAreAllTold() {
        Answer told = csv("x,y,1,1,2026-11-21T09:30:00+08:00\n".repeat(5_000) + line(UUID.randomUUID().toString(),
                drugs.keySet().iterator().next(), 1, 735, OffsetDateTime.now(clock)));
        assertThat(told.body().path("badLines").asInt()).isEqualTo(5_001);
        assertThat(told.body().path("errors")).hasSize(10_000);
    }

    /**
     * Reports in random order, split over files, sent at once by several senders and some of them again: each shelf ends
     * with the newest, and a price that changed is in the seller's history.
     */
    @Test
    void theNewestWinsWhateverTheOrderOfArrival() throws Exception {
        Random random = new Random(6);
        OffsetDateTime start = OffsetDateTime.now(clock).minusMinutes(30);
        List<String> someDrugs = drugs.keySet().stream().sorted().limit(8).toList();
        List<String> lines = new ArrayList<>();
        Map<String, String> newest = new HashMap<>();
        Map<String, Object[]> newestKey = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            String store = stores.get(10 + random.nextInt(10));
            String drug = someDrugs.get(random.nextInt(8));
            int quantity = random.nextInt(9);
            long fen = drugs.get(drug) + random.nextInt(3);
            OffsetDateTime at = start.plusSeconds(random.nextInt(600));
            lines.add(line(store, drug, quantity, fen, at));
            Object[] key = {at, quantity, fen};
            newestKey.merge(store + " " + drug, key, (a, b) -> newer(a, b) ? a : b);
        }
        newestKey.forEach((shelf, key) -> newest.put(shelf, key[1] + " " + key[2]));
        try (ExecutorService senders = Executors.newFixedThreadPool(4)) {
            var sent = new ArrayList<java.util.concurrent.Future<Answer>>();
            for (int round = 0; round < 2; round++) {
                Collections.shuffle(lines, random);
                for (int part = 0; part < 12; part++) {
                    String file = String.join("", lines.subList(part * 250, (part + 1) * 250));
                    sent.add(senders.submit(() -> csv(file)));
                }
            }
            for (var answer : sent) {
                assertThat(answer.get().status()).as("%s", answer.get()).isEqualTo(200);
            }
        }
        Map<String, String> shelves = shelves();
        newest.forEach((shelf, value) -> assertThat(shelves.get(shelf)).as(shelf).isEqualTo(value));
        assertThat(database.sql("SELECT count(*) FROM retail_price_change").map(r -> r.get(0, Long.class)).one()
                .block()).isPositive();
    }

    private static boolean newer(Object[] a, Object[] b) {
        int byTime = ((OffsetDateTime) a[0]).compareTo((OffsetDateTime) b[0]);
        int byQuantity = Integer.compare((int) a[1], (int) b[1]);
        return byTime != 0 ? byTime > 0 : byQuantity != 0 ? byQuantity > 0 : (long) a[2] >= (long) b[2];
    }

    @Test
    void whenTheLastShelfRoundAboutIsEmptyItIsTold() {
        String drug = drugs.keySet().stream().sorted().skip(50).findFirst().orElseThrow();
        OffsetDateTime now = OffsetDateTime.now(clock);
        database.sql("UPDATE stock SET quantity = 0, reported_at = :old WHERE drug_id = :drug")
                .bind("old", now.minusDays(1)).bind("drug", UUID.fromString(drug)).then().block();
        csv(line(stores.get(5), drug, 1, drugs.get(drug), now.minusSeconds(3)));
        assertThat(events(drug)).isZero();
        csv(line(stores.get(5), drug, 0, drugs.get(drug), now.minusSeconds(2)));
        assertThat(events(drug)).isEqualTo(1);
        csv(line(stores.get(5), drug, 0, drugs.get(drug), now.minusSeconds(1)));
        assertThat(events(drug)).isEqualTo(1);
    }

    private void nobodyHas(String drug) {
        database.sql("UPDATE stock SET quantity = 0, reported_at = :old WHERE drug_id = :drug")
                .bind("old", OffsetDateTime.now(clock).minusDays(90)).bind("drug", UUID.fromString(drug)).then()
                .block();
    }

    @Test
    void aShelfThatWasReportedLongAgoIsNoComfort() {
        String drug = drugs.keySet().stream().sorted().skip(51).findFirst().orElseThrow();
        OffsetDateTime now = OffsetDateTime.now(clock);
        nobodyHas(drug);
        csv(line(stores.get(5), drug, 1, drugs.get(drug), now.minusSeconds(9)));
        csv(line(stores.get(6), drug, 1, drugs.get(drug), now.minusSeconds(9)));
        bothStandSideBySide();
        csv(line(stores.get(5), drug, 0, drugs.get(drug), now.minusSeconds(8)));
        assertThat(events(drug)).as("the other one has it").isZero();
        csv(line(stores.get(5), drug, 1, drugs.get(drug), now.minusSeconds(7)));
        database.sql("UPDATE stock SET reported_at = :old WHERE institution_id = :s AND drug_id = :drug")
                .bind("old", now.minusDays(4)).bind("s", UUID.fromString(stores.get(6)))
                .bind("drug", UUID.fromString(drug)).then().block();
        csv(line(stores.get(5), drug, 0, drugs.get(drug), now.minusSeconds(6)));
        assertThat(events(drug)).isEqualTo(1);
    }

    /** The other's report is not committed yet when this one looks: each would have seen the other's last packs. */
    @Test
    void ofTwoThatSellOutAtOnceTheSecondTells() throws Exception {
        String drug = drugs.keySet().stream().sorted().skip(52).findFirst().orElseThrow();
        OffsetDateTime now = OffsetDateTime.now(clock);
        nobodyHas(drug);
        bothStandSideBySide();
        csv(line(stores.get(5), drug, 1, drugs.get(drug), now.minusSeconds(9)));
        csv(line(stores.get(6), drug, 1, drugs.get(drug), now.minusSeconds(9)));
        try (Connection other = DriverManager.getConnection(settings.getRequiredProperty("spring.flyway.url"),
                settings.getRequiredProperty("spring.flyway.user"),
                settings.getRequiredProperty("spring.flyway.password"));
                ExecutorService sender = Executors.newSingleThreadExecutor()) {
            other.setAutoCommit(false);
            other.createStatement().executeUpdate("UPDATE stock SET quantity = 0 WHERE institution_id = '"
                    + stores.get(6) + "' AND drug_id = '" + drug + "'");
            other.createStatement().execute(Scarcity.TURNS.replace(":drugs", "ARRAY['" + drug + "']"));
            var sent = sender.submit(() -> csv(line(stores.get(5), drug, 0, drugs.get(drug), now.minusSeconds(8))));
            while (!sent.isDone() && !someoneWaits(other)) {
                Thread.sleep(20);
            }
            other.commit();
            assertThat(sent.get().body().path("applied").asInt()).isEqualTo(1);
        }
        assertThat(events(drug)).isEqualTo(1);
    }

    private static boolean someoneWaits(Connection connection) throws SQLException {
        try (ResultSet waiting = connection.createStatement().executeQuery("""
                SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
                                  AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))
                """)) {
            return waiting.next() && waiting.getBoolean(1);
        }
    }

    private void bothStandSideBySide() {
        database.sql(
                "UPDATE institution SET (lat, lon) = (SELECT lat, lon FROM institution WHERE id = :a) WHERE id = :b")
                .bind("a", UUID.fromString(stores.get(5))).bind("b", UUID.fromString(stores.get(6))).then().block();
    }

    private long events(String drug) {
        return Objects.requireNonNull(database
                .sql("SELECT count(*) FROM outbox WHERE type = 'pharmacy.stock.out-nearby' AND subject = :s")
                .bind("s", "drugs/" + drug).map(r -> r.get(0, Long.class)).one().block());
    }

    /** A whole chain's evening report goes in at one go; the benchmark says how fast. */
    @Test
    void aLargeFileIsTakenWhole() {
        OffsetDateTime at = OffsetDateTime.now(clock).minusDays(60);
        StringBuilder lines = new StringBuilder();
        for (String store : stores) {
            for (int i = 0; i < 5; i++) {
                for (var drug : drugs.entrySet()) {
                    lines.append(line(store, drug.getKey(), 0, drug.getValue(), at.plusSeconds(i)));
                }
            }
        }
        JsonNode outcome = csv(lines.toString()).body();
        assertThat(outcome.path("received").asInt()).isEqualTo(20_000);
        assertThat(outcome.path("badLines").asInt()).isZero();
        assertThat(outcome.path("applied").asInt() + outcome.path("outdated").asInt()).isEqualTo(20_000);
    }
}
