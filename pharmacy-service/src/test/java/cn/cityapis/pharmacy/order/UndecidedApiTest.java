package cn.cityapis.pharmacy.order;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.pharmacy.TradeScene;
import cn.cityapis.platform.test.ServiceTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What nobody decides on: shown, warned of, and never taken for accepted. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-statements", "pharmacy.jobs.first=PT24H"})
class UndecidedApiTest extends TradeScene {

    @Autowired
    WatchUndecided watch;

    @BeforeEach
    void nothingElseWaits() {
        database.sql("DELETE FROM notice").then().block();
        database.sql("UPDATE goods_return SET state = 'confirmed', decided_at = now() WHERE state = 'requested'").then()
                .block();
        database.sql(
                "UPDATE delivery SET state = 'rejected', decided_at = now(), reason = 'r' WHERE state = 'delivered'")
                .then().block();
    }

    private long told(String recipient, String kind) {
        return Objects.requireNonNull(database.sql("SELECT count(*) FROM notice WHERE recipient = :to AND kind = :kind")
                .bind("to", recipient).bind("kind", kind).mapValue(Long.class).one().block());
    }

    private JsonNode listed(Api by, String query) {
        return by.get("/deliveries?" + query).body().path("items");
    }

    /** Brought on 1 March: to be decided on by the 4th. In June it still is neither accepted nor owed. */
    @Test
    void aDeliveryThatNobodyAcceptsIsSeenByAllAndAcceptedByNobody() {
        at("2026-03-01");
        Answer made = delivered(acarbose(), 10);
        String id = made.body().path("deliveryId").asString();
        assertThat(listed(chain, "state=delivered").at("/0/decideBy").asString()).isEqualTo("2026-03-04");
        at("2026-03-04");
        assertThat(watch.sweep().block()).isZero();
        assertThat(listed(chain, "state=delivered").at("/0/overdue").asBoolean(true)).isFalse();
        assertThat(listed(chain, "overdue=true")).isEmpty();
        at("2026-03-05");
        assertThat(watch.sweep().block()).isEqualTo(1);
        assertThat(watch.sweep().block()).isZero();
        for (Who who : List.of(Who.CHAIN, Who.SUPPLIER, Who.CITY)) {
            assertThat(listed(Api.as(port, who), "overdue=true").at("/0/deliveryId").asString()).isEqualTo(id);
        }
        for (Who who : List.of(Who.OTHER_CHAIN, Who.OTHER_SUPPLIER)) {
            assertThat(listed(Api.as(port, who), "state=delivered")).isEmpty();
        }
        for (String[] stage : new String[][]{{"2026-03-10", "2026-03-11"}, {"2026-04-02", "2026-04-03"}}) {
            at(stage[0]);
            assertThat(watch.sweep().block()).as(stage[0]).isZero();
            at(stage[1]);
            assertThat(watch.sweep().block()).as(stage[1]).isEqualTo(1);
        }
        at("2026-06-20");
        assertThat(watch.sweep().block()).isZero();
        for (String to : List.of("demo-chain-1", "demo-supplier-1", "371000")) {
            assertThat(told(to, "delivery-undecided")).as(to).isEqualTo(3);
        }
        Answer still = chain.get("/deliveries/" + id);
        assertThat(still.body().path("state").asString()).isEqualTo("delivered");
        assertThat(still.body().has("settlementId")).isFalse();
        Answer accepted = chain.post("/deliveries/" + id + "/acceptance", null, still.tag());
        assertThat(listed(chain, "state=accepted").at("/0").has("decideBy")).isFalse();
        assertThat(chain.get("/settlements/" + accepted.body().path("settlementId").asString()).body()
                .path("acceptedOn").asString()).isEqualTo("2026-06-20");
        at("2026-08-01");
        assertThat(watch.sweep().block()).isZero();
    }

    @Test
    void aNewTermHoldsForWhatIsBroughtFromItsDayOn() {
        database.sql("INSERT INTO decision_term VALUES ('delivery', '2026-03-02', 1, 't')").then().block();
        try {
            at("2026-03-01");
            String before = delivered(acarbose(), 1).body().path("deliveryId").asString();
            at("2026-03-02");
            String since = delivered(acarbose(), 1).body().path("deliveryId").asString();
            assertThat(listed(chain, "state=delivered").valueStream().collect(Collectors.toMap(
                    row -> row.path("deliveryId").asString(), row -> row.path("decideBy").asString())))
                    .isEqualTo(Map.of(before, "2026-03-04", since, "2026-03-03"));
        } finally {
            database.sql("DELETE FROM decision_term WHERE in_force_from = '2026-03-02'").then().block();
        }
    }

    @Test
    void aReturnThatNobodyDecidesOnIsWarnedOf() {
        at("2026-03-01");
        String delivery = accepted(acarbose(), 10);
        chain.post(delivery + "/returns", Map.of("reason", "r", "lines",
                List.of(Map.of("lineNo", 1, "batchNo", "B", "quantity", 2))), null);
        Answer other = chain.post(delivery + "/returns", Map.of("reason", "r", "lines",
                List.of(Map.of("lineNo", 1, "batchNo", "B", "quantity", 1))), null);
        assertThat(supplier.post("/returns/" + other.body().path("returnId").asString() + "/refusal",
                Map.of("reason", "r"), other.tag()).status()).isEqualTo(200);
        assertThat(supplier.get("/returns?state=requested").body().path("items")).hasSize(1);
        at("2026-03-08");
        assertThat(watch.sweep().block()).isZero();
        at("2026-03-09");
        assertThat(watch.sweep().block()).isEqualTo(1);
        assertThat(told("demo-supplier-1", "return-undecided") + told("371000", "return-undecided")).isEqualTo(2);
    }

    @Test
    void unknownStatesAndCursorsAreRefused() {
        assertThat(chain.get("/deliveries?state=lost").errors()).isEqualTo(Map.of("?state", "invalid-value"));
        assertThat(chain.get("/returns?state=lost").errors()).isEqualTo(Map.of("?state", "invalid-value"));
        assertThat(chain.get("/deliveries?cursor=c1.eA").code()).isEqualTo("invalid-cursor");
    }
}
