package cn.cityapis.pharmacy.stock;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.pharmacy.TradeScene;
import cn.cityapis.platform.test.ServiceTest;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A store that has closed for good, or buys for itself from now on. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-closed-places", "pharmacy.jobs.first=PT24H"})
class ClosedPlaceApiTest extends TradeScene {

    @Autowired
    ClearClosed clear;

    private String store = "";
    private String drug = "";

    @BeforeEach
    void aStore() {
        database.sql("UPDATE institution SET closed_on = NULL").then().block();
        at("2026-12-30");
        store = chain.get("/stores?limit=1").body().at("/items/0/pharmacyId").asString();
        drug = acarbose();
        assertThat(reported().status()).isEqualTo(200);
    }

    private Answer reported() {
        return reported(chain, store);
    }

    private Answer reported(Api seller, String place) {
        return seller.post("/stock-reports", Map.of("reports", List.of(Map.of("storeId", place, "drugId", drug,
                "quantity", 3, "retailPriceFen", 1580, "reportedAt", OffsetDateTime.now(clock).toString()))), null);
    }

    private Answer ordered() {
        return chain.post("/orders", Map.of("supplierId",
                chain.get("/suppliers").body().at("/items/0/supplierId").asString(), "lines",
                List.of(Map.of("storeId", store, "drugId", drug, "quantity", 1))), null);
    }

    /** By the office's file: all as it is, and a day of closing. */
    private void closedFrom(String day) {
        JsonNode place = chain.get("/pharmacies/" + store).body();
        String org = Objects.requireNonNull(
                database.sql("SELECT c.org FROM institution i JOIN chain c ON c.id = i.chain_id WHERE i.id = :id")
                        .bind("id", UUID.fromString(store)).map(row -> row.get(0, String.class)).one().block());
        Api city = Api.as(port, Who.CITY);
        Answer previewed = city.upload("/catalogue-imports?kind=institutions", "text/csv",
                "code,name,kind,account,address,areaCode,phone,insuranceAccepted,lat,lon,coordType,hours,closedOn\n"
                        + String.join(",", store, place.path("name").asString(), "store", org,
                                place.path("address").asString(), place.path("areaCode").asString(),
                                place.path("phone").asString(), "是", place.at("/position/lat").asString(),
                                place.at("/position/lon").asString(), "wgs84", "00:00-24:00", day)
                        + "\n");
        assertThat(previewed.body().path("bad").asInt()).as("%s", previewed).isZero();
        Answer applied = city.post("/catalogue-imports/" + previewed.body().path("importId").asString()
                + "/application", Map.of("takeQuestioned", true), previewed.tag());
        assertThat(applied.body().path("taken").asInt()).as("%s", applied).isEqualTo(1);
    }

    private boolean isFirst(String path) {
        JsonNode place = chain.get("/pharmacies/" + store).body();
        return chain.get(path + "lat=" + place.at("/position/lat").asString() + "&lon="
                + place.at("/position/lon").asString() + "&coordType=wgs84").body().path("items").valueStream()
                .anyMatch(item -> item.at("/pharmacy/pharmacyId").asString().equals(store));
    }

    private boolean isOnTheMap(String more) {
        JsonNode at = chain.get("/pharmacies/" + store).body().path("position");
        double lat = at.path("lat").asDouble();
        double lon = at.path("lon").asDouble();
        return chain.get("/pharmacy-map?zoom=18&coordType=wgs84&bbox=" + (lon - 0.0001) + "," + (lat - 0.0001) + ","
                + (lon + 0.0001) + "," + (lat + 0.0001) + more).body().path("features").valueStream()
                .anyMatch(feature -> feature.at("/properties/pharmacyId").asString().equals(store));
    }

    private long flags() {
        return Objects.requireNonNull(database.sql("SELECT count(*) FROM price_flag WHERE institution_id = :id")
                .bind("id", UUID.fromString(store)).map(row -> row.get(0, Long.class)).one().block());
    }

