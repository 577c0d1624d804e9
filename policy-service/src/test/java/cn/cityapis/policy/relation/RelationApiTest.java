package cn.cityapis.policy.relation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.policy.DigestScene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** On the digest that the project ships, and on made-up documents loaded after it. */
class RelationApiTest extends DigestScene {

    private static final String DOCUMENTS = "/api/policy/v1/documents/";
    private static final String NOBODY = DOCUMENTS + "018f0000-0000-7000-8000-000000000000/";

    @Test
    void showsADocumentKnownByCitationOnly() {
        JsonNode stub = byNumber("威人组发〔2020〕12号");
        assertThat(stub.get("held").asBoolean()).isFalse();
        assertThat(stub.get("title").asString()).contains("创业保险试点");
        assertThat(stub.get("status").asString()).isEqualTo("repealed");
        assertThat(stub.get("statusText").asString()).contains("2023年8月9日", "威金监发〔2023〕25号第十五条", "剩余年限");
        assertThat(stub.at("/repealedBy/0/number").asString()).isEqualTo("威金监发〔2023〕25号");
        assertThat(stub.at("/repealedBy/0/keeps").asString()).isEqualTo("remaining-term");
        assertThat(policy.follow(stub.get("permalink"))).isEqualTo(stub);
        problem(DOCUMENTS + stub.get("id").asString() + "/tree", 404, "document-not-held");
        problem(DOCUMENTS + stub.get("id").asString() + "/articles/1", 404, "document-not-held");
        assertThat(policy.get(DOCUMENTS + stub.get("id").asString() + "/status?on=2023-08-08").get("status").asString())
                .isEqualTo("unknown");
    }

    @Test
    void showsTheGraphInBothDirections() {
        JsonNode rule = byNumber("威金监发〔2023〕25号");
        assertThat(rule.at("/restsOn/0/number").asString()).isEqualTo("威发〔2023〕5号");
        assertThat(rule.at("/repeals/0/number").asString()).isEqualTo("威人组发〔2020〕12号");
        JsonNode out = policy.follow(rule.get("relations"));
        assertThat(out.get("items").findValuesAsString("kind")).contains("transmits", "basis", "repeals");
        JsonNode repeal = policy.get(relations(rule) + "?kind=repeals").at("/items/0");
        assertThat(repeal.at("/exception/kind").asString()).isEqualTo("remaining-term");
        assertThat(repeal.at("/exception/statedIn/articleLabel").asString()).isEqualTo("第十五条");
        assertThat(repeal.get("effective").asString()).isEqualTo("2023-08-09");
        assertThat(policy.follow(repeal.at("/statedIn/permalink")).get("number").asInt()).isEqualTo(15);
        JsonNode old = policy.follow(repeal.at("/document/permalink"));
        JsonNode back = policy.get(relations(old) + "?direction=incoming&kind=repeals").at("/items/0");
        assertThat(back.get("direction").asString()).isEqualTo("incoming");
        assertThat(back.at("/document/number").asString()).isEqualTo("威金监发〔2023〕25号");
        assertThat(policy.get(relations(old) + "?direction=outgoing").get("items")).isEmpty();
    }

    @Test
    void marksEachOfNineRepealedDocuments() {
        JsonNode decision = byNumber("威政发〔2023〕6号");
        assertThat(decision.get("repeals")).hasSize(9);
        JsonNode amended = byNumber("威政发〔2007〕60号");
        assertThat(amended.at("/amendedBy/0/number").asString()).isEqualTo("威政发〔2015〕31号");
        assertThat(amended.get("status").asString()).isEqualTo("repealed");
        assertThat(policy.get(DOCUMENTS + amended.get("id").asString() + "/status?on=2023-07-13").get("status")
                .asString()).isEqualTo("unknown");
    }

