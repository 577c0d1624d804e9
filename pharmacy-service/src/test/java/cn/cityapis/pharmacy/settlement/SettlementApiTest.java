package cn.cityapis.pharmacy.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest(properties = "demo.data=true")
class SettlementApiTest {

    @LocalServerPort
    int port;
    @Autowired
    Clock clock;

    private Api chain;
    private String settlement = "";

    @BeforeEach
    void acceptADelivery() {
        chain = Api.as(port, Who.CHAIN);
        Api supplier = Api.as(port, Who.SUPPLIER);
        String store = chain.get("/stores?limit=1").body().path("items").path(0).path("pharmacyId").asString();
        String drug = chain.get("/drugs?q=akbtp").body().path("items").path(0).path("drugId").asString();
        String supplierId = chain.get("/suppliers").body().path("items").path(0).path("supplierId").asString();
        Answer placed = chain.post("/orders", Map.of("supplierId", supplierId, "lines",
                List.of(Map.of("storeId", store, "drugId", drug, "quantity", 4))), null);
        String order = "/orders/" + placed.body().path("orderId").asString();
        Answer confirmed = supplier.post(order + "/confirmation", null, placed.tag());
        Answer delivery = supplier.post(order + "/deliveries", Map.of("storeId", store, "lines",
                List.of(Map.of("lineNo", 1, "quantity", 4, "batchNo", "B1", "expiresOn",
                        LocalDate.now(clock).plusYears(1).toString()))),
                confirmed.tag());
        settlement = "/settlements/" + chain.post("/deliveries/" + delivery.body().path("deliveryId").asString()
                + "/acceptance", null, delivery.tag()).body().path("settlementId").asString();
    }

    private Map<String, String> payment(LocalDate day) {
        return Map.of("paidOn", day.toString(), "reference", "DEMO-PAY-1");
    }

    @Test
    void isSeenByBuyerSupplierAndCityOnly() {
        for (Who who : List.of(Who.CHAIN, Who.SUPPLIER, Who.CITY)) {
            assertThat(Api.as(port, who).get(settlement).body().path("amountFen").asLong()).isEqualTo(4 * 735);
            assertThat(Api.as(port, who).get("/settlements?state=due&limit=100").body().path("items"))
                    .anyMatch(row -> settlement.endsWith(row.path("settlementId").asString()));
        }
        for (Who who : List.of(Who.OTHER_CHAIN, Who.OTHER_SUPPLIER)) {
            assertThat(Api.as(port, who).get(settlement).status()).isEqualTo(404);
            assertThat(Api.as(port, who).get("/settlements?limit=100").body().path("items"))
                    .noneMatch(row -> settlement.endsWith(row.path("settlementId").asString()));
        }
        assertThat(Api.as(port, Who.OTHER_CHAIN).post(settlement + "/payment", payment(LocalDate.now(clock)), "\"0\"")
                .status()).isEqualTo(404);
    }

    @Test
    void isPaidOnce() {
        String tag = chain.get(settlement).tag();
        Answer paid = chain.post(settlement + "/payment", payment(LocalDate.now(clock)), tag);
        assertThat(paid.body().path("state").asString()).isEqualTo("paid");
        assertThat(chain.post(settlement + "/payment", payment(LocalDate.now(clock)), tag).status()).isEqualTo(412);
        Answer again = chain.post(settlement + "/payment", payment(LocalDate.now(clock)), paid.tag());
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("settlement-state");
        assertThat(chain.get("/settlements?state=due&limit=100").body().path("items"))
                .noneMatch(row -> settlement.endsWith(row.path("settlementId").asString()));
    }

    @Test
    void isPaidOnceHoweverManyTry() throws Exception {
        String tag = chain.get(settlement).tag();
        List<Callable<Integer>> clerks = IntStream.range(0, 10).<Callable<Integer>>mapToObj(i -> () -> chain
                .post(settlement + "/payment", payment(LocalDate.now(clock)), tag).status()).toList();
        try (var pool = Executors.newFixedThreadPool(10)) {
            List<Integer> statuses = pool.invokeAll(clerks).stream().map(f -> f.resultNow()).toList();
            assertThat(statuses).containsOnlyOnce(200).allMatch(s -> s == 200 || s == 412);
        }
        assertThat(chain.get(settlement).body().path("payments")).hasSize(1);
    }

    @Test
    void refusesWhatMakesNoSense() {
        String tag = chain.get(settlement).tag();
        assertThat(chain.post(settlement + "/payment", payment(LocalDate.now(clock).plusDays(1)), tag).errors())
                .containsEntry("/paidOn", "out-of-range");
        assertThat(chain.post(settlement + "/payment", payment(LocalDate.now(clock).minusDays(1)), tag).errors())
                .containsEntry("/paidOn", "out-of-range");
        assertThat(chain.post(settlement + "/payment", Map.of("paidOn", "yesterday"), tag).errors().keySet())
                .containsExactlyInAnyOrder("/paidOn", "/reference");
        assertThat(chain.post(settlement + "/payment", payment(LocalDate.now(clock)), null).status()).isEqualTo(428);
        assertThat(chain.get("/settlements/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(chain.get("/settlements/x").status()).isEqualTo(400);
        assertThat(chain.get("/settlements?state=x").errors()).containsEntry("?state", "invalid-value");
        assertThat(chain.get("/settlements?cursor=c1.eA").code()).isEqualTo("invalid-cursor");
    }
}
