package cn.cityapis.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.policy.Policy;
import cn.cityapis.policy.PolicyScene;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** The policy office overrules what was read falsely, and takes it back. */
@ServiceTest(properties = "policy.digest=false")
class DecisionApiTest extends PolicyScene {

    private static final String DECISIONS = "/api/policy/v1/decisions";
    private static final String DOCUMENTS = "/api/policy/v1/documents/";

    @Autowired
    DatabaseClient database;
    private WebTestClient office;

    @BeforeEach
    void enter() {
        office = Apis.client(port, Tokens.operator("policy-office", "371000", "city")
                .scopes("policy.read", "policy.decide").token());
    }

    @Test
    void putsTheVersionBeforeInThePlaceOfAFalseOne() {
        String number = "海民发〔2041〕1号";
        policy.load(document(number, "阅览室", "阅览室开放到十点。"));
        policy.load(document(number, "阅览室", "渡轮停开。"));
        String id = document(number).get("id").asString();
        String decision = decide(withdrawal(id, 2)).get("id").asString();
        assertThat(text(number)).contains("十点");
        assertThat(document(number).get("versions")).hasSize(1);
        policy.reader.get().uri(DOCUMENTS + id + "?version=2").exchange().expectStatus().isNotFound();
        policy.search("阅览室开放到十点", answer -> answer.toString().contains(id));
        JsonNode again = policy.load(document(number, "阅览室", "渡轮停开。"));
        assertThat(again.at("/progress/documentsUnchanged").asInt()).isEqualTo(1);
        assertThat(again.get("warnings").findValuesAsString("code")).containsExactly("withdrawn-version");
        assertThat(text(number)).contains("十点");
        policy.load(document(number, "阅览室", "阅览室开放到九点。"));
        assertThat(document(number).get("version").asInt()).as("no number is given twice").isEqualTo(3);
        revoke(decision);
        assertThat(policy.get(DOCUMENTS + id + "/articles/1?version=2").get("text").asString()).contains("渡轮");
        assertThat(text(number)).contains("九点");
    }

    @Test
    void takesAwayADocumentThatIsNone() {
        String ended = "海政发〔2041〕2号";
        policy.load(document(ended, "码头灯火", "码头夜里亮灯。"));
        String false_ = "海政发〔2041〕3号";
        policy.load(document(false_, "潮汐奖励", "对高新技术企业给予奖励50万元。同时废止" + ended + "。"));
        String id = document(false_).get("id").asString();
        assertThat(status(ended)).isEqualTo("repealed");
        policy.search("潮汐奖励", answer -> answer.toString().contains(id));
        String decision = decide(withdrawal(id, 1)).get("id").asString();
        JsonNode left = document(false_);
        assertThat(left.get("held").asBoolean()).isFalse();
        assertThat(left.get("number").asString()).isEqualTo(false_);
        assertThat(status(ended)).isEqualTo("in-force");
        assertThat(policy.get(DOCUMENTS + id + "/relations").get("items")).isEmpty();
        policy.search("潮汐奖励", answer -> !answer.toString().contains(id));
        policy.search("码头夜里亮灯", answer -> "in-force".equals(answer.at("/items/0/status").asString("")));
        assertThat(policy.get("/api/policy/v1/entitlements?q=潮汐").toString()).doesNotContain(id);
        for (String all : List.of("/api/policy/v1/bulk", "/api/policy/v1/feed")) {
            assertThat(raw(all)).doesNotContain(id).contains(document(ended).get("id").asString());
        }
        revoke(decision);
        assertThat(document(false_).get("held").asBoolean()).isTrue();
        assertThat(status(ended)).isEqualTo("repealed");
        assertThat(policy.get("/api/policy/v1/entitlements?audience=高新技术企业").toString()).contains(id);
        policy.search("潮汐奖励", answer -> answer.toString().contains(id));
    }

    @Test
    void rejectsARelationAlsoWhenACorrectionSaysItAgain() {
        String ended = "海政发〔2041〕4号";
        String by = "海政发〔2041〕5号";
        policy.load(document(ended, "海滩", "海滩开放。"));
        policy.load(document(by, "沙滩", "同时废止" + ended + "。"));
        String id = document(by).get("id").asString();
        String relation = policy.get(DOCUMENTS + id + "/relations?kind=repeals").at("/items/0/id").asString();
        String rejection = "{\"kind\":\"reject-relation\",\"relationId\":\"" + relation + "\",\"reason\":\"只废止附件\"}";
        JsonNode decision = decide(rejection);
        assertThat(decision.at("/relation/kind").asString()).isEqualTo("repeals");
        assertThat(status(ended)).isEqualTo("in-force");
        policy.load(document(by, "沙滩", "同时废止" + ended + "。请照办。"));
        assertThat(status(ended)).isEqualTo("in-force");
        assertThat(policy.get(DOCUMENTS + id + "/relations?kind=repeals").get("items")).isEmpty();
        problem(post(DECISIONS, rejection, UUID.randomUUID().toString()), 409, "already-decided");
        revoke(decision.get("id").asString());
        assertThat(status(ended)).isEqualTo("repealed");
    }