    @Test
    void pagesThroughRelationsWithoutLosingOne() {
        String all = relations(byNumber("威政发〔2023〕6号"));
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = policy.get(all + "?limit=4" + cursor);
            page.get("items").forEach(item -> seen.add(item.get("id").asString()));
            cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").asString() : null;
        } while (cursor != null);
        assertThat(seen).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void makesAStubTheRealDocumentAndTellsTheSearch() {
        policy.load(Rules.text("关于灯塔新规的通知", "海政发〔2031〕50号", "2031年5月1日",
                "第一条 《海岚市灯塔旧规定》（海政发〔2019〕50号）自2023年6月1日起废止。"));
        JsonNode stub = byNumber("海政发〔2019〕50号");
        assertThat(stub.get("held").asBoolean()).isFalse();
        policy.load(Rules.text("关于灯塔旧事的规定", "海政发〔2019〕50号", "2019年5月1日", "第一条 灯塔守夜人每晚点灯。"));
        JsonNode real = byNumber("海政发〔2019〕50号");
        assertThat(real.get("held").asBoolean()).isTrue();
        assertThat(real.get("id")).isEqualTo(stub.get("id"));
        assertThat(real.get("status").asString()).isEqualTo("repealed");
        assertThat(policy.get(DOCUMENTS + real.get("id").asString() + "?on=2023-05-31").get("status").asString())
                .isEqualTo("in-force");
        JsonNode hit = policy.search("海政发〔2019〕50号", answer -> number(answer).equals("海政发〔2019〕50号")).at("/items/0");
        assertThat(hit.get("status").asString()).isEqualTo("repealed");
        assertThat(hit.get("statusText").asString()).contains("海政发〔2031〕50号第一条");
        assertThat(policy.get("/api/policy/v1/documents?q={q}&status=repealed", "守夜人点灯").get("items")).hasSize(1);
        assertThat(policy.get("/api/policy/v1/documents?q={q}&status=in-force", "守夜人点灯").get("items")
                .findValuesAsString("number")).doesNotContain("海政发〔2019〕50号");
        assertThat(policy.get("/api/policy/v1/documents?q={q}&validOn=2023-05-31", "守夜人点灯").get("items")
                .findValuesAsString("number")).contains("海政发〔2019〕50号");
    }

    @Test
    void tellsTheSearchThatADocumentHeldWasRepealedLater() {
        policy.load(Rules.text("关于缆车的规定", "海政发〔2018〕60号", "2018年5月1日", "第一条 缆车逢雪停驶。"));
        policy.search("海政发〔2018〕60号", answer -> number(answer).equals("海政发〔2018〕60号"));
        policy.load(Rules.text("关于缆车的新规定", "海政发〔2022〕60号", "2022年5月1日", "第一条 废止海政发〔2018〕60号。"));
        JsonNode hit = policy.search("海政发〔2018〕60号",
                answer -> answer.get("items").valueStream().anyMatch(
                        item -> "海政发〔2018〕60号".equals(item.path("number").asString())
                                && "repealed".equals(item.get("status").asString())));
        assertThat(hit).isNotNull();
    }

