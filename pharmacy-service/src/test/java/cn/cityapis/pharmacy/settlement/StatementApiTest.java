package cn.cityapis.pharmacy.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.pharmacy.TradeScene;
import cn.cityapis.platform.test.ServiceTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Months of a small trade, with the clock moved: what is owed, paid, credited, late. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-statements", "pharmacy.jobs.first=PT24H"})
class StatementApiTest extends TradeScene {

    @Autowired
    WatchSettlements watch;

    @BeforeEach
    void empty() {
        for (String table : List.of("settlement_warning", "goods_return_line", "goods_return", "settlement",
                "notice")) {
            database.sql("DELETE FROM " + table).then().block();
        }
    }

    private String settlement(String delivery) {
        return "/settlements/" + chain.get(delivery).body().path("settlementId").asString();
    }

    private void pay(String settlement) {
        assertThat(chain.post(settlement + "/payment", Map.of("paidOn", LocalDate.now(clock).toString(), "reference",
                "P"), chain.get(settlement).tag()).status()).isEqualTo(200);
    }

    private JsonNode statement(String month) {
        return chain.get("/settlement-statements?month=" + month).body().at("/items/0");
    }

    private List<Long> figures(String month) {
        JsonNode s = statement(month);
        return List.of(s.path("openingFen").asLong(), s.path("acceptedFen").asLong(), s.path("creditedFen").asLong(),
                s.path("paidFen").asLong(), s.path("closingFen").asLong());
    }

    @Test
    void openingPlusWhatMovedIsClosingFromMonthToMonth() {
        at("2026-03-10");
        String first = accepted(acarbose(), 10);
        String second = accepted(acarbose(), 2);
        at("2026-04-05");
        pay(settlement(second));
        takenBack(first, 3);
        at("2026-05-20");
        pay(settlement(first));
        assertThat(figures("2026-03")).containsExactly(0L, 8820L, 0L, 0L, 8820L);
        assertThat(figures("2026-04")).containsExactly(8820L, 0L, 2205L, 1470L, 5145L);
        assertThat(figures("2026-05")).containsExactly(5145L, 0L, 0L, 5145L, 0L);
        JsonNode april = statement("2026-04");
        assertThat(april.path("due").asInt()).isEqualTo(2);
        assertThat(april.path("paidInTime").asInt()).isEqualTo(1);
        assertThat(april.path("paidInTimeBp").asInt()).isEqualTo(5000);
        assertThat(statement("2026-05").has("paidInTimeBp")).isFalse();
        assertThat(supplier.get("/settlement-statements?month=2026-04").body().path("items")).hasSize(1);
        assertThat(Api.as(port, Who.OTHER_CHAIN).get("/settlement-statements?month=2026-04").body().path("items"))
                .isEmpty();
        assertThat(chain.get("/settlement-statements?month=2026-13").errors()).containsKey("?month");
    }

    private long count(String sql) {
        return Objects.requireNonNull(database.sql(sql).map(r -> r.get(0, Long.class)).one().block());
    }

    /** Accepted on 2026-03-10: due on Thursday, 2026-04-09. */
    @Test
    void isWarnedOfOnceInEachStageWithItsDays() {
        at("2026-03-10");
        String delivery = accepted(acarbose(), 10);
        String settlement = settlement(delivery);
        assertThat(chain.get(settlement).body().path("dueOn").asString()).isEqualTo("2026-04-09");
        at("2026-04-03");
        assertThat(watch.sweep().block()).isZero();
        at("2026-04-04");
        assertThat(watch.sweep().block()).isEqualTo(1);
        assertThat(watch.sweep().block()).isZero();
        at("2026-04-10");
        assertThat(watch.sweep().block()).isEqualTo(1);
        at("2026-05-20");
        assertThat(chain.get(settlement).body().path("overdueDays").asInt()).isEqualTo(41);
        assertThat(watch.sweep().block()).isEqualTo(1);
        assertThat(watch.sweep().block()).isZero();
        assertThat(count("SELECT count(*) FROM notice WHERE recipient = 'demo-chain-1'")).isEqualTo(3);
        assertThat(count("SELECT count(*) FROM notice WHERE content LIKE '%逾期 41 天%'")).isEqualTo(2);
        assertThat(count("SELECT count(*) FROM outbox WHERE type = 'pharmacy.settlement.overdue' AND subject = '"
                + settlement.substring(1) + "'")).isEqualTo(2);
        assertThat(statement("2026-05").path("overdue").asInt()).isEqualTo(1);
        pay(settlement);
        at("2026-08-01");
        assertThat(watch.sweep().block()).isZero();
    }

    /** Two replicas sweep at once: still one warning. */
    @Test
    void twoAtOnceWarnOnce() {
        at("2026-03-10");
        accepted(acarbose(), 1);
        at("2026-05-01");
        assertThat(
                reactor.core.publisher.Mono.zip(watch.sweep(), watch.sweep()).map(t -> t.getT1() + t.getT2()).block())
                .isLessThanOrEqualTo(2);
        assertThat(count("SELECT count(*) FROM settlement_warning")).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM notice WHERE recipient = 'demo-chain-1'")).isEqualTo(1);
    }
}
