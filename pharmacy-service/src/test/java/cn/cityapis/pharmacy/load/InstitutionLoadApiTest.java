package cn.cityapis.pharmacy.load;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = {"demo.data=true", "test.database=of-loading"})
class InstitutionLoadApiTest {

    private static final String HEAD = "code,name,kind,account,chainName,address,areaCode,areaName,phone,insuranceAccepted,lat,lon,coordType,hours\n";

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;

    private Api city;

    @BeforeEach
    void signIn() {
        city = Api.as(port, Who.CITY);
    }

    private Answer preview(String text) {
        return city.upload("/catalogue-imports?kind=institutions", "text/csv", text);
    }

    private int taken(Answer previewed, boolean takeQuestioned) {
        Answer applied = city.post(
                "/catalogue-imports/" + previewed.body().path("importId").asString() + "/application",
                Map.of("takeQuestioned", takeQuestioned), previewed.tag());
        assertThat(applied.status()).as("%s", applied).isEqualTo(200);
        return applied.body().path("taken").asInt();
    }

    private String one(String sql) {
        return Objects.requireNonNull(database.sql(sql).map(row -> String.valueOf(row.get(0))).one().block());
    }

    /** What docs/examples shows can be loaded as it stands, and loaded again without any effect. */
    @Test
    void theExampleIsTakenAsItStands() throws IOException {
        String file = Files.readString(Path.of("../docs/examples/institutions.csv"));
        Answer previewed = preview(file);
        assertThat(previewed.body().path("fresh").asInt()).as("%s", previewed).isEqualTo(4);
        assertThat(one("SELECT count(*) FROM institution WHERE code LIKE 'EXAMPLE-%'")).isEqualTo("0");
        assertThat(taken(previewed, false)).isEqualTo(4);
        assertThat(preview(file).body().path("unchanged").asInt()).isEqualTo(4);
        assertThat(one(
                "SELECT count(*) FROM institution i JOIN chain c ON c.id = i.chain_id WHERE c.org = 'example-chain' AND NOT c.demo"))
                .isEqualTo("2");
        JsonNode clinic = city.get("/pharmacies/" + one("SELECT id FROM institution WHERE org = 'example-clinic'"))
                .body();
        assertThat(clinic.path("openingHours")).hasSize(11);
        assertThat(clinic.path("keepsCalendar").asBoolean()).isTrue();
        JsonNode hospital = city.get("/pharmacies/" + one("SELECT id FROM institution WHERE code = 'EXAMPLE-0004'")
                + "?coordType=bd09").body();
        assertThat(hospital.path("kind").asString()).isEqualTo("public_hospital");
        assertThat(hospital.at("/position/lat").asDouble()).isEqualTo(37.5101);
        assertThat(taken(preview(file.replace("08:00-21:30", "09:00-18:00")), false)).isEqualTo(1);
        assertThat(one(
                "SELECT string_agg(DISTINCT opens::text || closes, ',') FROM opening_hours o JOIN institution i ON i.id = o.institution_id WHERE i.code = 'EXAMPLE-0001'"))
                .isEqualTo("09:00:0018:00:00");
    }

    /** The stock of a place that moves is found where the place is now, and no longer where it was. */
    @Test
    void whatAPlaceHasMovesWithIt() {
        String here = "/pharmacies/nearby?coordType=wgs84&q=akbtp&limit=20&lat=%s&lon=%s";
        JsonNode store = city.get(here.formatted(37.5, 122.12)).body().path("items").valueStream()
                .map(item -> item.path("pharmacy")).filter(p -> p.path("kind").asString().equals("store")).findFirst()
                .orElseThrow();
        String id = store.path("pharmacyId").asString();
        String line = String.join(",", id, store.path("name").asString(), "store", account(id), "",
                store.path("address").asString(), store.path("areaCode").asString(), "",
                store.path("phone").asString(), store.path("insuranceAccepted").asBoolean() ? "是" : "否");
        assertThat(taken(preview(HEAD + line + ",37.2531,122.4321,wgs84,08:00-20:00\n"), false)).isEqualTo(1);
        JsonNode nearest = city.get(here.formatted(37.2531, 122.4321)).body().at("/items/0");
        assertThat(nearest.at("/pharmacy/pharmacyId").asString()).isEqualTo(id);
        assertThat(nearest.path("distanceM").asDouble()).isLessThan(1);
        assertThat(one(
                "SELECT count(*) FROM stock s JOIN institution i ON i.id = s.institution_id WHERE s.position <> i.position"))
                .isEqualTo("0");
    }

    private String account(String id) {
        return one("SELECT c.org FROM institution i JOIN chain c ON c.id = i.chain_id WHERE i.id = '" + id + "'");
    }

    @Test
    void aPlaceOutsideTheCityIsTakenByWordOnly() {
        String file = HEAD
                + "FAR-01,远店,clinic,,,路,370602,芝罘区,1,是,37.54,121.39,gcj02,08:00-20:00\nFAR-02,店,clinic,,,路,370602,,1,是,37.54,122.1,,08:00-20:00\n";
        Answer previewed = preview(file);
        assertThat(previewed.body().path("questioned").asInt()).as("%s", previewed).isEqualTo(1);
        assertThat(previewed.body().path("bad").asInt()).isEqualTo(1);
        assertThat(taken(previewed, false)).isZero();
        assertThat(taken(preview(file), true)).isEqualTo(1);
        assertThat(one("SELECT parent_code || kind FROM area WHERE code = '370602'")).isEqualTo("370600district");
    }
}
