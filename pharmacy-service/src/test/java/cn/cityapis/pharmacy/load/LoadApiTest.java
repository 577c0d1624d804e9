package cn.cityapis.pharmacy.load;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = {"demo.data=true", "test.database=of-loading"})
class LoadApiTest {

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String DRUGS = "insuranceCode,genericName,form,strengthValue,strengthUnit,packUnits,unitName,packName,maker,approvalNo,source\n";
    private static final String PRICES = "insuranceCode,kind,area,priceFen,inForceFrom,source\n";
    private static final String AWARDS = "insuranceCode,batch,supplyArea,validFrom,validTo,priceFen,source\n";

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;

    private Api city;

    @BeforeEach
    void signIn() {
        city = Api.as(port, Who.CITY);
    }

    private Answer preview(String kind, String text) {
        return city.upload("/catalogue-imports?kind=" + kind, "text/csv", text);
    }

    private Answer apply(Answer previewed, Object body) {
        return city.post("/catalogue-imports/" + previewed.body().path("importId").asString() + "/application", body,
                previewed.tag());
    }

    private long count(String table) {
        return Objects.requireNonNull(database.sql("SELECT count(*) FROM " + table).map(r -> r.get(0, Long.class))
                .one().block());
    }

    private JsonNode acarbose() {
        return city.get("/drugs?q=akbtp").body().at("/items/0");
    }

    @Test
    void aPreviewChangesNothingAndItsApplicationAll() {
        long before = count("price");
        String code = acarbose().path("insuranceCode").asString();
        String drug = acarbose().path("drugId").asString();
        Answer previewed = preview("prices", PRICES + code + ",procured,371000,730,2026-01-01,test\n" + code
                + ",procured,371000,7,2026-06-01,test\n" + "NOBODY,procured,371000,730,2026-01-01,test\n");
        assertThat(previewed.status()).as("%s", previewed).isEqualTo(201);
        assertThat(List.of(previewed.body().path("fresh").asInt(), previewed.body().path("questioned").asInt(),
                previewed.body().path("bad").asInt())).containsExactly(1, 1, 1);
        assertThat(count("price")).isEqualTo(before);
        String path = "/catalogue-imports/" + previewed.body().path("importId").asString();
        assertThat(city.get(path + "/lines?verdict=bad").body().at("/items/0/problems/0/code").asString())
                .isEqualTo("unknown");
        assertThat(city.get(path + "/lines?limit=2").body().path("nextCursor").asString()).isNotEmpty();
        Answer applied = apply(previewed, Map.of());
        assertThat(applied.status()).as("%s", applied).isEqualTo(200);
        assertThat(applied.body().path("taken").asInt()).isEqualTo(1);
        assertThat(count("price")).isEqualTo(before + 1);
        assertThat(acarbose().path("procuredPriceFen").asLong()).isEqualTo(730);
        assertThat(city.get("/drugs/" + drug + "/prices").body().path("items")).anyMatch(
                p -> p.path("priceFen").asLong() == 735);
        assertThat(apply(previewed, Map.of()).status()).isEqualTo(412);
        assertThat(city.post(path + "/application", Map.of(), applied.tag()).code()).isEqualTo("import-state");
        // a correction of today's price is another row, and wins
        Answer correction = preview("prices", PRICES + code + ",procured,371000,735,2026-01-01,test\n");
        assertThat(correction.body().path("corrections").asInt()).isEqualTo(1);
        apply(correction, Map.of());
        assertThat(acarbose().path("procuredPriceFen").asLong()).isEqualTo(735);
    }

