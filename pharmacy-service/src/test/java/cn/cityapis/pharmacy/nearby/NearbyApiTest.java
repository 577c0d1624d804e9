package cn.cityapis.pharmacy.nearby;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.pharmacy.geo.CoordType;
import cn.cityapis.pharmacy.geo.Coordinates;
import cn.cityapis.platform.test.ServiceTest;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

@ServiceTest(properties = "demo.data=true")
@ExtendWith(OutputCaptureExtension.class)
class NearbyApiTest {

    private static final Coordinates HERE = new Coordinates(37.5013, 122.1187);

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;

    private Api app;

    @BeforeEach
    void signIn() {
        app = Api.as(port, Who.APP);
    }

    /** One place, named in three datums, has the same neighbours, each shown in the datum of the question. */
    @ParameterizedTest
    @EnumSource(CoordType.class)
    void answersInTheDatumOfTheQuestion(CoordType type) {
        Coordinates asked = type.fromWgs84(HERE);
        Answer found = app.get("/pharmacies/nearby?lat={lat}&lon={lon}&coordType={t}&q=akbtp&limit=3", asked.lat(),
                asked.lon(), type.code());
        Answer wgs84 = app.get("/pharmacies/nearby?lat={lat}&lon={lon}&coordType=wgs84&q=akbtp&limit=3", HERE.lat(),
                HERE.lon());
        for (int i = 0; i < 3; i++) {
            var item = found.body().path("items").path(i);
            var same = wgs84.body().path("items").path(i);
            assertThat(item.path("pharmacy").path("pharmacyId")).isEqualTo(same.path("pharmacy").path("pharmacyId"));
            assertThat(item.path("distanceM")).isEqualTo(same.path("distanceM"));
            var position = item.path("pharmacy").path("position");
            assertThat(position.path("coordType").asString()).isEqualTo(type.code());
            Coordinates shown = new Coordinates(position.path("lat").asDouble(), position.path("lon").asDouble());
            assertThat(type.toWgs84(shown).distanceTo(HERE)).isCloseTo(item.path("distanceM").asDouble(),
                    Offset.offset(1.0));
        }
    }

    @Test
    void withoutAMedicineListsTheNearestPlaces() {
        Answer found = app.get("/pharmacies/nearby?lat=37.5&lon=122.12&coordType=wgs84");
        assertThat(found.body().path("items")).hasSize(20).noneMatch(item -> item.has("offer"));
        assertThat(found.body().path("drugs")).isEmpty();
    }

    @Test
    void openNowLeavesOutWhatIsClosed() {
        assertThat(app.get("/pharmacies/nearby?lat=37.5&lon=122.12&coordType=wgs84&openNow=true&limit=50").body()
                .path("items")).isNotEmpty().allMatch(item -> item.path("openNow").asBoolean());
    }

    @Test
    void anUnknownNameIsAnEmptyListAndAnUnknownIdIs404() {
        Answer nothing = app.get("/pharmacies/nearby?lat=37.5&lon=122.12&coordType=wgs84&q={q}", "没有这种药");
        assertThat(nothing.status()).isEqualTo(200);
        assertThat(nothing.body().path("items")).isEmpty();
        Answer unknown = app.get("/pharmacies/nearby?lat=37.5&lon=122.12&coordType=wgs84&drugId=" + UUID.randomUUID());
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @CsvSource({"lat=122.12&lon=37.5&coordType=gcj02, ?lat, coordinates-swapped",
            "lat=97.5&lon=-122.12&coordType=gcj02, ?lat, out-of-range",
            "lat=37.5&lon=222&coordType=gcj02, ?lon, out-of-range", "lat=x&lon=122&coordType=gcj02, ?lat, wrong-type",
            "lon=122&coordType=gcj02, ?lat, missing", "lat=37.5&lon=122, ?coordType, missing",
            "lat=37.5&lon=122&coordType=mars, ?coordType, invalid-value",
            "lat=37.5&lon=122&coordType=gcj02&limit=101, ?limit, out-of-range",
            "lat=37.5&lon=122&coordType=gcj02&limit=-1, ?limit, out-of-range",
            "lat=37.5&lon=122&coordType=gcj02&openNow=maybe, ?openNow, wrong-type",
            "lat=37.5&lon=122&coordType=gcj02&drugId=7, ?drugId, wrong-type",
            "lat=37.5&lon=122&coordType=gcj02&atProcuredPrice=true, ?atProcuredPrice, missing-medicine"})
    void saysWhatIsWrongWithTheQuestion(String query, String pointer, String code) {
        Answer refused = app.get("/pharmacies/nearby?" + query);
        assertThat(refused.status()).as("%s", refused).isEqualTo(400);
        assertThat(refused.errors()).isEqualTo(Map.of(pointer, code));
    }

    @Test
    void namesEverythingWrongAtOnce() {
        Answer refused = app.get("/pharmacies/nearby?lat=x&coordType=y&limit=0&openNow=z&drugId=1&q=" + "a".repeat(51));
        assertThat(refused.errors().keySet()).containsExactlyInAnyOrder("?lat", "?lon", "?coordType", "?limit",
                "?openNow", "?drugId", "?q");
    }

    /** A canary position goes in; it must not come out in any log line or table. */
    @Test
    void keepsNoPosition(CapturedOutput output) {
        app.get("/pharmacies/nearby?lat=37.4681357&lon=122.1975319&coordType=wgs84&q=akbt");
        app.get("/pharmacies/nearby?lat=37.4681357&lon=122.1975319&coordType=mars");
        assertThat(output.getAll()).doesNotContain("4681357").doesNotContain("1975319");
        assertThat(database.sql("SELECT count(*) FROM audit_entry WHERE details::text LIKE '%4681357%'")
                .map(r -> r.get(0, Long.class)).one().block()).isZero();
    }
}
