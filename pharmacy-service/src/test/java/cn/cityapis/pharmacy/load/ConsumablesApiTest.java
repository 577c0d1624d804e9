package cn.cityapis.pharmacy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** Consumables, reagents and decoction pieces stand in the catalogue, are procured, ordered and watched as medicines are. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-loading"})
class ConsumablesApiTest {

    private static final String HEAD = "insuranceCode,kind,genericName,category,model,packUnits,unitName,packName,maker,registrationNo,source\n";
    private static final String PIECES = "insuranceCode,genericName,grade,packUnits,unitName,packName,maker,standard,source\n";
    private static final String AWARDS = "insuranceCode,batch,supplyArea,validFrom,validTo,priceFen,source\n";

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;
    @Autowired
    Clock clock;

    private Api city;

    @BeforeEach
    void signIn() {
        city = Api.as(port, Who.CITY);
    }

    private Answer preview(String kind, String text) {
        return city.upload("/catalogue-imports?kind=" + kind, "text/csv", text);
    }

    private int taken(Answer previewed) {
        assertThat(previewed.status()).as("%s", previewed).isEqualTo(201);
        return city.post("/catalogue-imports/" + previewed.body().path("importId").asString() + "/application",
                Map.of("takeQuestioned", true), previewed.tag()).body().path("taken").asInt();
    }

    private JsonNode find(String words) {
        return city.get("/drugs?q={q}", words).body().path("items");
    }

    /** What docs/examples shows can be loaded as it stands, is found by what is on the pack, and loaded again without effect. */
    @Test
    void theExampleIsTakenAsItStands() throws IOException {
        String file = Files.readString(Path.of("../docs/examples/consumables.csv"));
        Answer previewed = preview("consumables", file);
        assertThat(previewed.body().path("fresh").asInt()).as("%s", previewed).isEqualTo(3);
        assertThat(taken(previewed)).isEqualTo(3);
        for (String words : List.of("胰岛素笔用针头", "ycxsywjydsbyzt", "国械注准20993140001", "EXAMPLE-C-1")) {
            JsonNode needle = find(words).path(0);
            assertThat(needle.path("genericName").asString()).as(words).isEqualTo("一次性使用无菌胰岛素笔用针头");
            assertThat(List.of(needle.path("kind").asString(), needle.path("form").asString(),
                    needle.path("strength").asString())).containsExactly("consumable", "注射穿刺类", "0.25mm×5mm");
        }
        assertThat(find("EXAMPLE-R-1").at("/0/kind").asString()).isEqualTo("reagent");
        String pieces = Files.readString(Path.of("../docs/examples/decoction-pieces.csv"));
        assertThat(taken(preview("decoction_pieces", pieces))).isEqualTo(3);
        for (String words : List.of("酒当归", "jdg", "EXAMPLE-D-2")) {
            JsonNode piece = find(words).path(0);
            assertThat(List.of(piece.path("kind").asString(), piece.path("form").asString(),
                    piece.path("strength").asString(), piece.path("approvalNo").asString())).as(words)
                    .containsExactly("decoction_piece", "中药饮片", "统货", "中国药典2025年版一部");
        }
        assertThat(preview("decoction_pieces", pieces).body().path("unchanged").asInt()).isEqualTo(3);
        assertThat(preview("consumables", file).body().path("unchanged").asInt()).isEqualTo(3);
        for (String kind : List.of("medicine", "decoction_piece", "consumable", "reagent")) {
            assertThat(city.get("/drugs?limit=100&kind=" + kind).body().path("items").valueStream()
                    .map(one -> one.path("kind").asString()).distinct()).containsExactly(kind);
        }
        assertThat(city.get("/drugs?kind=tea").errors()).isEqualTo(Map.of("?kind", "invalid-value"));
    }

