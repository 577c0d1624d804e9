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
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-cases", "pharmacy.jobs.first=PT24H"})
class CaseApiTest {

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;
    @Autowired
    Clock clock;
    @Autowired
    RetailMedians medians;

    private Api chain;
    private Api city;
    private String store = "";
    private String drug = "";

    @BeforeEach
    void lookAround() {
        chain = Api.as(port, Who.CHAIN);
        city = Api.as(port, Who.CITY);
        store = chain.get("/stores?limit=1").body().at("/items/0/pharmacyId").asString();
        drug = chain.get("/drugs?q=akbtp").body().at("/items/0/drugId").asString();
        database.sql(
                "UPDATE price_case SET state = 'closed', outcome = 'corrected', closing_note = 'n', closed_at = now() "
                        + "WHERE state <> 'closed' AND institution_id = :s")
                .bind("s", UUID.fromString(store)).then().block();
        database.sql("DELETE FROM retail_price_change WHERE institution_id = :s").bind("s", UUID.fromString(store))
                .then().block();
        database.sql("UPDATE stock SET reported_at = now() - interval '1 day', retail_price_fen = 735 "
                + "WHERE institution_id = :s")
                .bind("s", UUID.fromString(store)).then().block();
    }

    private Answer report(long fen) {
        return chain.post("/stock-reports", Map.of("reports", List.of(Map.of("storeId", store, "drugId", drug,
                "quantity", 3, "retailPriceFen", fen, "reportedAt", OffsetDateTime.now(clock).toString()))), null);
    }

    private String opened() {
        report(735);
        report(1580);
        return chain.get("/own-price-cases").body().at("/items/0/priceCaseId").asString();
    }

    @Test
    void isOpenedAnsweredAndClosed() {
        medians.workOut().block();
        String id = opened();
        Answer open = chain.get("/own-price-cases/" + id);
        assertThat(open.body().path("state").asString()).isEqualTo("open");
        assertThat(open.body().path("beforePriceFen").asLong()).isEqualTo(735);
        assertThat(open.body().path("medianPriceFen").asLong()).isEqualTo(735);
        Answer answered = chain.post("/own-price-cases/" + id + "/answer", Map.of("answer", "录入错误"), open.tag());
        assertThat(answered.body().path("state").asString()).isEqualTo("answered");
        assertThat(chain.post("/own-price-cases/" + id + "/answer", Map.of("answer", "再说明"), answered.tag()).code())
                .isEqualTo("price-case-state");
        report(735);
        Answer closed = city.post("/price-cases/" + id + "/closure", Map.of("outcome", "corrected", "note", "已更正"),
                answered.tag());
        assertThat(closed.body().path("state").asString()).isEqualTo("closed");
        assertThat(closed.body().path("currentPriceFen").asLong()).isEqualTo(735);
        assertThat(city.post("/price-cases/" + id + "/closure", Map.of("outcome", "corrected", "note", "n"),
                closed.tag()).code()).isEqualTo("price-case-state");
        assertThat(Objects.requireNonNull(database.sql("SELECT count(*) FROM outbox WHERE subject = :s")
                .bind("s", "price-cases/" + id).map(r -> r.get(0, Long.class)).one().block())).isEqualTo(3);
        // the next red price is a case of its own
        assertThat(opened()).isNotEqualTo(id);
    }

    @Test
    void othersSeeNothing() {
        String id = opened();
        String tag = chain.get("/own-price-cases/" + id).tag();
        Api other = Api.as(port, Who.OTHER_CHAIN);
        assertThat(other.get("/own-price-cases/" + id).status()).isEqualTo(404);
        assertThat(other.post("/own-price-cases/" + id + "/answer", Map.of("answer", "x"), tag).status())
                .isEqualTo(404);
        String area = Api.as(port, Who.APP).get("/pharmacies/" + store).body().path("areaCode").asString();
        database.sql("UPDATE institution SET area_code = (SELECT min(code) FROM area WHERE code LIKE '371083%') "
                + "WHERE id = :s").bind("s", UUID.fromString(store)).then().block();
        Api district = Api.as(port, Who.DISTRICT);
        assertThat(district.get("/price-cases/" + id).status()).isEqualTo(404);
        assertThat(district.post("/price-cases/" + id + "/closure", Map.of("outcome", "referred", "note", "n"), tag)
                .status()).isEqualTo(404);
        database.sql("UPDATE institution SET area_code = :a WHERE id = :s").bind("a", area)
                .bind("s", UUID.fromString(store)).then().block();
        assertThat(city.post("/price-cases/" + id + "/closure", Map.of("outcome", "x", "note", ""), tag).errors()
                .keySet()).containsExactlyInAnyOrder("/outcome", "/note");
        assertThat(chain.get("/own-price-cases?cursor=c1.eA").code()).isEqualTo("invalid-cursor");
    }

    private Answer report(Api seller, String place, long fen) {
        return seller.post("/stock-reports", Map.of("reports", List.of(Map.of("storeId", place, "drugId", drug,
                "quantity", 3, "retailPriceFen", fen, "reportedAt", OffsetDateTime.now(clock).toString()))), null);
    }

    private static String place(Api seller) {
        return seller.get("/stores").body().at("/items/0/pharmacyId").asString();
    }

