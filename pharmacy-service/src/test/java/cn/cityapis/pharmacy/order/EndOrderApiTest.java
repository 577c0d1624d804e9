package cn.cityapis.pharmacy.order;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.pharmacy.TradeScene;
import cn.cityapis.platform.test.ServiceTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Ways out of an order before all of it came. */
@ServiceTest(properties = "demo.data=true")
class EndOrderApiTest extends TradeScene {

    private static final Map<String, String> REASON = Map.of("reason", "数量填错");

    private String store() {
        return chain.get("/stores?limit=1").body().at("/items/0/pharmacyId").asString();
    }

    private Answer placed() {
        return chain.post("/orders", Map.of("supplierId",
                chain.get("/suppliers").body().at("/items/0/supplierId").asString(), "lines",
                List.of(Map.of("storeId", store(), "drugId", acarbose(), "quantity", 20))), null);
    }

    private static String path(Answer order) {
        return "/orders/" + order.body().path("orderId").asString();
    }

    private String confirmed() {
        Answer placed = placed();
        assertThat(supplier.post(path(placed) + "/confirmation", null, placed.tag()).status()).isEqualTo(200);
        return path(placed);
    }

    private Answer brought(String order, int packs) {
        return supplier.post(order + "/deliveries", Map.of("storeId", store(), "lines", List.of(Map.of("lineNo", 1,
                "quantity", packs, "batchNo", "B1", "expiresOn", LocalDate.now(clock).plusDays(10).toString()))),
                supplier.get(order).tag());
    }

    private static String delivery(Answer made) {
        return "/deliveries/" + made.body().path("deliveryId").asString();
    }

    private JsonNode line(String order) {
        return chain.get(order).body().at("/stores/0/lines/0");
    }

    private long events(String type, String subject) {
        return Objects
                .requireNonNull(database.sql("SELECT count(*) FROM outbox WHERE type = :type AND subject = :subject")
                        .bind("type", type).bind("subject", subject.substring(1)).mapValue(Long.class).one().block());
    }

    @Test
    void isCancelledByTheBuyerUntilItIsConfirmed() {
        Answer placed = placed();
        String order = path(placed);
        assertThat(Api.as(port, Who.OTHER_CHAIN).post(order + "/cancellation", REASON, placed.tag()).status())
                .isEqualTo(404);
        assertThat(chain.post(order + "/cancellation", REASON, "\"9\"").status()).isEqualTo(412);
        assertThat(chain.post(order + "/closure", REASON, placed.tag()).code()).as("nobody has confirmed it")
                .isEqualTo("order-state");
        Answer cancelled = chain.post(order + "/cancellation", REASON, placed.tag());
        assertThat(cancelled.body().path("state").asString()).as("%s", cancelled).isEqualTo("cancelled");
        assertThat(cancelled.body().path("cancellationReason").asString()).isEqualTo("数量填错");
        assertThat(events("pharmacy.order.cancelled", order)).isEqualTo(1);
        assertThat(chain.get("/orders?state=cancelled").body().at("/items/0/orderId").asString())
                .isEqualTo(placed.body().path("orderId").asString());
        assertThat(supplier.post(order + "/confirmation", null, cancelled.tag()).code()).isEqualTo("order-state");
        String confirmed = confirmed();
        assertThat(chain.post(confirmed + "/cancellation", REASON, chain.get(confirmed).tag()).code())
                .isEqualTo("order-state");
    }

    /** Nineteen of twenty came; the supplier has no more. */
    @Test
    void whatDoesNotComeAnyMoreIsClosedAndTheOrderIsDone() {
        String order = confirmed();
        Answer made = brought(order, 19);
        assertThat(chain.post(delivery(made) + "/acceptance", null, made.tag()).status()).isEqualTo(200);
        assertThat(supplier.post(order + "/closure", Map.of("reason", "停产", "lineNos", List.of(1, 2)),
                supplier.get(order).tag()).errors()).isEqualTo(Map.of("/lineNos/1", "unknown"));
        Answer closed = supplier.post(order + "/closure", Map.of("reason", "停产"), supplier.get(order).tag());
        assertThat(closed.body().path("state").asString()).as("%s", closed).isEqualTo("completed");
        assertThat(List.of(line(order).path("ordered").asInt(), line(order).path("accepted").asInt(),
                line(order).path("closed").asInt())).containsExactly(20, 19, 1);
        assertThat(line(order).path("closedBy").asString() + line(order).path("closingReason").asString())
                .isEqualTo("supplier停产");
        assertThat(events("pharmacy.order.closed-short", order)).isEqualTo(1);
        assertThat(brought(order, 1).code()).isEqualTo("order-state");
        assertThat(chain.post(order + "/closure", REASON, closed.tag()).code()).isEqualTo("order-state");
    }

