package cn.cityapis.pharmacy.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;

@ServiceTest(properties = "demo.data=true")
class OrderApiTest {

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;

    private Api chain;
    private Api supplier;
    private String store = "";
    private String otherStore = "";
    private String drug = "";
    private String supplierId = "";

    @BeforeEach
    void lookAround() {
        chain = Api.as(port, Who.CHAIN);
        supplier = Api.as(port, Who.SUPPLIER);
        store = chain.get("/stores?limit=1").body().path("items").path(0).path("pharmacyId").asString();
        otherStore = Api.as(port, Who.OTHER_CHAIN).get("/stores?limit=1").body().path("items").path(0)
                .path("pharmacyId").asString();
        drug = chain.get("/drugs?q=akbtp").body().path("items").path(0).path("drugId").asString();
        supplierId = chain.get("/suppliers").body().path("items").path(0).path("supplierId").asString();
    }

    private Map<String, Object> order(String storeId, String drugId, Object quantity) {
        return Map.of("supplierId", supplierId, "lines",
                List.of(Map.of("storeId", storeId, "drugId", drugId, "quantity", quantity)));
    }

    private String placed() {
        Answer placed = chain.post("/orders", order(store, drug, 20), null);
        assertThat(placed.status()).as("%s", placed).isEqualTo(201);
        return "/orders/" + placed.body().path("orderId").asString();
    }

    private String confirmed() {
        String order = placed();
        supplier.post(order + "/confirmation", null, supplier.get(order).tag());
        return order;
    }

    private Map<String, Object> goods(int quantity) {
        return Map.of("storeId", store, "lines", List.of(Map.of("lineNo", 1, "quantity", quantity, "batchNo", "B1",
                "expiresOn", LocalDate.now().plusYears(1).toString())));
    }

    private Answer delivered(String order, int quantity) {
        return supplier.post(order + "/deliveries", goods(quantity), supplier.get(order).tag());
    }

    private static String path(Answer delivery) {
        return "/deliveries/" + delivery.body().path("deliveryId").asString();
    }

    @Test
    void isSplitByStoreAndSeenByBothSidesAndTheCity() {
        String second = chain.get("/stores?limit=2").body().path("items").path(1).path("pharmacyId").asString();
        Answer placed = chain.post("/orders", Map.of("supplierId", supplierId, "lines", List.of(
                Map.of("storeId", store, "drugId", drug, "quantity", 2),
                Map.of("storeId", second, "drugId", drug, "quantity", 3))), null);
        assertThat(placed.body().path("stores")).hasSize(2);
        assertThat(placed.body().path("totalFen").asLong()).isEqualTo(5 * 735);
        String order = "/orders/" + placed.body().path("orderId").asString();
        for (Who who : List.of(Who.CHAIN, Who.SUPPLIER, Who.CITY)) {
            assertThat(Api.as(port, who).get(order).body()).isEqualTo(placed.body());
            assertThat(Api.as(port, who).get("/orders?limit=100&state=placed").body().path("items"))
                    .anyMatch(row -> order.endsWith(row.path("orderId").asString()));
        }
    }

    @Test
    void othersDoNotLearnThatItExists() {
        String order = confirmed();
        String delivery = path(delivered(order, 1));
        for (Who who : List.of(Who.OTHER_CHAIN, Who.OTHER_SUPPLIER)) {
            assertThat(Api.as(port, who).get(order).status()).isEqualTo(404);
            assertThat(Api.as(port, who).get(delivery).status()).isEqualTo(404);
            assertThat(Api.as(port, who).get("/orders?limit=100").body().path("items"))
                    .noneMatch(row -> order.endsWith(row.path("orderId").asString()));
        }
        Api otherSupplier = Api.as(port, Who.OTHER_SUPPLIER);
        assertThat(otherSupplier.post(order + "/confirmation", null, "\"1\"").status()).isEqualTo(404);
        assertThat(otherSupplier.post(order + "/refusal", Map.of("reason", "x"), "\"1\"").status()).isEqualTo(404);
        assertThat(otherSupplier.post(order + "/deliveries", goods(1), "\"1\"").status()).isEqualTo(404);
        Api otherChain = Api.as(port, Who.OTHER_CHAIN);
        assertThat(otherChain.post(delivery + "/acceptance", null, "\"0\"").status()).isEqualTo(404);
        assertThat(otherChain.post(delivery + "/rejection", Map.of("reason", "x"), "\"0\"").status()).isEqualTo(404);
    }