    @Test
    void aConsumableThatHasWonIsOrderedAtItsPriceAndWhatItWasCalledIsKept() {
        String line = "ORDER-C-1,consumable,试验敷料,敷料类,%s,10,片,盒,%s,国械注准20993140009,test\n";
        assertThat(taken(preview("consumables", HEAD + line.formatted("5cm", "甲厂")))).isEqualTo(1);
        assertThat(taken(preview("awards", AWARDS + "ORDER-C-1,耗材一批,371000,2026-01-01,2099-12-31,1250,test\n")))
                .isEqualTo(1);
        JsonNode dressing = find("ORDER-C-1").path(0);
        assertThat(dressing.path("procuredUnitPrice").asString()).isEqualTo("1.2500");
        Api chain = Api.as(port, Who.CHAIN);
        Answer placed = chain.post("/orders", Map.of("supplierId",
                chain.get("/suppliers").body().at("/items/0/supplierId").asString(), "lines",
                List.of(Map.of("storeId", chain.get("/stores?limit=1").body().at("/items/0/pharmacyId").asString(),
                        "drugId", dressing.path("drugId").asString(), "quantity", 3))),
                null);
        assertThat(placed.status()).as("%s", placed).isEqualTo(201);
        assertThat(placed.body().at("/stores/0/lines/0/strength").asString()).isEqualTo("5cm");
        assertThat(taken(preview("consumables", HEAD + line.formatted("5cm", "乙厂")))).isEqualTo(1);
        assertThat(city.get("/drugs/" + dressing.path("drugId").asString() + "/former").body().at("/items/0/maker")
                .asString()).isEqualTo("甲厂");
    }

    /** 威医保发〔2023〕33号 二（一）: nothing on consumables, 25 % on decoction pieces; on reagents it says nothing. */
    @Test
    void weiyibaofa2023_33_2_1_aPublicInstitutionMayAddNothingToAConsumableAndAQuarterToADecoctionPiece() {
        taken(preview("consumables", HEAD + "MARK-C-1,耗材,加价试验针头,注射类,5mm,7,支,盒,厂,国械注准20993140010,test\n"
                + "MARK-R-1,试剂,加价试验试纸,血糖类,50片装,50,片,盒,厂,国械注准20992400010,test\n"));
        taken(preview("decoction_pieces", PIECES + "MARK-D-1,加价试验饮片,统货,500,克,袋,厂,中国药典2025年版一部,test\n"));
        taken(preview("awards", AWARDS + "MARK-C-1,耗材一批,371000,2026-01-01,2099-12-31,10000,test\n"
                + "MARK-R-1,耗材一批,371000,2026-01-01,2099-12-31,10000,test\n"
                + "MARK-D-1,饮片一批,371000,2026-01-01,2099-12-31,10000,test\n"));
        Api hospital = Api.as(port, Who.OTHER_CLINIC);
        String own = hospital.get("/stores").body().at("/items/0/pharmacyId").asString();
        database.sql("UPDATE institution SET kind = 'public_hospital' WHERE id = :s").bind("s", UUID.fromString(own))
                .then().block();
        try {
            assertThat(red(hospital, own, "MARK-C-1", 10_000)).isZero();
            assertThat(red(hospital, own, "MARK-C-1", 10_001)).isEqualTo(1);
            assertThat(red(hospital, own, "MARK-R-1", 10_001)).isZero();
            assertThat(red(hospital, own, "MARK-D-1", 12_500)).isZero();
            assertThat(red(hospital, own, "MARK-D-1", 12_501)).isEqualTo(1);
        } finally {
            database.sql("UPDATE institution SET kind = 'clinic' WHERE id = :s").bind("s", UUID.fromString(own)).then()
                    .block();
        }
    }

    private int red(Api hospital, String own, String code, long fen) {
        Answer reported = hospital.post("/stock-reports", Map.of("reports", List.of(Map.of("storeId", own, "drugId",
                find(code).at("/0/drugId").asString(), "quantity", 5, "retailPriceFen", fen, "reportedAt",
                OffsetDateTime.now(clock).toString()))), null);
        assertThat(reported.status()).as("%s", reported).isEqualTo(200);
        return reported.body().path("red").asInt();
    }

    @Test
    void noMedicineHasTheNumberOfADevice() {
        for (String change : List.of("approval_no = '国械注准20993140001'", "kind = 'consumable'",
                "kind = 'decoction_piece'", "kind = 'tea'")) {
            assertThatThrownBy(() -> database.sql("UPDATE drug SET " + change + " WHERE insurance_code = 'DEMO-0003'")
                    .then().block()).as(change).isInstanceOf(DataIntegrityViolationException.class);
        }
    }
}