    @Test
    void setsDatesAndSaysWhereTheyComeFrom() {
        String number = "海民发〔2041〕6号";
        policy.load(document(number, "观鸟", "候鸟来时，保持安静。"));
        String id = document(number).get("id").asString();
        JsonNode decision = decide("""
                {"kind":"set-dates","documentId":"%s","version":1,"source":"存档原件","reason":"扫描看不清",
                 "dates":{"issued":"2020-03-01","inForce":"2020-04-01","validUntil":"2021-03-31"}}""".formatted(id));
        assertThat(decision.at("/datesRead/issued").asString()).isEqualTo("2021-05-01");
        assertThat(status(number)).isEqualTo("expired");
        assertThat(document(number).get("datesSource").asString()).isEqualTo("存档原件");
        assertThat(document(number).get("inForce").asString()).isEqualTo("2020-04-01");
        revoke(decision.get("id").asString());
        assertThat(status(number)).isEqualTo("in-force");
        assertThat(document(number).has("datesSource")).isFalse();
    }

    @Test
    void decidesAndRevokesOncePerKey() {
        String number = "海民发〔2041〕7号";
        policy.load(document(number, "钟楼", "钟楼开放。"));
        String body = withdrawal(document(number).get("id").asString(), 1);
        String key = UUID.randomUUID().toString();
        JsonNode first = made(post(DECISIONS, body, key));
        assertThat(made(post(DECISIONS, body, key))).isEqualTo(first);
        String revocation = DECISIONS + "/" + first.get("id").asString() + "/revocation";
        for (int i = 0; i < 2; i++) {
            post(revocation, "{\"reason\":\"原读取无误\"}", key).expectStatus().isOk().expectBody()
                    .jsonPath("$.revokedBecause").isEqualTo("原读取无误");
        }
        problem(post(revocation, "{\"reason\":\"再撤一次\"}", UUID.randomUUID().toString()), 409, "decision-revoked");
        JsonNode listed = Policy.json(office.get().uri(DECISIONS + "?limit=100").exchange().expectStatus().isOk()
                .expectBody().returnResult().getResponseBody());
        assertThat(listed.get("items").findValuesAsString("id")).contains(first.get("id").asString());
    }

    @Test
    void namesWhatADecisionLacks() {
        problem(post(DECISIONS, "{\"kind\":\"set-dates\",\"reason\":\"x\"}", "lacking"), 400, "validation-failed")
                .jsonPath("$.errors[*].pointer").value(pointers -> assertThat(pointers.toString()).contains(
                        "/documentId", "/version", "/dates", "/source"));
        problem(post(DECISIONS, "{\"kind\":\"confirm-relation\",\"reason\":\"x\"}", "related"), 400,
                "validation-failed").jsonPath("$.errors[0].pointer").isEqualTo("/relationId");
        problem(post(DECISIONS, withdrawal(UUID.randomUUID().toString(), 1), "unknown"), 404, "version-not-found");
    }

    @Test
    void standsInTheAuditTrailAsLoadsDo() {
        String number = "海民发〔2041〕8号";
        String load = policy.load(document(number, "灯船", "灯船靠岸。")).get("id").asString();
        String id = document(number).get("id").asString();
        String decision = decide(withdrawal(id, 1)).get("id").asString();
        revoke(decision);
        assertThat(trail(load)).containsExactly("test-officer load policy-load");
        assertThat(trail(decision)).containsExactly("policy-office decide policy-decision",
                "policy-office revoke policy-decision");
    }

    private List<String> trail(String resource) {
        return Objects.requireNonNull(database.sql("""
                SELECT subject || ' ' || action || ' ' || resource_type AS told
                  FROM audit_entry WHERE resource_id = :resource ORDER BY id
                """).bind("resource", resource).map(row -> row.get("told", String.class)).all().collectList().block());
    }

    private JsonNode decide(String body) {
        return made(post(DECISIONS, body, UUID.randomUUID().toString()));
    }

    private static JsonNode made(WebTestClient.ResponseSpec answer) {
        return Policy.json(answer.expectStatus().isCreated().expectBody().returnResult().getResponseBody());
    }

    private void revoke(String decision) {
        post(DECISIONS + "/" + decision + "/revocation", "{\"reason\":\"原读取无误\"}", UUID.randomUUID().toString())
                .expectStatus().isOk();
    }

    private WebTestClient.ResponseSpec post(String path, String body, String key) {
        return office.post().uri(path).header("Idempotency-Key", key).contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body).exchange();
    }

    private static WebTestClient.BodyContentSpec problem(WebTestClient.ResponseSpec answer, int status, String code) {
        return answer.expectStatus().isEqualTo(status).expectBody().jsonPath("$.code").isEqualTo(code);
    }

    private static String withdrawal(String id, int version) {
        return "{\"kind\":\"withdraw-version\",\"documentId\":\"" + id + "\",\"version\":" + version
                + ",\"reason\":\"扫描错行\"}";
    }

    private JsonNode document(String number) {
        return policy.get(DOCUMENTS + "by-number/" + number);
    }

    private String text(String number) {
        return policy.get(DOCUMENTS + "by-number/" + number + "/articles/1").get("text").asString();
    }

    private String status(String number) {
        return policy.get(DOCUMENTS + document(number).get("id").asString() + "/status").get("status").asString();
    }

    private String raw(String path) {
        return new String(Objects.requireNonNull(policy.reader.get().uri(path).exchange().expectStatus()
                .isOk().expectBody().returnResult().getResponseBody()), StandardCharsets.UTF_8);
    }

    private static String document(String number, String subject, String rule) {
        return "海岚市民政局\n关于" + subject + "的通知\n" + number + "\n各区民政局：\n第一条 " + rule + "\n海岚市民政局\n2021年5月1日\n";
    }
}