    @Test
    void showsADocumentAsInForceAsLongAsAnotherProlongsIt() {
        policy.load(Rules.text("关于渡口值守的规定", "海政发〔2024〕70号", "2024年5月1日",
                "第一条 渡口守夜人每人每月补贴500元。\n第二条 本规定自2024年5月1日起施行，有效期至2024年12月31日。"));
        policy.search("海政发〔2024〕70号", answer -> answer.at("/items/0/status").asString("").equals("expired"));
        policy.load(Rules.text("关于渡口值守规定的通知", "海政发〔2024〕71号", "2024年12月1日",
                "第一条 《关于渡口值守的规定》（海政发〔2024〕70号）有效期延长至2033年12月31日。"));
        JsonNode hit = policy.search("海政发〔2024〕70号",
                answer -> answer.at("/items/0/status").asString("").equals("in-force")).at("/items/0");
        assertThat(hit.get("statusText").asString()).contains("有效期至2033年12月31日", "由海政发〔2024〕71号第一条延长");
        String status = DOCUMENTS + hit.get("id").asString() + "/status?on=";
        JsonNode prolonged = policy.get(status + "2033-12-31");
        assertThat(prolonged.get("status").asString()).isEqualTo("in-force");
        assertThat(prolonged.get("validUntil").asString()).isEqualTo("2024-12-31");
        assertThat(prolonged.at("/extended/until").asString()).isEqualTo("2033-12-31");
        assertThat(policy.get(status + "2034-01-01").get("status").asString()).isEqualTo("expired");
        JsonNode relation = policy.get(relations(byNumber("海政发〔2024〕71号")) + "?kind=extends").at("/items/0");
        assertThat(relation.get("until").asString()).isEqualTo("2033-12-31");
        assertThat(policy.get("/api/policy/v1/documents?q={q}&validOn=2030-05-31", "守夜人渡口补贴").get("items")
                .findValuesAsString("number")).contains("海政发〔2024〕70号");
        assertThat(policy.get("/api/policy/v1/entitlements?q={q}&validOn=2030-05-31", "守夜人").get("items")).hasSize(1);
        assertThat(policy.get("/api/policy/v1/entitlements?q={q}&validOn=2034-01-01", "守夜人").get("items")).isEmpty();
        assertThat(policy.get(DOCUMENTS + "expiring?days=1000&past=true&limit=100").get("items")
                .findValuesAsString("number")).contains("威民发〔2023〕17号").doesNotContain("海政发〔2024〕70号");
        assertThat(policy.get(DOCUMENTS + "expiring?days=3660&limit=100").get("items").findValuesAsString("number"))
                .contains("海政发〔2024〕70号");
        // the prolonging document is corrected: the end moves with it
        policy.load(Rules.text("关于渡口值守规定的通知", "海政发〔2024〕71号", "2024年12月1日",
                "第一条 《关于渡口值守的规定》（海政发〔2024〕70号）有效期延长2个月。"));
        policy.search("海政发〔2024〕70号", answer -> answer.at("/items/0/statusText").asString("").contains("2025年2月28日"));
        assertThat(policy.get(status + "2025-02-28").get("status").asString()).isEqualTo("in-force");
        assertThat(policy.get(status + "2025-03-01").get("status").asString()).isEqualTo("expired");
    }

    @Test
    void extensionsAddUpInTheOrderInWhichTheyWereIssued() {
        policy.load(Rules.text("关于潮汐站的规定", "海政发〔2020〕72号", "2020年5月1日",
                "第一条 潮汐站每日报潮两次。\n第二条 本规定自2020年6月1日起施行，有效期至2022年12月31日。"));
        // the later one comes first, and says it twice
        policy.load(Rules.text("关于再次延长潮汐站规定有效期的通知", "海政发〔2024〕73号", "2024年12月1日",
                "第一条 海政发〔2020〕72号有效期延长2年。\n第二条 海政发〔2020〕72号有效期延长2年的，另行公布。"));
        policy.load(Rules.text("关于延长潮汐站规定有效期的通知", "海政发〔2022〕74号", "2022年12月1日",
                "第一条 海政发〔2020〕72号有效期延长2年。"));
        policy.search("海政发〔2020〕72号", answer -> answer.at("/items/0/statusText").asString("").contains("2026年12月31日"));
        String status = DOCUMENTS + byNumber("海政发〔2020〕72号").get("id").asString() + "/status?on=";
        assertThat(policy.get(status + "2026-12-31").get("status").asString()).isEqualTo("in-force");
        assertThat(policy.get(status + "2027-01-01").get("status").asString()).isEqualTo("expired");
        // until a day, and from there by months
        policy.load(Rules.text("关于潮汐站规定的通知", "海政发〔2026〕75号", "2026年12月1日",
                "第一条 海政发〔2020〕72号有效期延长至2027年6月30日。"));
        policy.load(Rules.text("关于潮汐站规定的又一通知", "海政发〔2027〕76号", "2027年6月1日",
                "第一条 海政发〔2020〕72号有效期延长6个月。"));
        policy.search("海政发〔2020〕72号", answer -> answer.at("/items/0/statusText").asString("").contains("2027年12月30日"));
    }

    /** The back-catalogue comes after today's rules: what an old document ended was the edition of its own time. */
    @Test
    void aRepealByTitleDoesNotEndALaterEdition() {
        policy.load(Rules.text("关于印发《海岚市缆车乘坐办法》的通知", "海政发〔2030〕77号", "2030年5月1日", "第一条 缆车每车六人。"));
        policy.load(Rules.text("海岚市缆车运营规定", "海政发〔2018〕78号", "2018年5月1日",
                "第一条 缆车逢雪停驶。\n第二条 《海岚市缆车乘坐办法》同时废止。"));
        JsonNode later = byNumber("海政发〔2030〕77号");
        assertThat(policy.get(DOCUMENTS + later.get("id").asString() + "?on=2031-01-01").get("status").asString())
                .isEqualTo("in-force");
        assertThat(policy.get(relations(byNumber("海政发〔2018〕78号")) + "?kind=repeals").at("/items/0/target/held")
                .asBoolean()).isFalse();
    }

