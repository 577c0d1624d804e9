package cn.cityapis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.e2e.Api.Answer;
import cn.cityapis.stack.demo.DemoIdentity;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import tools.jackson.databind.JsonNode;

/** Step 6: from the nearest pharmacy to the settlement and the price flag. */
final class PharmacyStep {

    private static final String API = "/api/pharmacy/v1";
    private static final long PROCURED_FEN = 735;

    private final Callers callers;
    private final Api chain;
    private final Api supplier;

    PharmacyStep(Callers callers) {
        this.callers = callers;
        this.chain = callers.as(DemoIdentity.CHAIN);
        this.supplier = callers.as(DemoIdentity.SUPPLIER);
    }

    /** @return id of the medicine */
    String findsTheNearestAtTheProcuredPrice() {
        Answer found = callers.as(DemoIdentity.APP)
                .get(API + "/pharmacies/nearby?lat=37.5018&lon=122.1213&coordType=gcj02&q="
                        + Api.encoded("阿卡波糖片") + "&atProcuredPrice=true&limit=5")
                .expect(200);
        assertThat(found.number("drugs.0.procuredPriceFen")).isEqualTo(PROCURED_FEN);
        assertThat(found.at("items")).hasSize(5);
        long distance = 0;
        for (JsonNode item : found.at("items")) {
            assertThat(item.path("distanceM").asLong()).isGreaterThanOrEqualTo(distance);
            assertThat(item.path("offer").path("retailPriceFen").asLong()).isLessThanOrEqualTo(PROCURED_FEN);
            assertThat(item.path("pharmacy").path("position").path("coordType").asString()).isEqualTo("gcj02");
            distance = item.path("distanceM").asLong();
        }
        return found.text("drugs.0.drugId");
    }

    void seesSwappedCoordinatesRefused() {
        Answer refused = callers.as(DemoIdentity.APP)
                .get(API + "/pharmacies/nearby?lat=122.1213&lon=37.5018&coordType=gcj02&q=akbt")
                .expectProblem(400, "validation-failed");
        assertThat(refused.text("errors.0.code")).isEqualTo("coordinates-swapped");
    }

    /** Places, confirms, delivers and accepts an order. @return path of the settlement that is due */
    String orders(String drugId) {
        String store = chain.get(API + "/stores?limit=2").expect(200).text("items.0.pharmacyId");
        String seller = chain.get(API + "/suppliers").expect(200).text("items.0.supplierId");
        String order = """
                {"supplierId":"%s","lines":[{"storeId":"%s","drugId":"%s","quantity":20}]}""".formatted(seller, store,
                drugId);
        Answer placed = chain.post(API + "/orders", order).expect(201);
        assertThat(placed.number("totalFen")).isEqualTo(20 * PROCURED_FEN);
        String path = API + "/orders/" + placed.text("orderId");
        Answer confirmed = supplier.post(path + "/confirmation", "", placed.etag()).expect(200);
        Answer delivered = supplier.post(path + "/deliveries", """
                {"storeId":"%s","lines":[{"lineNo":1,"quantity":20,"batchNo":"DEMO260101","expiresOn":"2030-06-30"}]}"""
                .formatted(store), confirmed.etag()).expect(201);
        Answer accepted = chain.post(API + "/deliveries/" + delivered.text("deliveryId") + "/acceptance", "",
                delivered.etag()).expect(200);
        assertThat(chain.get(path).expect(200).text("state")).isEqualTo("completed");
        return API + "/settlements/" + accepted.text("settlementId");
    }

    void seesTheSettlementDueWithinThirtyDays(String settlement) {
        Answer due = chain.get(settlement).expect(200);
        assertThat(due.number("amountFen")).isEqualTo(20 * PROCURED_FEN);
        assertThat(due.number("termDays")).isEqualTo(30);
        assertThat(due.text("state")).isEqualTo("due");
        LocalDate accepted = LocalDate.parse(due.text("acceptedOn"));
        assertThat(LocalDate.parse(due.text("dueOn"))).isBetween(accepted.plusDays(30), accepted.plusDays(40));
    }

    void seesAPharmacyFlaggedThatSellsAbove(String drugId, OffsetDateTime now) {
        String store = chain.get(API + "/stores?limit=2").expect(200).text("items.1.pharmacyId");
        Answer reported = chain.post(API + "/stock-reports", """
                {"reports":[{"storeId":"%s","drugId":"%s","quantity":8,"retailPriceFen":9800,"reportedAt":"%s"}]}"""
                .formatted(store, drugId, now)).expect(200);
        assertThat(reported.number("red")).isEqualTo(1);
        Answer flags = callers.as(DemoIdentity.CITY).get(API + "/price-flags?level=red&limit=100&drugId=" + drugId)
                .expect(200);
        assertThat(flags.at("items")).anySatisfy(flag -> {
            assertThat(flag.path("pharmacyId").asString()).isEqualTo(store);
            assertThat(flag.path("retailPriceFen").asLong()).isEqualTo(9800);
            assertThat(flag.path("procuredPriceFen").asLong()).isEqualTo(PROCURED_FEN);
        });
    }
}