    @Test
    void namesEverythingWrongWithAnOrder() {
        Answer refused = chain.post("/orders", Map.of("supplierId", UUID.randomUUID().toString(), "lines", List.of(
                Map.of("storeId", otherStore, "drugId", drug, "quantity", 1),
                Map.of("storeId", store, "drugId", UUID.randomUUID().toString(), "quantity", 1))), null);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errors()).isEqualTo(Map.of("/supplierId", "unknown", "/lines/0/storeId", "unknown",
                "/lines/1/drugId", "not-awarded"));
        assertThat(chain.post("/orders", order(store, drug, 0), null).errors())
                .containsEntry("/lines/0/quantity", "out-of-range");
        assertThat(chain.post("/orders", order(store, drug, "many"), null).errors())
                .containsEntry("/lines/0/quantity", "wrong-type");
        assertThat(chain.post("/orders", order(store, drug, 100_001), null).errors())
                .containsEntry("/lines/0/quantity", "out-of-range");
        assertThat(chain.post("/orders", Map.of(), null).errors().keySet()).contains("/supplierId", "/lines");
        assertThat(chain.post("/orders", null, null).status()).isEqualTo(400);
    }

    @Test
    void aRepeatedKeyPlacesOneOrder() {
        String key = UUID.randomUUID().toString();
        Answer first = chain.post("/orders", order(store, drug, 7), null, key);
        Answer again = chain.post("/orders", order(store, drug, 7), null, key);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.tag()).isEqualTo(first.tag());
        assertThat(chain.post("/orders", order(store, drug, 8), null, key).code()).isEqualTo("idempotency-key-reused");
        assertThat(chain.post("/orders", order(store, drug, 7), null, null).code())
                .isEqualTo("idempotency-key-missing");
    }

    @Test
    void aChangeNeedsTheVersionThatWasSeen() {
        String order = placed();
        assertThat(supplier.post(order + "/confirmation", null, null).status()).isEqualTo(428);
        assertThat(supplier.post(order + "/confirmation", null, "\"99\"").status()).isEqualTo(412);
        assertThat(supplier.post(order + "/refusal", Map.of("reason", "x"), null).status()).isEqualTo(428);
        String delivery = path(delivered(confirmed(), 1));
        assertThat(chain.post(delivery + "/acceptance", null, null).status()).isEqualTo(428);
        assertThat(chain.post(delivery + "/rejection", Map.of("reason", "x"), "\"5\"").status()).isEqualTo(412);
    }

    @Test
    void aRefusedOrderIsOver() {
        String order = placed();
        Answer refused = supplier.post(order + "/refusal", Map.of("reason", "暂时缺货"), supplier.get(order).tag());
        assertThat(refused.body().path("refusalReason").asString()).isEqualTo("暂时缺货");
        for (Answer late : List.of(supplier.post(order + "/confirmation", null, refused.tag()),
                supplier.post(order + "/deliveries", goods(1), refused.tag()))) {
            assertThat(late.status()).isEqualTo(409);
            assertThat(late.code()).isEqualTo("order-state");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "bell\u0007"})
    void aReasonSaysSomething(String reason) {
        String order = placed();
        assertThat(supplier.post(order + "/refusal", Map.of("reason", reason), "\"0\"").errors())
                .containsKey("/reason");
    }

    @Test
    void moreThanWasOrderedIsNotDelivered() {
        String order = confirmed();
        assertThat(delivered(order, 21).errors()).containsEntry("/lines/0/quantity", "above-order");
        assertThat(delivered(order, 20).status()).isEqualTo(201);
        assertThat(delivered(order, 1).errors()).containsEntry("/lines/0/quantity", "above-order");
        assertThat(supplier.post(order + "/deliveries", Map.of("storeId", otherStore, "lines", List.of()), "\"2\"")
                .errors()).containsEntry("/lines", "size");
    }

    @Test
    void whatIsRejectedMayBeDeliveredAgain() {
        String order = confirmed();
        Answer delivery = delivered(order, 20);
        Answer rejected = chain.post(path(delivery) + "/rejection", Map.of("reason", "包装破损"), delivery.tag());
        assertThat(rejected.body().path("state").asString()).isEqualTo("rejected");
        assertThat(rejected.body().has("settlementId")).isFalse();
        assertThat(chain.post(path(delivery) + "/acceptance", null, rejected.tag()).code())
                .isEqualTo("delivery-state");
        assertThat(delivered(order, 20).status()).isEqualTo(201);
    }

    /** Ten clerks accept the same delivery at once: one settlement, and nobody is told that it failed inside. */
    @Test
    void isAcceptedOnceHoweverManyTry() throws Exception {
        Answer delivery = delivered(confirmed(), 20);
        List<Callable<Integer>> clerks = IntStream.range(0, 10).<Callable<Integer>>mapToObj(
                i -> () -> chain.post(path(delivery) + "/acceptance", null, delivery.tag()).status()).toList();
        try (var pool = Executors.newFixedThreadPool(10)) {
            List<Integer> statuses = pool.invokeAll(clerks).stream().map(f -> f.resultNow()).toList();
            assertThat(statuses).containsOnlyOnce(200).allMatch(s -> s == 200 || s == 412);
        }
        assertThat(settlements(delivery)).isEqualTo(1);
    }

    private long settlements(Answer delivery) {
        return Objects.requireNonNull(database.sql("SELECT count(*) FROM settlement WHERE delivery_id = :d")
                .bind("d", UUID.fromString(delivery.body().path("deliveryId").asString()))
                .map(r -> r.get(0, Long.class)).one().block());
    }

    @Test
    void theDatabaseItselfRefusesQuantitiesThatDoNotHold() {
        String id = placed().replace("/orders/", "");
        for (String change : List.of("delivered = 21", "accepted = 1", "delivered = -1", "ordered = 0")) {
            assertThatThrownBy(() -> database.sql("UPDATE order_line SET " + change + " WHERE order_id = :id")
                    .bind("id", UUID.fromString(id)).then().block())
                    .as(change).isInstanceOf(DataIntegrityViolationException.class);
        }
        assertThatThrownBy(() -> database.sql("UPDATE order_line SET store_id = :s WHERE order_id = :id")
                .bind("s", UUID.fromString(otherStore)).bind("id", UUID.fromString(id)).then().block())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void unknownIdsStatesAndCursorsAreRefused() {
        String nobody = UUID.randomUUID().toString();
        assertThat(chain.get("/orders/" + nobody).status()).isEqualTo(404);
        assertThat(chain.get("/orders/7").status()).isEqualTo(400);
        assertThat(chain.get("/deliveries/" + nobody).status()).isEqualTo(404);
        assertThat(chain.get("/deliveries/7").status()).isEqualTo(400);
        assertThat(chain.get("/orders?state=lost").errors()).containsEntry("?state", "invalid-value");
        assertThat(chain.get("/orders?cursor=c1.eA").code()).isEqualTo("invalid-cursor");
        assertThat(supplier.post("/orders/" + nobody + "/confirmation", null, "\"0\"").status()).isEqualTo(404);
        assertThat(chain.post("/deliveries/" + nobody + "/acceptance", null, "\"0\"").status()).isEqualTo(404);
        assertThat(post("/deliveries/" + nobody + "/rejection", null)).isEqualTo(400);
    }

    private int post(String path, @Nullable Object body) {
        return chain.post(path, body, "\"0\"").status();
    }
}
