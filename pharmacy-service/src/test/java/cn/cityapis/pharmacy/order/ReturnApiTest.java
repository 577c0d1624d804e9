package cn.cityapis.pharmacy.order;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest(properties = "demo.data=true")
class ReturnApiTest {

    @LocalServerPort
    int port;
    @Autowired
    Clock clock;

    private Api chain;
    private Api supplier;
    private String delivery = "";
    private String settlement = "";

    /** Ten packs at 735 fen, accepted. */
    @BeforeEach
    void acceptADelivery() {
        chain = Api.as(port, Who.CHAIN);
        supplier = Api.as(port, Who.SUPPLIER);
        Answer made = delivered();
        delivery = path(made, "/deliveries/", "deliveryId");
        settlement = path(chain.post(delivery + "/acceptance", null, made.tag()), "/settlements/", "settlementId");
    }

    private Answer delivered() {
        String store = chain.get("/stores?limit=1").body().at("/items/0/pharmacyId").asString();
        Answer placed = chain.post("/orders", Map.of("supplierId",
                chain.get("/suppliers").body().at("/items/0/supplierId").asString(), "lines",
                List.of(Map.of("storeId", store, "drugId",
                        chain.get("/drugs?q=akbtp").body().at("/items/0/drugId").asString(), "quantity", 10))),
                null);
        String order = "/orders/" + placed.body().path("orderId").asString();
        Answer confirmed = supplier.post(order + "/confirmation", null, placed.tag());
        return supplier.post(order + "/deliveries", Map.of("storeId", store, "lines", List.of(Map.of("lineNo", 1,
                "quantity", 10, "batchNo", "B1", "expiresOn", LocalDate.now(clock).plusYears(1).toString()))),
                confirmed.tag());
    }

    private static String path(Answer made, String before, String id) {
        return before + made.body().path(id).asString();
    }

    private Answer back(int packs) {
        return back(delivery, packs);
    }

    private Answer back(String delivery, int packs) {
        return chain.post(delivery + "/returns", Map.of("reason", "临近效期", "lines",
                List.of(Map.of("lineNo", 1, "batchNo", "B1", "quantity", packs))), null);
    }

    private static String path(Answer made) {
        return path(made, "/returns/", "returnId");
    }

    @Test
    void whatIsConfirmedIsCreditedAndLowersWhatIsOwed() {
        Answer asked = back(4);
        assertThat(asked.status()).as("%s", asked).isEqualTo(201);
        assertThat(asked.body().path("amountFen").asLong()).isEqualTo(4 * 735);
        assertThat(chain.get(settlement).body().path("payableFen").asLong()).isEqualTo(10 * 735);
        Answer confirmed = supplier.post(path(asked) + "/confirmation", null, asked.tag());
        assertThat(confirmed.body().path("state").asString()).isEqualTo("confirmed");
        assertThat(chain.get(settlement).body().path("payableFen").asLong()).isEqualTo(6 * 735);
        assertThat(supplier.post(path(asked) + "/confirmation", null, confirmed.tag()).code())
                .isEqualTo("return-state");
        assertThat(supplier.post(path(asked) + "/refusal", Map.of("reason", "r"), asked.tag()).status()).isEqualTo(412);
        chain.post(settlement + "/payment", Map.of("paidOn", LocalDate.now(clock).toString(), "reference", "P"),
                chain.get(settlement).tag());
        Answer later = back(1);
        supplier.post(path(later) + "/confirmation", null, later.tag());
        assertThat(chain.get(settlement).body().path("refundDueFen").asLong()).isEqualTo(735);
        assertThat(chain.get(delivery).body().at("/lines/0/returned").asInt()).isEqualTo(5);
    }

    @Test
    void aRefusalGivesThePacksBackAndNoMoreThanWasDeliveredGoesBack() {
        Answer all = back(10);
        assertThat(back(1).errors()).isEqualTo(Map.of("/lines/0/quantity", "above-delivery"));
        Answer refused = supplier.post(path(all) + "/refusal", Map.of("reason", "超过退货期"), all.tag());
        assertThat(refused.body().path("refusalReason").asString()).isEqualTo("超过退货期");
        assertThat(back(11).errors()).isEqualTo(Map.of("/lines/0/quantity", "above-delivery"));
        assertThat(back(10).status()).isEqualTo(201);
    }

    /** Eight at once ask for three of ten packs each: three of them get it. */
    @Test
    void whoeverAsksAtOnceGetsNoMoreThanThereIs() throws Exception {
        try (var senders = Executors.newFixedThreadPool(8)) {
            List<Callable<Answer>> asks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                asks.add(() -> back(3));
            }
            int taken = 0;
            for (var answer : senders.invokeAll(asks)) {
                assertThat(answer.get().status()).isIn(201, 400);
                taken += answer.get().status() == 201 ? 1 : 0;
            }
            assertThat(taken).isEqualTo(3);
        }
        assertThat(chain.get(delivery).body().at("/lines/0/returned").asInt()).isEqualTo(9);
    }

    @Test
    void strangersSeeNothingAndWhatIsNotAcceptedDoesNotGoBack() {
        Answer asked = back(1);
        for (Who who : List.of(Who.OTHER_CHAIN, Who.OTHER_SUPPLIER)) {
            assertThat(Api.as(port, who).get(path(asked)).status()).isEqualTo(404);
            assertThat(Api.as(port, who).get("/returns").body().path("items")).isEmpty();
        }
        assertThat(Api.as(port, Who.CITY).get(path(asked)).status()).isEqualTo(200);
        assertThat(Api.as(port, Who.OTHER_SUPPLIER).post(path(asked) + "/confirmation", null, asked.tag()).status())
                .isEqualTo(404);
        assertThat(Api.as(port, Who.OTHER_CHAIN).post(delivery + "/returns", Map.of("reason", "r", "lines",
                List.of(Map.of("lineNo", 1, "batchNo", "B1", "quantity", 1))), null).status()).isEqualTo(404);
        assertThat(supplier.post(path(asked) + "/confirmation", null, null).status()).isEqualTo(428);
        assertThat(chain.get("/returns?cursor=c1.eA").code()).isEqualTo("invalid-cursor");
        assertThat(back(path(delivered(), "/deliveries/", "deliveryId"), 1).code()).isEqualTo("delivery-state");
    }
}
