package cn.cityapis.pharmacy.nearby;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.pharmacy.geo.CoordType;
import cn.cityapis.pharmacy.geo.Coordinates;
import cn.cityapis.platform.test.ServiceTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = "demo.data=true")
class MapApiTest {

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;

    private Api app;

    @BeforeEach
    void signIn() {
        app = Api.as(port, Who.APP);
    }

    private record Place(UUID id, Coordinates point) {
    }

    private List<Place> places() {
        return Objects.requireNonNull(database.sql("SELECT id, lat, lon FROM institution")
                .map(r -> new Place(r.get("id", UUID.class),
                        new Coordinates(r.get("lat", Double.class), r.get("lon", Double.class))))
                .all().collectList().block());
    }

    @Test
    void theWholeCityIsClusteredAndNobodyIsLost() {
        Answer map = app.get("/pharmacy-map?bbox=121,36,123,38&coordType=wgs84&zoom=10");
        assertThat(map.body().path("type").asString()).isEqualTo("FeatureCollection");
        List<JsonNode> features = new ArrayList<>();
        map.body().path("features").forEach(features::add);
        assertThat(features.size()).isBetween(10, 300);
        assertThat(features).allMatch(f -> f.at("/properties/cluster").asBoolean()
                && f.path("type").asString().equals("Feature") && f.at("/geometry/type").asString().equals("Point"));
        assertThat(features.stream().mapToInt(f -> f.at("/properties/count").asInt()).sum())
                .isEqualTo(places().size());
        assertThat(features.size()).isLessThan(app.get(
                "/pharmacy-map?bbox=121,36,123,38&coordType=wgs84&zoom=11").body().path("features").size());
    }

    /** In every datum: exactly those that lie in the box of that datum. */
    @ParameterizedTest
    @EnumSource(CoordType.class)
    void aSmallBoxShowsEachPlaceInIt(CoordType type) {
        double[] box = {122.10, 37.49, 122.135, 37.515};
        Answer map = app.get("/pharmacy-map?bbox=" + box[0] + "," + box[1] + "," + box[2] + "," + box[3]
                + "&coordType=" + type.code() + "&zoom=15");
        Set<String> expected = new HashSet<>();
        for (Place place : places()) {
            Coordinates shown = type.fromWgs84(place.point());
            if (shown.lon() >= box[0] && shown.lon() <= box[2] && shown.lat() >= box[1] && shown.lat() <= box[3]) {
                expected.add(place.id().toString());
            }
        }
        assertThat(expected).isNotEmpty();
        Set<String> found = new HashSet<>();
        map.body().path("features").forEach(f -> found.add(f.at("/properties/pharmacyId").asString()));
        assertThat(found).isEqualTo(expected);
        assertThat(map.body().path("coordType").asString()).isEqualTo(type.code());
        JsonNode first = map.body().at("/features/0/geometry/coordinates");
        assertThat(first.path(0).asDouble()).isBetween(box[0], box[2]);
        assertThat(first.path(1).asDouble()).isBetween(box[1], box[3]);
    }

