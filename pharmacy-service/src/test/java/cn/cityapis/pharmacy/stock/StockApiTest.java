package cn.cityapis.pharmacy.stock;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = "demo.data=true")
class StockApiTest {

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;
    @Autowired
    Clock clock;

    private Api chain;
    private String store = "";
    private String otherStore = "";
    private String drug = "";

    @BeforeEach
    void lookAround() {
        chain = Api.as(port, Who.CHAIN);
        store = chain.get("/stores?limit=3").body().path("items").path(2).path("pharmacyId").asString();
        otherStore = Api.as(port, Who.OTHER_CHAIN).get("/stores?limit=1").body().path("items").path(0)
                .path("pharmacyId").asString();
        drug = chain.get("/drugs?q=akbtp").body().path("items").path(0).path("drugId").asString();
    }

    private Map<String, Object> line(String at, long fen) {
        return Map.of("storeId", store, "drugId", drug, "quantity", 3, "retailPriceFen", fen, "reportedAt", at);
    }

    private Answer report(Object... lines) {
        return chain.post("/stock-reports", Map.of("reports", List.of(lines)), null);
    }

    private long price() {
        return Objects.requireNonNull(database
                .sql("SELECT retail_price_fen FROM stock WHERE institution_id = :s AND drug_id = :d")
                .bind("s", UUID.fromString(store)).bind("d", UUID.fromString(drug))
                .map(r -> r.get(0, Long.class)).one().block());
    }

    private long count(String table) {
        return Objects.requireNonNull(database.sql("SELECT count(*) FROM " + table
                + " WHERE institution_id = :s AND drug_id = :d")
                .bind("s", UUID.fromString(store)).bind("d", UUID.fromString(drug))
                .map(r -> r.get(0, Long.class)).one().block());
    }