    @Test
    void aClinicReportsAndAnswersForItselfOnly() {
        Api clinic = Api.as(port, Who.CLINIC);
        assertThat(clinic.get("/stores").body().path("items")).hasSize(1);
        assertThat(clinic.get("/stores?limit=1").body().has("nextCursor")).isFalse();
        String own = place(clinic);
        assertThat(report(clinic, own, 735).status()).isEqualTo(200);
        database.sql(
                "UPDATE price_case SET state = 'closed', outcome = 'corrected', closing_note = 'n', closed_at = now() "
                        + "WHERE state <> 'closed' AND institution_id = :s")
                .bind("s", UUID.fromString(own)).then().block();
        assertThat(report(clinic, own, 1580).body().path("red").asInt()).isEqualTo(1);
        assertThat(report(clinic, store, 735).errors()).containsKey("/reports/0/storeId");
        assertThat(report(chain, own, 735).errors()).containsKey("/reports/0/storeId");

        String path = "/own-price-cases/" + clinic.get("/own-price-cases").body().at("/items/0/priceCaseId").asString();
        Answer open = clinic.get(path);
        assertThat(open.body().path("pharmacyId").asString()).isEqualTo(own);
        for (Who who : List.of(Who.OTHER_CLINIC, Who.CHAIN)) {
            assertThat(Api.as(port, who).get(path).status()).isEqualTo(404);
            assertThat(Api.as(port, who).post(path + "/answer", Map.of("answer", "x"), open.tag()).status())
                    .isEqualTo(404);
        }
        assertThat(clinic.get("/own-price-cases?limit=100").body().path("items").valueStream()
                .map(k -> k.path("pharmacyId").asString()).distinct()).containsExactly(own);
        Answer answered = clinic.post(path + "/answer", Map.of("answer", "录入错误"), open.tag());
        assertThat(answered.body().path("state").asString()).isEqualTo("answered");
        assertThat(Api.as(port, Who.CITY).get(path.replace("/own-price-cases", "/price-cases")).body()
                .path("answer").asString()).isEqualTo("录入错误");
    }

    /** 威医保发〔2023〕33号 二（一）: a fen above what it paid, where a private one is not even yellow. */
    @Test
    void aPublicInstitutionMayAddNothingToAMedicine() {
        Api hospital = Api.as(port, Who.OTHER_CLINIC);
        String own = place(hospital);
        assertThat(report(hospital, own, 736).body().path("red").asInt()).isZero();
        database.sql("UPDATE institution SET kind = 'public_hospital' WHERE id = :s").bind("s", UUID.fromString(own))
                .then().block();
        try {
            assertThat(report(hospital, own, 735).body().path("red").asInt()).isZero();
            assertThat(report(hospital, own, 736).body().path("red").asInt()).isEqualTo(1);
            var flag = city.get("/price-flags?drugId=" + drug + "&level=red&limit=100").body().path("items")
                    .valueStream().filter(f -> f.path("pharmacyId").asString().equals(own)).findFirst().orElseThrow();
            assertThat(flag.at("/reasons").valueStream().map(r -> r.asString())).containsExactly("markup");
            database.sql("UPDATE public_markup_rule SET in_force_to = '2024-01-01' WHERE category = 'medicine'").then()
                    .block();
            assertThat(report(hospital, own, 736).body().path("red").asInt()).isZero();
        } finally {
            database.sql("UPDATE public_markup_rule SET in_force_to = '2028-08-31'").then().block();
            database.sql("UPDATE institution SET kind = 'clinic' WHERE id = :s").bind("s", UUID.fromString(own)).then()
                    .block();
        }
    }

    /** Above the procured price by little, but half as much again as it was: red by its own history. */
    @Test
    void aSteepRiseIsRedByTheSellersOwnHistory() {
        database.sql("UPDATE price_threshold SET yellow_above_bp = 100000, red_above_bp = 200000").then().block();
        try {
            report(600);
            assertThat(report(905).body().path("red").asInt()).isEqualTo(1);
            var flag = city.get("/price-flags?drugId=" + drug + "&limit=100").body().path("items").valueStream()
                    .filter(f -> f.path("pharmacyId").asString().equals(store)).findFirst().orElseThrow();
            assertThat(flag.at("/reasons").valueStream().map(r -> r.asString())).containsExactly("history");
        } finally {
            database.sql("UPDATE price_threshold SET yellow_above_bp = 1000, red_above_bp = 3000").then().block();
        }
    }

    @Test
    void thePublicInstitutionsMarkupIsDated() {
        Answer pieces = chain.get("/public-markup?category=decoction_piece&paidFen=1000&on=2026-01-01");
        assertThat(pieces.body().path("highestFen").asLong()).isEqualTo(1250);
        assertThat(pieces.body().path("basis").asString()).contains("威医保发〔2023〕33号");
        assertThat(chain.get("/public-markup?category=medicine&paidFen=1000&on=2029-01-01").body().has("highestFen"))
                .isFalse();
        assertThat(chain.get("/public-markup?category=tea&paidFen=0").errors().keySet())
                .containsExactlyInAnyOrder("?category", "?paidFen");
    }
}