    @Test
    void withAMedicineShowsWhoHasIt() {
        String drug = app.get("/drugs?q=akbtp").body().at("/items/0/drugId").asString();
        Answer map = app.get("/pharmacy-map?bbox=122.10,37.49,122.135,37.515&coordType=wgs84&zoom=15&drugId=" + drug);
        assertThat(map.body().path("features")).isNotEmpty()
                .allMatch(f -> f.at("/properties/offer/drugId").asString().equals(drug));
        assertThat(app.get("/pharmacy-map?bbox=122,37,123,38&coordType=wgs84&zoom=9&drugId=" + UUID.randomUUID())
                .status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {"bbox=37,122,38,123&coordType=gcj02&zoom=9 ?bbox coordinates-swapped",
            "bbox=122,37,123&coordType=gcj02&zoom=9 ?bbox wrong-type", "coordType=gcj02&zoom=9 ?bbox missing",
            "bbox=-180,-90,180,90&coordType=gcj02&zoom=12 ?bbox box-too-large",
            "bbox=122,37,123,38&coordType=gcj02 ?zoom missing",
            "bbox=122,37,123,38&coordType=gcj02&zoom=23 ?zoom out-of-range",
            "bbox=122,37,123,38&coordType=mars&zoom=9 ?coordType invalid-value",
            "bbox=122,37,123,38&coordType=gcj02&zoom=9&drugId=7 ?drugId wrong-type"})
    void saysWhatIsWrong(String query, String pointer, String code) {
        assertThat(app.get("/pharmacy-map?" + query).errors()).isEqualTo(Map.of(pointer, code));
    }

    @Test
    void nearbyAsGeoJsonIsTheSameList() {
        String query = "lat=37.5018&lon=122.1213&coordType=gcj02&q=akbtp&limit=5";
        JsonNode list = app.get("/pharmacies/nearby?" + query).body();
        JsonNode features = app.get("/pharmacies/nearby/geojson?" + query).body().path("features");
        assertThat(features).hasSize(5);
        for (int i = 0; i < 5; i++) {
            JsonNode item = list.path("items").path(i);
            assertThat(features.path(i).at("/properties/pharmacyId")).isEqualTo(item.at("/pharmacy/pharmacyId"));
            assertThat(features.path(i).at("/properties/distanceM")).isEqualTo(item.path("distanceM"));
            assertThat(features.path(i).at("/geometry/coordinates/0").asDouble())
                    .isEqualTo(item.at("/pharmacy/position/lon").asDouble());
        }
    }

    /** Which pharmacy has most of my list: checked against counting it all. */
    @Test
    void theFullestComesFirstAndOfThoseTheNearest() {
        List<String> drugs = new ArrayList<>();
        app.get("/drugs?limit=12").body().path("items").forEach(d -> drugs.add(d.path("drugId").asString()));
        Coordinates here = new Coordinates(37.5013, 122.1187);
        var expected = Objects.requireNonNull(database.sql("""
                SELECT i.id, i.lat, i.lon, count(*) AS have FROM stock s JOIN institution i ON i.id = s.institution_id
                 WHERE s.quantity > 0 AND s.drug_id = ANY(:drugs) GROUP BY i.id
                """).bind("drugs", drugs.stream().map(UUID::fromString).toArray(UUID[]::new))
                .map(r -> new Object[]{r.get("id", UUID.class).toString(), r.get("have", Long.class),
                        new Coordinates(r.get("lat", Double.class), r.get("lon", Double.class)).distanceTo(here)})
                .all().collectList().block()).stream().filter(r -> (double) r[2] <= 3000)
                .sorted(java.util.Comparator.comparing((Object[] r) -> -(long) r[1])
                        .thenComparing(r -> (double) r[2]))
                .limit(20).map(r -> r[0] + " " + r[1]).toList();
        Answer found = app.get("/pharmacies/for-list?lat=37.5013&lon=122.1187&coordType=wgs84&withinM=3000&drugIds="
                + String.join(",", drugs));
        List<String> got = new ArrayList<>();
        found.body().path("items").forEach(item -> {
            got.add(item.at("/pharmacy/pharmacyId").asString() + " " + item.path("have").asInt());
            assertThat(item.path("have").asInt() + item.path("missingDrugIds").size()).isEqualTo(12);
            assertThat(item.path("offers").size()).isEqualTo(item.path("have").asInt());
            long total = 0;
            for (JsonNode offer : item.path("offers")) {
                total += offer.path("retailPriceFen").asLong();
            }
            assertThat(item.path("totalFen").asLong()).isEqualTo(total);
        });
        assertThat(got).isNotEmpty().isEqualTo(expected);
    }

    @Test
    void aListNamesAllThatIsWrong() {
        assertThat(app.get("/pharmacies/for-list?lat=122.1&lon=37.5&coordType=x&withinM=0&limit=0&openNow=7").errors())
                .isEqualTo(Map.of("?lat", "coordinates-swapped", "?coordType", "invalid-value", "?drugIds", "missing",
                        "?withinM", "out-of-range", "?limit", "out-of-range", "?openNow", "wrong-type"));
        assertThat(app.get("/pharmacies/for-list?lat=37.5&lon=122.1&coordType=wgs84&drugIds=" + UUID.randomUUID())
                .status()).isEqualTo(404);
    }
}
