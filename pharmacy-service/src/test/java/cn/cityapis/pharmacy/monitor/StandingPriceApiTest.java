package cn.cityapis.pharmacy.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

/** A price that stands is reported again every day: what was said of it holds, and what it rose from is not forgotten. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-cases", "pharmacy.jobs.first=PT24H"})
class StandingPriceApiTest {

    private static final int LONG_AGO = 400;

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;
    @Autowired
    Clock clock;

    private Api chain;
    private Api city;
    private String store = "";
    private String drug = "";

    /** A shelf that was last reported long ago, at the procured price, by no report that left a history. */
    @BeforeEach
    void fillAShelf() {
        chain = Api.as(port, Who.CHAIN);
        city = Api.as(port, Who.CITY);
        store = chain.get("/stores?limit=5").body().at("/items/4/pharmacyId").asString();
        drug = chain.get("/drugs?q=akbtp").body().at("/items/0/drugId").asString();
        for (String table : List.of("price_case", "price_flag", "retail_price_change", "stock")) {
            database.sql("DELETE FROM " + table + " WHERE institution_id = :s AND drug_id = :d")
                    .bind("s", UUID.fromString(store)).bind("d", UUID.fromString(drug)).then().block();
        }
        database.sql("""
                INSERT INTO stock (institution_id, drug_id, position, quantity, retail_price_fen, reported_at, reported_by)
                SELECT id, :d, position, 1, 735, :at, 'test' FROM institution WHERE id = :s
                """).bind("s", UUID.fromString(store)).bind("d", UUID.fromString(drug))
                .bind("at", OffsetDateTime.now(clock).minusDays(LONG_AGO)).then().block();
    }

    @AfterEach
    void usualLimits() {
        limits(1_000, 3_000, 3_000, 10_000);
    }

    private void limits(int yellow, int red, int yellowMedian, int redMedian) {
        database.sql(
                "UPDATE price_threshold SET yellow_above_bp = :y, red_above_bp = :r, yellow_above_median_bp = :ym, "
                        + "red_above_median_bp = :rm")
                .bind("y", yellow).bind("r", red).bind("ym", yellowMedian)
                .bind("rm", redMedian).then().block();
    }

    /** Answers how many of the prices were red. */
    private int reported(long fen, int daysAgo) {
        Answer answer = chain.post("/stock-reports", Map.of("reports", List.of(Map.of("storeId", store, "drugId", drug,
                "quantity", 3, "retailPriceFen", fen, "reportedAt",
                OffsetDateTime.now(clock).minusDays(daysAgo).toString()))), null);
        assertThat(answer.body().path("applied").asInt()).as("%s", answer).isEqualTo(1);
        return answer.body().path("red").asInt();
    }

    private List<String> cases() {
        return chain.get("/own-price-cases?limit=100").body().path("items").valueStream()
                .filter(k -> k.path("pharmacyId").asString().equals(store) && k.path("drugId").asString().equals(drug))
                .map(k -> k.path("priceCaseId").asString()).toList();
    }

    private void closed(String outcome) {
        String path = "/price-cases/" + cases().getFirst();
        Answer answer = city.post(path + "/closure", Map.of("outcome", outcome, "note", "n"), city.get(path).tag());
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    }

    private Stream<String> reasons() {
        return city.get("/price-flags?drugId=" + drug + "&limit=100").body().path("items").valueStream()
                .filter(f -> f.path("pharmacyId").asString().equals(store))
                .flatMap(f -> f.at("/reasons").valueStream().map(r -> r.asString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"explained", "referred"})
    void whatTheOfficeClosedIsNotAskedAgainUntilThePriceRises(String outcome) {
        assertThat(reported(1580, 9)).isEqualTo(1);
        assertThat(cases()).hasSize(1);
        closed(outcome);
        // it stays red to see, it falls, and it comes back: all that was looked at
        assertThat(reported(1580, 8)).isEqualTo(1);
        assertThat(reported(1500, 7)).isEqualTo(1);
        assertThat(reported(1580, 6)).isEqualTo(1);
        assertThat(cases()).hasSize(1);
        assertThat(reported(1581, 5)).isEqualTo(1);
        assertThat(cases()).hasSize(2);
    }

    @Test
    void aPriceThatWasToBeCorrectedIsAskedAboutAgain() {
        reported(1580, 9);
        closed("corrected");
        reported(1580, 8);
        assertThat(cases()).hasSize(2);
        // what was explained before is no longer the last word
        closed("explained");
        reported(1600, 7);
        closed("corrected");
        reported(1580, 6);
        assertThat(cases()).hasSize(4);
    }

    /** The same price, but further above: the city has bargained again since. */
    @Test
    void aPriceIsAskedAboutAgainWhereTheProcuredPriceHasFallen() {
        reported(1580, 9);
        closed("explained");
        database.sql("UPDATE price_case SET procured_fen = 736 WHERE id = :id")
                .bind("id", UUID.fromString(cases().getFirst())).then().block();
        reported(1580, 8);
        assertThat(cases()).hasSize(2);
    }

    private void judgeByHistoryAlone() {
        limits(100_000, 200_000, 100_000, 200_000);
    }

    @Test
    void aRiseStaysRedWhileThePriceStands() {
        judgeByHistoryAlone();
        assertThat(reported(1580, 9)).isEqualTo(1);
        assertThat(reported(1580, 8)).isEqualTo(1);
        assertThat(reasons()).containsExactly("history");
        String opened = cases().getFirst();
        assertThat(chain.get("/own-price-cases/" + opened).body().path("beforePriceFen").asLong()).isEqualTo(735);
        // in two steps it is no less steep
        assertThat(reported(735, 7)).isZero();
        assertThat(reported(1000, 6)).isZero();
        assertThat(reported(1400, 5)).isEqualTo(1);
        assertThat(reported(735, 4)).isZero();
        assertThat(reasons()).isEmpty();
    }

    /** Ninety days: what was asked until then counts, what was given up before does not. */
    @Test
    void aRiseIsForgottenAfterTheWindow() {
        judgeByHistoryAlone();
        reported(740, 300);
        reported(1580, 91);
        assertThat(reported(1580, 1)).isZero();
        assertThat(reasons()).isEmpty();
        database.sql("UPDATE price_threshold SET history_days = 92").then().block();
        try {
            assertThat(reported(1580, 0)).isEqualTo(1);
        } finally {
            database.sql("UPDATE price_threshold SET history_days = 90").then().block();
        }
    }

    @Test
    void aNewShelfHasNoHistory() {
        judgeByHistoryAlone();
        for (String table : List.of("retail_price_change", "stock")) {
            database.sql("DELETE FROM " + table + " WHERE institution_id = :s AND drug_id = :d")
                    .bind("s", UUID.fromString(store)).bind("d", UUID.fromString(drug)).then().block();
        }
        assertThat(reported(1580, 2)).isZero();
        assertThat(reported(1580, 1)).isZero();
    }
}
