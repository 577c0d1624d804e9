package cn.cityapis.pharmacy.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.pharmacy.TradeScene;
import cn.cityapis.platform.test.ServiceTest;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The procured price is that of the award in force in the city, or in an area that it lies in, and of no other. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-prices", "pharmacy.jobs.first=PT24H",
        "pharmacy.nearby.drugs-for=PT0S"})
class PriceInForceApiTest extends TradeScene {

    private UUID drug;

    /** A medicine of its own for each test, that nobody has awarded yet. */
    @BeforeEach
    void aMedicine() {
        drug = UUID.randomUUID();
        database.sql("""
                INSERT INTO drug (id, generic_name, form, strength, strength_value, strength_unit, pack_units, unit_name,
                                  pack_name, maker, approval_no, insurance_code, initials, pinyin, source, demo)
                SELECT :id, '试验' || generic_name, form, strength, strength_value, strength_unit, pack_units, unit_name,
                       pack_name, maker, approval_no, 'T-' || :id, initials, pinyin, source, demo FROM drug LIMIT 1
                """).bind("id", drug).then().block();
    }

    private void award(String batch, String area, String from, String to) {
        award(batch, area, from, to, null);
    }

    private void award(String batch, String area, String from, String to, @Nullable Integer fen) {
        database.sql("INSERT INTO award VALUES (:id, :drug, '" + batch + "', :area, '" + from + "', '" + to
                + "', " + fen + ", 't', true, clock_timestamp())").bind("id", UUID.randomUUID()).bind("drug", drug)
                .bind("area", area).then().block();
    }

    private void price(String kind, String area, long fen, String from) {
        database.sql("INSERT INTO price VALUES (:id, :drug, :kind, :area, :fen, '" + from
                + "', 't', true, clock_timestamp())").bind("id", UUID.randomUUID()).bind("drug", drug)
                .bind("kind", kind).bind("area", area).bind("fen", fen).then().block();
    }

    private JsonNode known() {
        return chain.get("/drugs/" + drug).body();
    }

    private long procured() {
        return known().path("procuredPriceFen").asLong(0);
    }

    @Test
    void theCityComesBeforeTheProvinceAndOtherCitiesAreNotAsked() {
        award("b", "370000", "2025-01-01", "2027-12-31");
        price("procured", "370000", 800, "2025-01-01");
        price("procured", "370600", 100, "2026-03-01");
        price("before", "370600", 9000, "2026-03-01");
        at("2026-07-01");
        assertThat(procured()).isEqualTo(800);
        assertThat(known().has("beforePriceFen")).isFalse();
        price("procured", "371000", 700, "2025-02-01");
        price("procured", "370000", 750, "2026-06-01");
        price("before", "100000", 5000, "2019-01-01");
        assertThat(procured()).as("the award is the province's").isEqualTo(750);
        assertThat(known().path("beforePriceFen").asLong()).isEqualTo(5000);
        award("c", "371000", "2025-01-01", "2027-12-31");
        assertThat(procured()).isEqualTo(700);
    }

    @Test
    void thereIsOneOnlyWhileAnAwardIsInForce() {
        price("procured", "371000", 700, "2025-02-01");
        at("2025-07-01");
        assertThat(procured()).isZero();
        award("of another city", "370600", "2025-01-01", "2027-12-31");
        assertThat(procured()).isZero();
        award("b", "371000", "2025-07-02", "2025-12-31");
        assertThat(procured()).isZero();
        at("2025-07-02");
        assertThat(procured()).isEqualTo(700);
        at("2025-12-31");
        assertThat(procured()).isEqualTo(700);
        at("2026-01-01");
        assertThat(procured()).isZero();
        award("b2", "370000", "2026-01-01", "2026-12-31");
        assertThat(procured()).as("the city's price was that of the city's award").isZero();
        price("procured", "370000", 650, "2025-02-01");
        assertThat(procured()).isEqualTo(650);
        // as last corrected
        award("b2", "370000", "2026-02-01", "2026-12-31");
        assertThat(procured()).isZero();
    }

    @Test
    void aPriceEndsWithTheAwardThatItWasFor() {
        award("市采", "371000", "2025-01-01", "2026-12-31");
        price("procured", "371000", 735, "2025-01-01");
        award("国采", "100000", "2026-07-01", "2029-12-31");
        price("procured", "100000", 500, "2026-07-01");
        at("2026-12-31");
        assertThat(procured()).isEqualTo(735);
        assertThat(ordered(wish()).path("priceFen").asLong()).isEqualTo(735);
        at("2027-01-01");
        assertThat(procured()).isEqualTo(500);
        assertThat(ordered(wish()).path("priceFen").asLong()).isEqualTo(500);
    }