    /** Of two lines one is closed: the other is still to come. */
    @Test
    void onlyTheLinesThatAreNamedAreClosed() {
        String other = chain.get("/drugs?limit=2").body().path("items").valueStream()
                .map(d -> d.path("drugId").asString()).filter(d -> !d.equals(acarbose())).findFirst().orElseThrow();
        Answer placed = chain.post("/orders", Map.of("supplierId",
                chain.get("/suppliers").body().at("/items/0/supplierId").asString(), "lines",
                List.of(Map.of("storeId", store(), "drugId", acarbose(), "quantity", 20),
                        Map.of("storeId", store(), "drugId", other, "quantity", 5))),
                null);
        String order = path(placed);
        Answer confirmed = supplier.post(order + "/confirmation", null, placed.tag());
        Answer closed = chain.post(order + "/closure", Map.of("reason", "不再需要", "lineNos", List.of(2)),
                confirmed.tag());
        assertThat(closed.body().at("/stores/0/lines").valueStream().map(l -> l.path("closed").asInt()))
                .as("%s", closed).containsExactly(0, 5);
        assertThat(closed.body().at("/stores/0/lines/1/closedBy").asString()).isEqualTo("chain");
        Answer made = brought(order, 20);
        assertThat(chain.post(delivery(made) + "/acceptance", null, made.tag()).status()).isEqualTo(200);
        assertThat(chain.get(order).body().path("state").asString()).isEqualTo("completed");
    }

    /** What is on its way when the rest is closed is decided on as ever; what is rejected is to come again, or is closed too. */
    @Test
    void whatIsOnItsWayIsNotClosed() {
        String order = confirmed();
        Answer made = brought(order, 12);
        Answer closed = chain.post(order + "/closure", Map.of("reason", "不再需要", "lineNos", List.of(1)),
                chain.get(order).tag());
        assertThat(closed.body().path("state").asString()).as("%s", closed).isEqualTo("confirmed");
        assertThat(line(order).path("closed").asInt()).isEqualTo(8);
        assertThat(brought(order, 1).errors()).isEqualTo(Map.of("/lines/0/quantity", "above-order"));
        assertThat(chain.post(order + "/closure", REASON, chain.get(order).tag()).code()).isEqualTo("order-state");
        String seen = chain.get(order).tag();
        chain.post(delivery(made) + "/rejection", REASON, made.tag());
        assertThat(chain.get(order).tag()).as("the order has changed").isNotEqualTo(seen);
        Answer again = brought(order, 12);
        assertThat(again.status()).isEqualTo(201);
        supplier.post(delivery(again) + "/withdrawal", REASON, again.tag());
        assertThat(chain.post(order + "/closure", REASON, chain.get(order).tag()).body().path("state").asString())
                .isEqualTo("completed");
        assertThat(line(order).path("closed").asInt()).isEqualTo(20);
    }

    @Test
    void aDeliveryThatNobodyDecidedOnIsTakenBackByItsSupplier() {
        String order = confirmed();
        Answer made = brought(order, 20);
        assertThat(events("pharmacy.delivery.made", delivery(made))).isEqualTo(1);
        assertThat(Api.as(port, Who.OTHER_SUPPLIER).post(delivery(made) + "/withdrawal", REASON, made.tag()).status())
                .isEqualTo(404);
        assertThat(supplier.post(delivery(made) + "/withdrawal", REASON, "\"9\"").status()).isEqualTo(412);
        String seen = supplier.get(order).tag();
        Answer withdrawn = supplier.post(delivery(made) + "/withdrawal", REASON, made.tag());
        assertThat(withdrawn.body().path("state").asString()).as("%s", withdrawn).isEqualTo("withdrawn");
        assertThat(withdrawn.body().path("withdrawalReason").asString()).isEqualTo("数量填错");
        assertThat(line(order).path("delivered").asInt()).isZero();
        assertThat(supplier.get(order).tag()).as("the order has changed").isNotEqualTo(seen);
        assertThat(chain.post(delivery(made) + "/acceptance", null, withdrawn.tag()).code())
                .isEqualTo("delivery-state");
        Answer again = brought(order, 20);
        Answer accepted = chain.post(delivery(again) + "/acceptance", null, again.tag());
        assertThat(supplier.post(delivery(again) + "/withdrawal", REASON, accepted.tag()).code())
                .isEqualTo("delivery-state");
    }

    /** It was good when it was brought. */
    @Test
    void whatHasExpiredMeanwhileIsNotAccepted() {
        Answer made = brought(confirmed(), 20);
        LocalDate brought = LocalDate.now(clock);
        at(brought.plusDays(10).toString());
        Answer refused = chain.post(delivery(made) + "/acceptance", null, made.tag());
        assertThat(refused.code()).as("%s", refused).isEqualTo("delivery-state");
        assertThat(refused.body().path("detail").asString()).contains("B1");
        at(brought.plusDays(9).toString());
        assertThat(chain.post(delivery(made) + "/acceptance", null, made.tag()).status()).isEqualTo(200);
    }
}
