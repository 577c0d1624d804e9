package cn.cityapis.pharmacy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Step 6 of the walk-through, as its callers would do it. */
@ServiceTest(properties = "demo.data=true")
class WalkThroughApiTest {

    @LocalServerPort
    int port;

    @Test
    void fromTheNearestPharmacyToTheSettlementAndTheFlag() {
        JsonNode drug = findsTheNearestAtTheProcuredPrice();
        Api chain = Api.as(port, Who.CHAIN);
        Api supplier = Api.as(port, Who.SUPPLIER);
        String store = chain.get("/stores?limit=1").body().path("items").path(0).path("pharmacyId").asString();
        String supplierId = chain.get("/suppliers").body().path("items").path(0).path("supplierId").asString();
        String drugId = drug.path("drugId").asString();

        Answer placed = chain.post("/orders", Map.of("supplierId", supplierId, "lines",
                List.of(Map.of("storeId", store, "drugId", drugId, "quantity", 20))), null);
        assertThat(placed.status()).as("%s", placed).isEqualTo(201);
        assertThat(placed.body().path("totalFen").asLong()).isEqualTo(20 * 735);
        String order = "/orders/" + placed.body().path("orderId").asString();

        Answer confirmed = supplier.post(order + "/confirmation", null, placed.tag());
        assertThat(confirmed.body().path("state").asString()).as("%s", confirmed).isEqualTo("confirmed");
        Answer first = deliver(supplier, order, confirmed.tag(), store, 15);
        Answer second = deliver(supplier, order, supplier.get(order).tag(), store, 5);

        Answer accepted = accept(chain, first);
        assertThat(chain.get(order).body().path("state").asString()).isEqualTo("confirmed");
        accept(chain, second);
        assertThat(chain.get(order).body().path("state").asString()).isEqualTo("completed");
        paysInTime(chain, accepted.body().path("settlementId").asString());
        isFlaggedWhenItSellsAbove(chain, store, drugId);
    }

    private JsonNode findsTheNearestAtTheProcuredPrice() {
        Answer found = Api.as(port, Who.APP).get("/pharmacies/nearby?lat=37.5018&lon=122.1213&coordType=gcj02"
                + "&q={q}&atProcuredPrice=true&limit=5", "阿卡波糖片");
        assertThat(found.status()).as("%s", found).isEqualTo(200);
        assertThat(found.body().path("items")).hasSize(5).allSatisfy(item -> {
            assertThat(item.path("distanceM").asLong()).isLessThan(5000);
            assertThat(item.path("offer").path("retailPriceFen").asLong()).isLessThanOrEqualTo(735);
            assertThat(item.path("offer").path("atProcuredPrice").asBoolean()).isTrue();
            assertThat(item.path("offer").path("savedFen").asLong()).isGreaterThanOrEqualTo(5580 - 735);
            assertThat(item.path("pharmacy").path("position").path("coordType").asString()).isEqualTo("gcj02");
        });
        return found.body().path("drugs").path(0);
    }

    private static Answer deliver(Api supplier, String order, String tag, String store, int quantity) {
        Answer made = supplier.post(order + "/deliveries", Map.of("storeId", store, "lines",
                List.of(Map.of("lineNo", 1, "quantity", quantity, "batchNo", "DEMO260101", "expiresOn",
                        LocalDate.now().plusYears(2).toString()))),
                tag);
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        return made;
    }

    private static Answer accept(Api chain, Answer delivery) {
        Answer accepted = chain.post("/deliveries/" + delivery.body().path("deliveryId").asString() + "/acceptance",
                null, delivery.tag());
        assertThat(accepted.status()).as("%s", accepted).isEqualTo(200);
        assertThat(accepted.body().path("state").asString()).isEqualTo("accepted");
        return accepted;
    }

    private static void paysInTime(Api chain, String settlementId) {
        Answer due = chain.get("/settlements/" + settlementId);
        assertThat(due.body().path("amountFen").asLong()).isEqualTo(15 * 735);
        LocalDate accepted = LocalDate.parse(due.body().path("acceptedOn").asString());
        assertThat(LocalDate.parse(due.body().path("dueOn").asString()))
                .isBetween(accepted.plusDays(30), accepted.plusDays(40));
        Answer paid = chain.post("/settlements/" + settlementId + "/payment",
                Map.of("paidOn", accepted.toString(), "reference", "DEMO-PAY-0001"), due.tag());
        assertThat(paid.body().path("state").asString()).as("%s", paid).isEqualTo("paid");
    }

    private void isFlaggedWhenItSellsAbove(Api chain, String store, String drugId) {
        Answer reported = chain.post("/stock-reports", Map.of("reports", List.of(Map.of("storeId", store, "drugId",
                drugId, "quantity", 8, "retailPriceFen", 9800, "reportedAt", OffsetDateTime.now().toString()))), null);
        assertThat(reported.body().path("red").asInt()).as("%s", reported).isEqualTo(1);
        Answer flags = Api.as(port, Who.CITY).get("/price-flags?level=red&limit=100&drugId=" + drugId);
        assertThat(flags.body().path("items")).anySatisfy(flag -> {
            assertThat(flag.path("pharmacyId").asString()).isEqualTo(store);
            assertThat(flag.path("retailPriceFen").asLong()).isEqualTo(9800);
        });
        assertThat(Api.as(port, Who.CITY).get("/price-cases?limit=100").body().path("items"))
                .anySatisfy(c -> assertThat(c.path("pharmacyId").asString()).isEqualTo(store));
    }
}