    /** A maker that is renamed is put right; a number of tablets only by word; and what was said before is kept. */
    @Test
    void aMedicineIsCorrectedAndWhatItsRowSaidIsKept() {
        String line = "CORR-1,更正试验片,片剂,5,mg,10,片,盒,%s,国药准字H20209999,%s\n";
        assertThat(apply(preview("drugs", DRUGS + line.formatted("甲厂", "一文")), Map.of()).body().path("taken").asInt())
                .isEqualTo(1);
        JsonNode first = city.get("/drugs?q=CORR-1").body().at("/items/0");
        String path = "/drugs/" + first.path("drugId").asString();
        assertThat(city.get(path + "/former").body().path("items")).isEmpty();
        Answer renamed = preview("drugs", DRUGS + line.formatted("乙厂", "二文"));
        assertThat(renamed.body().path("corrections").asInt()).isEqualTo(1);
        apply(renamed, Map.of());
        String thirty = DRUGS + line.formatted("乙厂", "三文").replace(",10,", ",30,");
        assertThat(preview("drugs", thirty).body().path("questioned").asInt()).isEqualTo(1);
        assertThat(apply(preview("drugs", thirty), Map.of()).body().path("taken").asInt()).isZero();
        assertThat(apply(preview("drugs", thirty), Map.of("takeQuestioned", true)).body().path("taken").asInt())
                .isEqualTo(1);
        JsonNode now = city.get(path).body();
        assertThat(now.path("maker").asString() + now.path("packUnits").asInt()).isEqualTo("乙厂30");
        assertThat(city.get(path + "/former").body().path("items").valueStream()
                .map(f -> f.path("maker").asString() + f.path("packUnits").asInt() + f.path("source").asString()))
                .containsExactly("乙厂10二文", "甲厂10一文");
        assertThat(preview("drugs", thirty).body().path("unchanged").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsQuestionedIsTakenByWordOnly() {
        String code = city.get("/drugs?limit=9").body().at("/items/8/insuranceCode").asString();
        long fen = city.get("/drugs?limit=9").body().at("/items/8/procuredPriceFen").asLong();
        String file = PRICES + code + ",procured,371000," + fen * 100 + ",2036-01-01,test\n";
        assertThat(apply(preview("prices", file), Map.of("takeQuestioned", false)).body().path("taken").asInt())
                .isZero();
        assertThat(apply(preview("prices", file), Map.of("takeQuestioned", true)).body().path("taken").asInt())
                .isEqualTo(1);
    }

    @Test
    void aPreviewOfAnOlderCatalogueIsMadeAnew() {
        String code = acarbose().path("insuranceCode").asString();
        Answer first = preview("prices", PRICES + code + ",listed,371000,900,2026-01-01,a\n");
        Answer second = preview("prices", PRICES + code + ",listed,371000,901,2026-01-01,b\n");
        assertThat(apply(second, Map.of()).status()).isEqualTo(200);
        Answer refused = apply(first, Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("catalogue-moved-on");
    }

    @Test
    void aCorrectedAwardNoLongerCounts() {
        JsonNode drug = city.get("/drugs?limit=20").body().at("/items/15");
        String code = drug.path("insuranceCode").asString();
        assertThat(apply(preview("awards", AWARDS + code + ",演示批次,371000,2025-01-01,2025-12-31,,更正\n"), Map.of())
                .body().path("taken").asInt()).isEqualTo(1);
        Api chain = Api.as(port, Who.CHAIN);
        String store = chain.get("/stores?limit=1").body().at("/items/0/pharmacyId").asString();
        Answer refused = chain.post("/orders", Map.of("supplierId",
                chain.get("/suppliers").body().at("/items/0/supplierId").asString(), "lines",
                List.of(Map.of("storeId", store, "drugId", drug.path("drugId").asString(), "quantity", 1))), null);
        assertThat(refused.errors()).containsEntry("/lines/0/drugId", "not-awarded");
        assertThat(city.get("/drugs/" + drug.path("drugId").asString() + "/awards").body().path("items")).hasSize(2);
    }

    @Test
    void whatWasAgreedForANewCycleIsLoadedAndCorrected() {
        String code = "VOL-0001";
        apply(preview("drugs", DRUGS + code + ",约定药片,片剂,1,mg,30,片,盒,厂,国药准字H20209999,test\n"), Map.of());
        String head = "采购周期,周期起始日,周期截止日,采购账户,医保编码,计入方式,约定量\n";
        String line = "新周期,2026-01-01,2099-12-31,demo-chain-1," + code + ",brand,";
        Answer previewed = preview("volumes",
                head + line + "70\n新周期,2026-01-01,2099-12-31,nobody," + code + ",brand,1\n");
        assertThat(previewed.status()).as("%s", previewed).isEqualTo(201);
        assertThat(List.of(previewed.body().path("fresh").asInt(), previewed.body().path("bad").asInt()))
                .containsExactly(1, 1);
        assertThat(agreed()).isEmpty();
        Answer applied = apply(previewed, Map.of());
        assertThat(applied.body().path("taken").asInt()).as("%s", applied).isEqualTo(1);
        assertThat(agreed()).containsExactly(70);
        Answer overlapping = preview("volumes",
                head + "另一周期,2030-01-01,2030-12-31,demo-chain-1," + code + ",brand,5\n");
        assertThat(overlapping.body().path("bad").asInt()).isEqualTo(1);
        assertThat(preview("volumes", head + line + "70\n").body().path("unchanged").asInt()).isEqualTo(1);
        Answer correction = preview("volumes", head + line + "0\n");
        assertThat(correction.body().path("corrections").asInt()).isEqualTo(1);
        assertThat(apply(correction, Map.of()).body().path("taken").asInt()).isEqualTo(1);
        assertThat(agreed()).containsExactly(0);
    }

    private List<Integer> agreed() {
        List<Integer> packs = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = Api.as(port, Who.CHAIN).get("/agreed-volumes?limit=100" + cursor).body();
            page.path("items").valueStream().filter(v -> v.path("cycleName").asString().equals("新周期"))
                    .forEach(v -> packs.add(v.path("agreedPacks").asInt()));
            cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asString() : "";
        } while (!cursor.isEmpty());
        return packs;
    }

    /** Twenty thousand medicines by spreadsheet, with a bad line in every hundred. */
    @Test
    void aLargeSpreadsheetIsReadJudgedAndApplied() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("目录");
            String[] head = DRUGS.strip().split(",");
            for (int c = 0; c < head.length; c++) {
                sheet.value(0, c, head[c]);
            }
            for (int i = 1; i <= 20_000; i++) {
                Object[] cells = {"BULK-" + i, "测试药" + i + "片", "片剂", 0.5, "g", i % 100 == 0 ? 0 : 24, "片", "盒",
                        "测试厂", "国药准字H" + (30_000_000 + i), "test"};
                for (int c = 0; c < cells.length; c++) {
                    if (cells[c] instanceof Number number) {
                        sheet.value(i, c, number);
                    } else {
                        sheet.value(i, c, cells[c].toString());
                    }
                }
            }
        }
        Answer previewed = city.upload("/catalogue-imports?kind=drugs", XLSX, bytes.toByteArray(),
                UUID.randomUUID().toString());
        assertThat(previewed.status()).as("%s", previewed).isEqualTo(201);
        assertThat(previewed.body().path("received").asInt()).isEqualTo(20_000);
        assertThat(previewed.body().path("bad").asInt()).isEqualTo(200);
        List<Integer> bad = new ArrayList<>();
        String lines = "/catalogue-imports/" + previewed.body().path("importId").asString()
                + "/lines?verdict=bad&limit=100";
        String cursor = "";
        do {
            JsonNode page = city.get(lines + cursor).body();
            page.path("items").forEach(l -> bad.add(l.path("line").asInt()));
            cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asString() : "";
        } while (!cursor.isEmpty());
        assertThat(bad).hasSize(200).startsWith(101, 201).endsWith(20_001);
        assertThat(apply(previewed, Map.of()).body().path("taken").asInt()).isEqualTo(19_800);
        assertThat(city.get("/drugs?q=BULK-7").body().at("/items/0/genericName").asString()).isEqualTo("测试药7片");
        assertThat(city.get("/drugs?q=csy19999p").body().path("items")).hasSize(1);
    }

