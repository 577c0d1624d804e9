package cn.cityapis.pharmacy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** Each part of the service has something to show from the start. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-cases", "pharmacy.jobs.first=PT24H"})
class DemoStoriesApiTest {

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;

    @Test
    void aQuarterlyReportIsPublishedAndSaysThatItIsMadeUp() {
        JsonNode first = Api.as(port, Who.APP).get("/quarterly-reports").body().at("/items/0");
        assertThat(first.path("reason").asString()).contains("演示");
        JsonNode figures = Api.as(port, Who.APP).get("/quarterly-reports/" + first.path("reportId").asString()).body()
                .path("figures");
        assertThat(figures.path("packs").asLong()).isPositive();
        assertThat(figures.path("savedFen").asLong()).isPositive();
        assertThat(figures.path("demo").asBoolean()).isTrue();
    }

    /** 威医保发〔2023〕33号 二（一）: what public institutions may not do shows, and that most of them do not do it. */
    @Test
    void aPublicHospitalAsksMoreThanItPaid() {
        String drug = Api.as(port, Who.CITY).get("/drugs?q=" + DemoPublicHospitals.DEAR).body().at("/items/0/drugId")
                .asString();
        JsonNode flag = Api.as(port, Who.CITY).get("/price-flags?level=red&limit=100&drugId=" + drug).body()
                .path("items").valueStream().filter(f -> f.path("reasons").toString().contains("markup")).findFirst()
                .orElseThrow();
        assertThat(flag.path("retailPriceFen").asLong()).isEqualTo(flag.path("procuredPriceFen").asLong() + 60);
        JsonNode hospital = Api.as(port, Who.APP).get("/pharmacies/" + flag.path("pharmacyId").asString()).body();
        assertThat(hospital.path("kind").asString()).isEqualTo("public_hospital");
        assertThat(hospital.path("demo").asBoolean()).isTrue();
        assertThat(hospital.path("programmes")).isEmpty();
        assertThat(one("SELECT count(*) FROM institution WHERE kind = 'public_hospital'"))
                .isEqualTo(DemoPublicHospitals.COUNT);
        assertThat(one(
                "SELECT count(*) FROM price_case c JOIN institution i ON i.id = c.institution_id WHERE i.kind = 'public_hospital' AND c.state = 'open'"))
                .isEqualTo(1);
        assertThat(one(
                "SELECT count(*) FROM stock s JOIN institution i ON i.id = s.institution_id WHERE i.kind = 'public_hospital'"))
                .isBetween(500L, 1000L);
    }

    /** A city that was filled before there were any gets them with the next start, for they come by themselves. */
    @Test
    void publicHospitalsComeAfterTheCityAndByThemselves() {
        assertThat(one(
                "SELECT count(*) FROM flyway_schema_history c JOIN flyway_schema_history h ON h.installed_rank > c.installed_rank WHERE c.description = 'demo city' AND h.description = 'demo public hospitals'"))
                .isEqualTo(1);
    }

    private long one(String sql) {
        return Objects.requireNonNull(database.sql(sql).map(row -> row.get(0, Long.class)).one().block());
    }

    @Test
    void goodsAreOnTheirWayBack() {
        JsonNode returns = Api.as(port, Who.CHAIN).get("/returns?limit=100").body().path("items");
        assertThat(returns.valueStream().filter(r -> r.path("reason").asString().contains("演示"))
                .map(r -> r.path("state").asString())).contains("requested", "confirmed");
    }

    @Test
    void aClinicWithAnAccountHasAPriceToAnswerFor() {
        assertThat(Api.as(port, Who.CLINIC).get("/own-price-cases").body().path("items")).isNotEmpty();
        assertThat(Api.as(port, Who.OTHER_CLINIC).get("/own-price-cases").body().path("items")).isNotEmpty();
    }
}
