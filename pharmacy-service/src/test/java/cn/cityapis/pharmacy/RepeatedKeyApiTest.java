package cn.cityapis.pharmacy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.platform.test.ServiceTest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Each call that creates or decides, sent twice with one key, and with the key on something else. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-bad-input"})
class RepeatedKeyApiTest {

    @LocalServerPort
    private int port;
    @Autowired
    private Clock clock;

    private Trade trade;

    @BeforeEach
    void setUp() {
        trade = Trade.of(port);
    }

    private static Answer twice(Api by, String path, @Nullable Object body, @Nullable String etag,
            @Nullable Object otherBody) {
        String key = UUID.randomUUID().toString();
        Answer first = by.post(path, body, etag, key);
        assertThat(first.status()).as("%s %s", path, first).isBetween(200, 299);
        assertThat(first.replayed()).isFalse();
        assertThat(by.post(path, body, etag, key))
                .isEqualTo(new Answer(first.status(), first.etag(), first.body(), true));
        if (otherBody != null) {
            assertThat(by.post(path, otherBody, etag, key).code()).isEqualTo("idempotency-key-reused");
        }
        return first;
    }

    @Test
    void eachStepOfAnOrder() {
        Answer placed = twice(trade.chain(), "/orders", trade.wish(2), null, trade.wish(3));
        String order = "/orders/" + placed.body().path("orderId").asString();
        Answer confirmed = twice(trade.supplier(), order + "/confirmation", null, placed.tag(), null);
        Answer delivery = twice(trade.supplier(), order + "/deliveries", trade.goods("B1"), confirmed.tag(),
                trade.goods("B2"));
        assertThat(trade.chain().get(order).body().at("/deliveries").size()).isEqualTo(1);
        Answer accepted = twice(trade.chain(), "/deliveries/" + delivery.body().path("deliveryId").asString()
                + "/acceptance", null, delivery.tag(), null);
        String settlement = "/settlements/" + accepted.body().path("settlementId").asString();
        Answer paid = twice(trade.chain(), settlement + "/payment", payment("DEMO-1"),
                trade.chain().get(settlement).tag(), payment("DEMO-2"));
        assertThat(paid.body().path("state").asString()).isEqualTo("paid");
    }

    private Map<String, String> payment(String reference) {
        return Map.of("paidOn", LocalDate.now(clock).toString(), "reference", reference);
    }

    @Test
    void refusalsAndReports() {
        Map<String, String> reason = Map.of("reason", "暂时缺货");
        Map<String, String> other = Map.of("reason", "另有原因");
        Answer placed = trade.chain().post("/orders", trade.wish(2), null);
        twice(trade.supplier(), "/orders/" + placed.body().path("orderId").asString() + "/refusal", reason,
                placed.tag(), other);
        String delivery = "/deliveries/" + trade.delivered(trade.confirmed());
        twice(trade.chain(), delivery + "/rejection", reason, trade.chain().get(delivery).tag(), other);
        twice(trade.chain(), "/stock-reports", report(3), null, report(4));
    }

    private Map<String, Object> report(int quantity) {
        return Map.of("reports", List.of(Map.of("storeId", trade.store(), "drugId", trade.drug(), "quantity", quantity,
                "retailPriceFen", 735, "reportedAt", OffsetDateTime.now(clock).toString())));
    }

    @Test
    void filesAndHours() {
        String csv = "storeId,drugId,quantity,retailPriceFen,reportedAt\n%s,%s,4,735,%s\n".formatted(trade.store(),
                trade.drug(), OffsetDateTime.now(clock));
        twiceFile(trade.chain(), "/stock-imports/csv", "text/csv", csv, csv + "x\n");
        Api city = Api.as(port, Api.Who.CITY);
        String prices = "insuranceCode,kind,area,priceFen,inForceFrom,source\nDEMO-0002,listed,371000,900,2026-01-01,t\n";
        Answer previewed = twiceFile(city, "/catalogue-imports?kind=prices", "text/csv", prices, prices + "x\n");
        twice(city, "/catalogue-imports/" + previewed.body().path("importId").asString() + "/application", Map.of(),
                previewed.tag(), Map.of("takeQuestioned", true));
        String json = Api.JSON.writeValueAsString(((List<?>) report(5).getOrDefault("reports", List.of())).getFirst());
        twiceFile(trade.chain(), "/stock-imports/ndjson", "application/x-ndjson", json, json + "\n{}");
        twice(trade.chain(), "/stores/" + trade.store() + "/opening-exceptions", day("盘点"), null, day("停电"));
    }

    @Test
    void goodsThatGoBack() {
        String delivery = trade.delivered(trade.confirmed());
        trade.accepted(delivery);
        Map<String, Object> one = Map.of("reason", "r", "lines",
                List.of(Map.of("lineNo", 1, "batchNo", "B1", "quantity", 1)));
        Answer first = twice(trade.chain(), "/deliveries/" + delivery + "/returns", one, null,
                Map.of("reason", "other", "lines", one.get("lines")));
        twice(trade.supplier(), "/returns/" + first.body().path("returnId").asString() + "/confirmation", null,
                first.tag(), null);
        Answer second = trade.chain().post("/deliveries/" + delivery + "/returns", one, null);
        twice(trade.supplier(), "/returns/" + second.body().path("returnId").asString() + "/refusal",
                Map.of("reason", "超过退货期"), second.tag(), Map.of("reason", "其他"));
    }