    /** As many lines as are taken, and the heading: that one is none is found out after they are counted. */
    @Test
    void aFileOfMoreLinesThanAreTakenIsRefused() throws IOException {
        String most = "x\n".repeat(100_001);
        assertThat(detail(preview("prices", most))).startsWith("首行应为列名");
        assertThat(detail(preview("prices", most + "x\n"))).contains("100001 行");
        assertThat(detail(city.upload("/catalogue-imports?kind=prices", XLSX, column(100_001),
                UUID.randomUUID().toString()))).startsWith("首行应为列名");
        assertThat(detail(city.upload("/catalogue-imports?kind=prices", XLSX, column(100_002),
                UUID.randomUUID().toString()))).contains("100001 行");
    }

    private static String detail(Answer refused) {
        return refused.body().path("detail").asString();
    }

    private static byte[] column(int rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("目录");
            for (int row = 0; row < rows; row++) {
                sheet.value(row, 0, "x");
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void filesThatAreNoneAreRefused() {
        assertThat(city.upload("/catalogue-imports?kind=pills", "text/csv", PRICES).errors())
                .isEqualTo(Map.of("?kind", "invalid-value"));
        assertThat(preview("prices", PRICES).code()).isEqualTo("validation-failed");
        assertThat(city.upload("/catalogue-imports?kind=prices", XLSX,
                "PK\u0003\u0004xx".getBytes(StandardCharsets.ISO_8859_1), UUID.randomUUID().toString()).code())
                .isEqualTo("validation-failed");
        assertThat(Api.as(port, Who.CHAIN).upload("/catalogue-imports?kind=prices", "text/csv", PRICES).status())
                .isEqualTo(403);
        assertThat(city.get("/catalogue-imports/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(city.get("/catalogue-imports/" + UUID.randomUUID() + "/lines?verdict=x").errors())
                .isEqualTo(Map.of("?verdict", "invalid-value"));
        assertThat(city.get("/catalogue-imports?cursor=c1.eA").code()).isEqualTo("invalid-cursor");
    }
}
