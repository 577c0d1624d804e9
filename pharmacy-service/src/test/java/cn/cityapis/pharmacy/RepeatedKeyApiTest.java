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
}