    @Test
    void fromItsLastDayOnNobodyIsSentThereAndItNeitherBuysNorReports() {
        closedFrom("2027-01-01");
        at("2026-12-31");
        assertThat(reported().status()).isEqualTo(200);
        assertThat(ordered().status()).isEqualTo(201);
        assertThat(clear.sweep().block()).isZero();
        assertThat(isFirst("/pharmacies/nearby?")).isTrue();
        assertThat(isFirst("/pharmacies/nearby?drugId=" + drug + "&")).isTrue();
        assertThat(isOnTheMap("")).isTrue();
        assertThat(chain.get("/pharmacies/" + store).body().path("openNow").asBoolean()).isTrue();
        assertThat(flags()).isPositive();
        at("2027-01-01");
        assertThat(isFirst("/pharmacies/nearby?")).isFalse();
        assertThat(isOnTheMap("")).isFalse();
        assertThat(chain.get("/pharmacies/" + store).body().path("openNow").asBoolean()).isFalse();
        assertThat(chain.get("/pharmacies/" + store).body().path("closedOn").asString()).isEqualTo("2027-01-01");
        assertThat(chain.get("/stores?limit=1").body().at("/items/0/pharmacyId").asString()).isNotEqualTo(store);
        assertThat(ordered().errors()).containsEntry("/lines/0/storeId", "unknown");
        assertThat(reported().errors()).containsEntry("/reports/0/storeId", "unknown");
        assertThat(clear.sweep().block()).isPositive();
        assertThat(isFirst("/pharmacies/nearby?drugId=" + drug + "&")).isFalse();
        assertThat(flags()).isZero();
        assertThat(clear.sweep().block()).isZero();
    }

    /** It has an account of its own. */
    @Test
    void aClinicThatHasClosedReportsNothingEither() {
        Api clinic = Api.as(port, Who.CLINIC);
        String own = clinic.get("/stores").body().at("/items/0/pharmacyId").asString();
        database.sql("UPDATE institution SET closed_on = '2027-01-01' WHERE id = :id").bind("id",
                UUID.fromString(own)).then().block();
        at("2026-12-31");
        assertThat(reported(clinic, own).status()).isEqualTo(200);
        assertThat(clinic.get("/stores").body().path("items")).hasSize(1);
        at("2027-01-01");
        assertThat(reported(clinic, own).errors()).containsEntry("/reports/0/storeId", "unknown");
        assertThat(clinic.get("/stores").body().path("items")).isEmpty();
    }

    @Test
    void aClosingIsTakenBackByWord() {
        closedFrom("2026-12-30");
        assertThat(reported().status()).isEqualTo(400);
        closedFrom("无");
        assertThat(reported().status()).isEqualTo(200);
    }

    @Test
    void aStoreThatHasLeftChainProcurementDoesNotBuy() {
        database.sql("UPDATE participation SET until = '2026-12-31' WHERE institution_id = :id")
                .bind("id", UUID.fromString(store)).then().block();
        at("2026-12-31");
        assertThat(ordered().status()).isEqualTo(201);
        at("2027-01-01");
        assertThat(ordered().errors()).containsEntry("/lines/0/storeId", "unknown");
        assertThat(reported().status()).as("it sells on").isEqualTo(200);
        database.sql("UPDATE participation SET until = NULL WHERE institution_id = :id")
                .bind("id", UUID.fromString(store)).then().block();
    }

    /** What is on its way is still decided on there; what was not sent is closed short. */
    @Test
    void nothingIsDeliveredThereAnyMore() {
        Answer placed = chain.post("/orders", Map.of("supplierId",
                chain.get("/suppliers").body().at("/items/0/supplierId").asString(), "lines",
                List.of(Map.of("storeId", store, "drugId", drug, "quantity", 20))), null);
        String order = "/orders/" + placed.body().path("orderId").asString();
        supplier.post(order + "/confirmation", null, placed.tag());
        Answer before = sent(order, 5);
        closedFrom("2026-12-30");
        assertThat(sent(order, 30).errors())
                .isEqualTo(Map.of("/storeId", "closed", "/lines/0/quantity", "above-order"));
        assertThat(chain.post("/deliveries/" + before.body().path("deliveryId").asString() + "/acceptance", null,
                before.tag()).status()).isEqualTo(200);
        assertThat(supplier.post(order + "/closure", Map.of("reason", "门店停业"), supplier.get(order).tag()).body()
                .path("state").asString()).isEqualTo("completed");
    }

    private Answer sent(String order, int packs) {
        return supplier.post(order + "/deliveries", Map.of("storeId", store, "lines", List.of(Map.of("lineNo", 1,
                "quantity", packs, "batchNo", "B1", "expiresOn", "2029-01-01"))), supplier.get(order).tag());
    }
}
