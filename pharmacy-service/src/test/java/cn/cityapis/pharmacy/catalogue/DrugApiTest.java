package cn.cityapis.pharmacy.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;

@ServiceTest(properties = "demo.data=true")
class DrugApiTest {

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;

    private Api app;

    @BeforeEach
    void signIn() {
        app = Api.as(port, Who.APP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"阿卡波糖片", "阿卡波", "卡波糖", "akbt", "AKBTP", "akabotang", "DEMO-0001", "国药准字H99000001"})
    void isFoundByCharactersPinyinInitialsAndCode(String typed) {
        Answer found = app.get("/drugs?q={q}", typed);
        assertThat(found.body().path("items").path(0).path("genericName").asString()).as("%s", found)
                .isEqualTo("阿卡波糖片");
    }

    @Test
    void isFoundByMakerToo() {
        String maker = app.get("/drugs?q=akbtp").body().path("items").path(0).path("maker").asString();
        assertThat(app.get("/drugs?q={q}&limit=100", maker).body().path("items")).isNotEmpty()
                .allMatch(drug -> drug.path("maker").asString().equals(maker));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "\\", "' OR 1=1 --", "没有这种药"})
    void whatMeansNothingFindsNothing(String typed) {
        Answer found = app.get("/drugs?q={q}", typed);
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body().path("items")).isEmpty();
    }

    @Test
    void pagesThroughAll145WithoutGapOrRepetition() {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = app.get("/drugs?kind=medicine&limit=40&cursor=" + cursor);
            page.body().path("items").forEach(drug -> seen.add(drug.path("drugId").asString()));
            cursor = page.body().path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        assertThat(seen).hasSize(145).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"consumable, 8", "reagent, 3", "decoction_piece, 7"})
    void hasThingsBesideMedicinesThatPharmaciesSell(String kind, int many) {
        Answer found = app.get("/drugs?kind={kind}", kind);
        assertThat(found.body().path("items")).hasSize(many)
                .allMatch(one -> one.path("demo").asBoolean() && one.path("procuredPriceFen").asLong() > 0);
        String id = found.body().path("items").path(0).path("drugId").asString();
        assertThat(app.get("/pharmacies/nearby?lat=37.5&lon=122.12&coordType=wgs84&drugId=" + id).body().path("items"))
                .hasSize(20);
    }

    @Test
    void showsAwardsAndTheHistoryOfPrices() {
        var drug = app.get("/drugs?q=akbtp").body().path("items").path(0);
        String path = "/drugs/" + drug.path("drugId").asString();
        assertThat(app.get(path).body()).isEqualTo(drug);
        assertThat(drug.path("procuredUnitPrice").asString()).isEqualTo("0.2450");
        assertThat(app.get(path + "/awards").body().path("items")).hasSize(1)
                .allMatch(award -> award.path("demo").asBoolean());
        assertThat(app.get(path + "/prices").body().path("items")).extracting(p -> p.path("kind").asString())
                .containsExactly("procured", "procured", "before");
    }

    @ParameterizedTest
    @CsvSource({"/drugs?limit=0, 400, validation-failed", "/drugs?limit=x, 400, validation-failed",
            "/drugs?cursor=zzz, 400, invalid-cursor", "/drugs/7, 400, validation-failed",
            "/drugs/7/awards, 400, validation-failed", "/drugs/7/prices, 400, validation-failed",
            "/pharmacies/7, 400, validation-failed", "/nothing, 404, not-found"})
    void refusesWhatMakesNoSense(String path, int status, String code) {
        Answer refused = app.get(path);
        assertThat(refused.status()).as("%s", refused).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/drugs/%s", "/drugs/%s/awards", "/drugs/%s/prices", "/drugs/%s/former", "/pharmacies/%s"})
    void doesNotKnowWhatThereIsNot(String path) {
        Answer refused = app.get(path.formatted(UUID.randomUUID()));
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.code()).isEqualTo("not-found");
    }

    @Test
    void refusesATextThatIsTooLong() {
        assertThat(app.get("/drugs?q=" + "a".repeat(51)).errors()).containsEntry("?q", "size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE price SET pack_fen = 1", "DELETE FROM award", "TRUNCATE price"})
    void awardsAndPricesAreFrozen(String sql) {
        assertThatThrownBy(() -> database.sql(sql).then().block())
                .isInstanceOfAny(DataIntegrityViolationException.class, RuntimeException.class)
                .rootCause().hasMessageContaining("append-only");
    }

    @Test
    void aPackOfNoUnitsIsNotTaken() {
        assertThatThrownBy(() -> database.sql("UPDATE drug SET pack_units = 0").then().block())
                .isInstanceOf(DataIntegrityViolationException.class);
    }
}