    @Test
    void whatWasPaid() {
        String settlement = "/settlements/" + trade.accepted(trade.delivered(trade.confirmed()));
        Answer due = trade.chain().get(settlement);
        Map<String, Object> over = Map.of("paidOn", due.body().path("acceptedOn").asString(), "reference", "P",
                "amountFen", due.body().path("payableFen").asLong() + 10, "difference", "over");
        Answer paid = trade.chain().post(settlement + "/payment", over, due.tag());
        Answer confirmed = twice(trade.supplier(), settlement + "/receipt", null, paid.tag(), null);
        Map<String, Object> refund = Map.of("amountFen", 3, "refundedOn", LocalDate.now(clock).toString(), "reference",
                "R");
        Answer refunded = twice(trade.supplier(), settlement + "/refund", refund, confirmed.tag(),
                Map.of("amountFen", 4, "refundedOn", refund.get("refundedOn"), "reference", "R"));
        assertThat(refunded.body().path("refundDueFen").asInt()).isEqualTo(7);
        String second = "/settlements/" + trade.accepted(trade.delivered(trade.confirmed()));
        Answer marked = trade.chain().post(second + "/payment", payment("P"), trade.chain().get(second).tag());
        Answer reversed = twice(trade.supplier(), second + "/reversal", Map.of("reason", "没有收到"), marked.tag(),
                Map.of("reason", "其他"));
        Answer again = trade.chain().post(second + "/payment", payment("P"), reversed.tag());
        twice(Api.as(port, Api.Who.CITY), second + "/office-reversal", Map.of("reason", "没有收到"), again.tag(),
                Map.of("reason", "其他"));
    }

    @Test
    void waysOutOfAnOrder() {
        Map<String, String> reason = Map.of("reason", "填错");
        Map<String, String> other = Map.of("reason", "其他");
        Answer placed = trade.chain().post("/orders", trade.wish(2), null);
        twice(trade.chain(), "/orders/" + placed.body().path("orderId").asString() + "/cancellation", reason,
                placed.tag(), other);
        String order = trade.confirmed();
        String delivery = "/deliveries/" + trade.delivered(order);
        twice(trade.supplier(), delivery + "/withdrawal", reason, trade.supplier().get(delivery).tag(), other);
        twice(trade.chain(), "/orders/" + order + "/closure", reason, trade.chain().get("/orders/" + order).tag(),
                other);
    }

    @Test
    void theGreenChannel() {
        Api maker = Api.as(port, Api.Who.MAKER);
        Api city = Api.as(port, Api.Who.CITY);
        Map<String, Object> product = Map.of("kind", "reagent", "name", "n", "summary", "s", "evidence", List.of("e"));
        Answer filed = twice(maker, "/green-channel-applications", product, null,
                Map.of("kind", "service", "name", "n", "summary", "s", "evidence", List.of("e")));
        String path = "/green-channel-applications/" + filed.body().path("applicationId").asString();
        Answer returned = twice(city, path + "/decision", Map.of("decision", "return", "note", "n"), filed.tag(),
                Map.of("decision", "accept", "note", "n"));
        twice(maker, path + "/resubmission", Map.of("evidence", List.of("f")), returned.tag(),
                Map.of("evidence", List.of("g")));
        String event = "/matching-events/" + trade.event(port);
        String chainId = trade.chain().get("/settlement-statements").body().at("/items/0/chainId").asString();
        twice(trade.chain(), event + "/interest", Map.of("interest", "i"), null, Map.of("interest", "j"));
        twice(city, event + "/outcome", Map.of("chainId", chainId, "outcome", "trial", "note", "n"), null,
                Map.of("chainId", chainId, "outcome", "none", "note", "n"));
        String listed = city.get("/matching-events").body().at("/items/0/applicationId").asString();
        twice(city, "/matching-events", trade.newEvent(listed, "a"), null, trade.newEvent(listed, "b"));
    }

    @Test
    void aQuarterlyReport() {
        twice(Api.as(port, Api.Who.CITY), "/quarterly-reports", Map.of("quarter", "2024-Q1", "reason", "r"), null,
                Map.of("quarter", "2024-Q2", "reason", "r"));
    }

    @Test
    void aPriceCase() {
        String id = trade.redCase();
        Answer answered = twice(trade.chain(), "/own-price-cases/" + id + "/answer", Map.of("answer", "录入错误"),
                trade.chain().get("/own-price-cases/" + id).tag(), Map.of("answer", "其他"));
        twice(Api.as(port, Api.Who.CITY), "/price-cases/" + id + "/closure",
                Map.of("outcome", "corrected", "note", "n"),
                answered.tag(), Map.of("outcome", "referred", "note", "n"));
    }

    private static Answer twiceFile(Api by, String path, String type, String file, String otherFile) {
        String key = UUID.randomUUID().toString();
        byte[] bytes = file.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Answer first = by.upload(path, type, bytes, key);
        assertThat(first.status()).as("%s", first).isBetween(200, 299);
        assertThat(by.upload(path, type, bytes, key))
                .isEqualTo(new Answer(first.status(), first.etag(), first.body(), true));
        assertThat(by.upload(path, type, otherFile.getBytes(java.nio.charset.StandardCharsets.UTF_8), key).code())
                .isEqualTo("idempotency-key-reused");
        return first;
    }

    private Map<String, Object> day(String note) {
        return Map.of("day", LocalDate.now(clock).plusDays(9).toString(), "hours", List.of(), "note", note);
    }
}