    /** The other way round: the old document waits for an edition that nobody holds. */
    @Test
    void whatARepealByTitleWaitsForIsNotTheLaterEdition() {
        policy.load(Rules.text("海岚市轮渡运营规定", "海政发〔2020〕79号", "2020年5月1日",
                "第一条 轮渡逢雾停航。\n第二条 《海岚市轮渡乘坐办法》同时废止。"));
        policy.load(Rules.text("关于印发《海岚市轮渡乘坐办法》的通知", "海政发〔2030〕80号", "2030年5月1日", "第一条 轮渡每船百人。"));
        assertThat(policy.get(DOCUMENTS + byNumber("海政发〔2030〕80号").get("id").asString() + "?on=2031-01-01")
                .get("status").asString()).isEqualTo("in-force");
        policy.load(Rules.text("关于印发《海岚市轮渡乘坐办法》的通知", "海政发〔2012〕81号", "2012年5月1日", "第一条 轮渡每船五十人。"));
        assertThat(policy.get(DOCUMENTS + byNumber("海政发〔2012〕81号").get("id").asString() + "?on=2021-01-01")
                .get("status").asString()).isEqualTo("repealed");
    }

    @Test
    void listsWhatRunsOut() {
        JsonNode past = policy.get(DOCUMENTS + "expiring?days=3660&past=true&limit=100");
        List<String> numbers = past.get("items").findValuesAsString("number");
        assertThat(numbers).contains("威民发〔2023〕17号", "威政发〔2023〕5号").doesNotContain("威政发〔2023〕6号");
        assertThat(past.get("items").valueStream().map(one -> one.at("/extended/until")
                .asString(one.get("validUntil").asString()))).isSorted();
        assertThat(policy.get(DOCUMENTS + "expiring?days=3660&limit=100").get("items").findValuesAsString("number"))
                .contains("威政发〔2023〕5号").doesNotContain("威民发〔2023〕17号");
        JsonNode first = policy.get(DOCUMENTS + "expiring?days=3660&past=true&limit=1");
        JsonNode second = policy.get(
                DOCUMENTS + "expiring?days=3660&past=true&limit=1&cursor=" + first.get("nextCursor").asString());
        assertThat(second.at("/items/0/number")).isNotEqualTo(first.at("/items/0/number"));
    }

    @ParameterizedTest
    @CsvSource({"relations,404,document-not-found", "status,404,document-not-found",
            "relations?kind=x,400,validation-failed", "relations?direction=x&kind=y,400,validation-failed",
            "relations?cursor=forged,400,invalid-cursor", "status?on=2023-02-30,400,validation-failed"})
    void saysClearlyWhatIsWrong(String call, int status, String code) {
        problem(NOBODY + call, status, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"expiring?days=0", "expiring?days=3661", "expiring?days=many", "expiring?past=perhaps",
            "x/relations", "x/status"})
    void refusesWrongParameters(String call) {
        problem(DOCUMENTS + call, 400, "validation-failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {NOBODY + "relations", NOBODY + "status", DOCUMENTS + "expiring"})
    void answersNobodyWithoutTheScope(String path) {
        Apis.client(port).get().uri(path).exchange().expectStatus().isUnauthorized();
        Apis.client(port, Tokens.client("test-app").scopes("policy.apply").token()).get().uri(path).exchange()
                .expectStatus().isForbidden();
    }

    private JsonNode byNumber(String number) {
        return policy.get("/api/policy/v1/documents/by-number/{n}", number);
    }

    private static String relations(JsonNode document) {
        return DOCUMENTS + document.get("id").asString() + "/relations";
    }

    private static String number(JsonNode answer) {
        return answer.at("/items/0/number").asString("");
    }

    private void problem(String path, int status, String code) {
        policy.reader.get().uri(path).exchange().expectStatus().isEqualTo(status).expectBody().jsonPath("$.code")
                .isEqualTo(code).jsonPath("$.detail").isNotEmpty();
    }
}