    @Test
    void theNewestReportWinsWhateverTheOrderOfArrival() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        assertThat(report(line(now.minusMinutes(1).toString(), 750)).body().path("applied").asInt()).isEqualTo(1);
        Answer late = report(line(now.minusMinutes(2).toString(), 999));
        assertThat(late.body().path("applied").asInt()).isZero();
        assertThat(late.body().path("outdated").asInt()).isEqualTo(1);
        assertThat(price()).isEqualTo(750);
    }

    @Test
    void aRedPriceOpensOneCaseAndAGreenOneLiftsTheFlag() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        report(line(now.plusSeconds(1).toString(), 1580));
        report(line(now.plusSeconds(2).toString(), 1680));
        assertThat(count("price_flag")).isEqualTo(1);
        assertThat(count("price_case")).isEqualTo(1);
        Answer green = report(line(now.plusSeconds(3).toString(), 735));
        assertThat(green.body().path("red").asInt()).isZero();
        assertThat(count("price_flag")).isZero();
    }

    /** What is older is neither taken nor judged, whatever stands beside it. */
    @Test
    void ofABatchOnlyWhatIsNewerIsTakenAndJudged() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        JsonNode drugs = chain.get("/drugs?limit=33").body().path("items");
        assertThat(report(line(drugs.path(30), now, 1, 3), line(drugs.path(31), now, 1, 3),
                line(drugs.path(32), now, 1, 3)).body().path("applied").asInt()).isEqualTo(3);
        Answer answer = report(line(drugs.path(30), now.plusSeconds(1), 2, 3),
                line(drugs.path(31), now.minusSeconds(1), 2, 3), line(drugs.path(32), now.plusSeconds(1), 1, 0));
        assertThat(answer.body()).isEqualTo(Api.JSON.readTree("""
                {"received": 3, "applied": 2, "outdated": 1, "yellow": 0, "red": 1}"""));
    }

    private Map<String, Object> line(JsonNode medicine, OffsetDateTime at, int times, int quantity) {
        return Map.of("storeId", store, "drugId", medicine.path("drugId").asString(), "quantity", quantity,
                "retailPriceFen", times * medicine.path("procuredPriceFen").asLong(), "reportedAt", at.toString());
    }

    @Test
    void aRepeatedKeyGetsTheFirstAnswerAndAnotherBodyIsRefused() {
        var body = Map.of("reports", List.of(line(OffsetDateTime.now(clock).plusSeconds(20).toString(), 760)));
        String key = UUID.randomUUID().toString();
        Answer first = chain.post("/stock-reports", body, null, key);
        assertThat(first.body().path("applied").asInt()).isEqualTo(1);
        assertThat(chain.post("/stock-reports", body, null, key).body()).isEqualTo(first.body());
        Answer other = chain.post("/stock-reports", Map.of("reports", List.of(line("2026-01-01T00:00:00Z", 761))),
                null, key);
        assertThat(other.status()).isEqualTo(422);
        assertThat(chain.post("/stock-reports", body, null, null).code()).isEqualTo("idempotency-key-missing");
    }

    @Test
    void everyBadLineIsNamedAndNothingIsTaken() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        report(line(now.minusSeconds(30).toString(), 740));
        long before = price();
        Answer refused = report(line(now.plusSeconds(30).toString(), 741),
                Map.of("storeId", otherStore, "drugId", drug, "quantity", 1, "retailPriceFen", 735, "reportedAt",
                        now.toString()),
                Map.of("storeId", store, "drugId", UUID.randomUUID().toString(), "quantity", 1, "retailPriceFen", 7,
                        "reportedAt", now.plusHours(1).toString()),
                Map.of("storeId", store, "drugId", drug, "quantity", 1, "retailPriceFen", 7, "reportedAt",
                        now.toString()));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errors()).isEqualTo(Map.of("/reports/1/storeId", "unknown", "/reports/2/drugId", "unknown",
                "/reports/2/reportedAt", "in-the-future", "/reports/3", "duplicate", "/reports/3/retailPriceFen",
                "suspicious-magnitude"));
        assertThat(price()).isEqualTo(before);
    }

    /** A medicine at 0.35 yuan procured may well cost 18: who was asked and stands by it is believed, by batch too. */
    @Test
    void aSuspiciousPriceThatIsMeantIsTaken() {
        Map<String, Object> dear = Map.of("storeId", chain.get("/stores?limit=9").body().at("/items/8/pharmacyId")
                .asString(), "drugId", drug, "quantity", 3, "retailPriceFen", 735 * 51, "reportedAt",
                OffsetDateTime.now(clock).toString());
        assertThat(report(dear).errors()).containsEntry("/reports/0/retailPriceFen", "suspicious-magnitude");
        Answer taken = chain.post("/stock-reports", Map.of("reports", List.of(dear), "pricesConfirmed", true), null);
        assertThat(taken.body().path("red").asInt()).as("%s", taken).isEqualTo(1);
    }

    @Test
    void wrongTypesMissingAndUnknownFieldsAreNamed() {
        Answer refused = chain.post("/stock-reports", """
                {"reports": [{"storeId": "x", "quantity": -1, "retailPriceFen": 7.35, "reportedAt": "gestern",
                              "colour": "red"}]}""", null);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errors().keySet()).contains("/reports/0/storeId", "/reports/0/drugId",
                "/reports/0/quantity", "/reports/0/retailPriceFen", "/reports/0/reportedAt", "/reports/0/colour");
        assertThat(chain.post("/stock-reports", Map.of("reports", List.of()), null).errors())
                .containsEntry("/reports", "size");
        assertThat(chain.post("/stock-reports", "{", null).code()).isEqualTo("malformed-json");
        assertThat(chain.post("/stock-reports", "x".repeat(2_000_000), null).status()).isIn(400, 413);
    }

    @Test
    void aFullBatchIsTaken() {
        OffsetDateTime now = OffsetDateTime.now(clock).minusDays(50);
        var stores = chain.get("/stores?limit=40").body().path("items");
        var drugs = chain.get("/drugs?limit=100").body().path("items");
        List<Map<String, Object>> lines = IntStream.range(0, 4000).<Map<String, Object>>mapToObj(i -> Map.of(
                "storeId", stores.path(i / 100).path("pharmacyId").asString(),
                "drugId", drugs.path(i % 100).path("drugId").asString(), "quantity", 0, "retailPriceFen",
                drugs.path(i % 100).path("procuredPriceFen").asLong(), "reportedAt", now.toString())).toList();
        Answer taken = chain.post("/stock-reports", Map.of("reports", lines), null);
        assertThat(taken.status()).as("%s", taken).isEqualTo(200);
        assertThat(taken.body().path("received").asInt()).isEqualTo(4000);
    }
}