    @Test
    void anAwardsOwnPriceHoldsUntilAPriceOfItsTimeDoes() {
        price("procured", "371000", 735, "2024-12-01");
        award("第一批", "371000", "2025-01-01", "2026-12-31");
        at("2026-12-31");
        assertThat(procured()).as("what was in force when it began").isEqualTo(735);
        award("续签", "371000", "2027-01-01", "2028-12-31", 500);
        assertThat(procured()).isEqualTo(735);
        at("2027-01-01");
        assertThat(procured()).isEqualTo(500);
        assertThat(ordered(wish()).path("priceFen").asLong()).isEqualTo(500);
        price("procured", "371000", 480, "2027-03-01");
        at("2027-02-28");
        assertThat(procured()).isEqualTo(500);
        at("2027-03-01");
        assertThat(procured()).isEqualTo(480);
    }

    @Test
    void ofTheAwardsTheCorrectedOnesAreMarked() {
        award("b", "371000", "2025-01-01", "2027-12-31", 700);
        award("b", "371000", "2025-01-01", "2027-12-31", 650);
        award("b", "370000", "2024-01-01", "2024-12-31", 800);
        assertThat(chain.get("/drugs/" + drug + "/awards").body().path("items").valueStream()
                .map(a -> a.path("priceFen").asInt() + (a.path("corrected").asBoolean() ? " corrected" : "")))
                .containsExactly("650", "700 corrected", "800");
        at("2026-07-01");
        assertThat(procured()).isEqualTo(650);
    }

    /** Two of one area side by side: the one that began last, in whatever order they were told. */
    @Test
    void ofTwoAwardsTheOneThatBeganLastHolds() {
        award("later", "371000", "2026-01-01", "2027-12-31", 600);
        award("earlier", "371000", "2025-01-01", "2027-12-31", 700);
        award("untold", "371000", "2026-02-01", "2027-12-31");
        award("national", "100000", "2026-03-01", "2027-12-31", 400);
        at("2026-07-01");
        assertThat(procured()).isEqualTo(600);
        at("2025-12-31");
        assertThat(procured()).isEqualTo(700);
    }

    private Map<String, Object> wish() {
        return Map.of("supplierId", chain.get("/suppliers").body().at("/items/0/supplierId").asString(), "lines",
                List.of(Map.of("storeId", chain.get("/stores?limit=1").body().at("/items/0/pharmacyId").asString(),
                        "drugId", drug.toString(), "quantity", 1)));
    }

    private JsonNode ordered(Map<String, Object> wish) {
        Answer placed = chain.post("/orders", wish, null);
        assertThat(placed.status()).as("%s", placed).isEqualTo(201);
        return placed.body().at("/stores/0/lines/0");
    }

    private Answer reported(String store, long fen) {
        return chain.post("/stock-reports", Map.of("reports", List.of(Map.of("storeId", store, "drugId",
                drug.toString(), "quantity", 3, "retailPriceFen", fen, "reportedAt",
                OffsetDateTime.now(clock).toString()))), null);
    }

    private Answer nearby(String more) {
        return chain.get("/pharmacies/nearby?lat=37.5&lon=122.1&coordType=wgs84&drugId=" + drug + more);
    }

    private List<JsonNode> flags() {
        return Api.as(port, Who.CITY).get("/price-flags?drugId=" + drug).body().path("items").valueStream().toList();
    }

    @Test
    void aSellerIsNotMeasuredByAnAwardThatHasEnded() {
        String store = chain.get("/stores?limit=1").body().at("/items/0/pharmacyId").asString();
        award("b", "371000", "2025-01-01", "2026-06-30");
        price("procured", "371000", 700, "2025-02-01");
        price("before", "371000", 5000, "2019-01-01");
        at("2026-06-30");
        assertThat(reported(store, 2000).body().path("red").asInt()).isEqualTo(1);
        assertThat(nearby("").body().at("/items/0/offer/procuredPriceFen").asLong()).isEqualTo(700);
        assertThat(nearby("").body().at("/items/0/offer/savedFen").asLong()).isEqualTo(3000);
        at("2026-07-01");
        assertThat(nearby("").body().at("/items/0/offer/retailPriceFen").asLong()).isEqualTo(2000);
        assertThat(nearby("").body().at("/items/0/offer").has("procuredPriceFen")).isFalse();
        assertThat(nearby("").body().at("/items/0/offer").has("savedFen")).isFalse();
        assertThat(nearby("&atProcuredPrice=true").body().path("items")).isEmpty();
        assertThat(flags()).hasSize(1);
        assertThat(reported(store, 2000).body().path("red").asInt()).isZero();
        assertThat(flags()).isEmpty();
    }

    @Test
    void anOrderIsAtTheCitysPriceOnTheCitysAward() {
        award("b", "370600", "2025-01-01", "2027-12-31");
        price("procured", "370600", 100, "2026-03-01");
        at("2026-07-01");
        Map<String, Object> wish = wish();
        assertThat(chain.post("/orders", wish, null).errors()).containsEntry("/lines/0/drugId", "not-awarded");
        award("b", "371000", "2025-01-01", "2027-12-31");
        assertThat(chain.post("/orders", wish, null).errors()).containsEntry("/lines/0/drugId", "not-awarded");
        price("procured", "371000", 700, "2025-02-01");
        assertThat(ordered(wish).path("priceFen").asLong()).isEqualTo(700);
    }
}
