package cn.cityapis.policy.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.policy.Gazettes;
import cn.cityapis.policy.Policy;
import cn.cityapis.policy.PolicyScene;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = "policy.digest=false")
class LoadApiTest extends PolicyScene {

    private static final String LOADS = "/api/policy/v1/loads";

    @Autowired
    Loads loads;

    @Test
    void loadsAnIssueWithProgressAndWarnings() {
        JsonNode load = policy.load(Gazettes.madeUp());
        assertThat(load.get("state").asString()).isEqualTo("done");
        assertThat(load.at("/progress/documentsFound").asInt()).isEqualTo(6);
        assertThat(load.at("/progress/documentsParsed").asInt()).isEqualTo(5);
        assertThat(load.at("/progress/documentsStored").asInt() + load.at("/progress/documentsUnchanged").asInt())
                .isEqualTo(5);
        assertThat(load.get("warnings").findValuesAsString("code")).contains("number-conflict", "missing-document");
        JsonNode hit = policy.search("社区食堂的餐费由谁付",
                answer -> answer.at("/items/0/number").asString("").contains("8号")).at("/items/0");
        assertThat(hit.get("number").asString()).isEqualTo("海民发〔2031〕8号");
        assertThat(hit.at("/articles/0/key").asString()).isEqualTo("4");
        assertThat(hit.get("sourceKind").asString()).isEqualTo("official");
    }

    @Test
    void changesNothingWhenTheSameIssueComesAgain() {
        policy.load(Gazettes.madeUp());
        JsonNode before = policy.get("/api/policy/v1/documents/by-number/海民发〔2031〕8号");
        JsonNode again = policy.load(Gazettes.madeUp());
        assertThat(again.at("/progress/documentsStored").asInt()).isZero();
        assertThat(again.at("/progress/documentsUnchanged").asInt()).isEqualTo(5);
        assertThat(policy.get("/api/policy/v1/documents/by-number/海民发〔2031〕8号")).isEqualTo(before);
    }

    @Test
    void keepsTheOldVersionOfACorrectedDocument() {
        String number = "海民发〔2031〕90号";
        policy.load(single(number, "阅览室每天开放到十点。"));
        JsonNode corrected = policy.load(single(number, "阅览室每天开放到十一点半。"));
        assertThat(corrected.at("/progress/documentsStored").asInt()).isEqualTo(1);
        String article = "/api/policy/v1/documents/by-number/" + number + "/articles/1";
        assertThat(policy.get(article).get("text").asString()).contains("十一点半");
        assertThat(policy.get(article + "?version=1").get("text").asString()).contains("十点");
        assertThat(policy.get("/api/policy/v1/documents/by-number/" + number).get("versions")).hasSize(2);
        JsonNode found = policy.search("阅览室每天开放",
                answer -> answer.at("/items/0/articles/0/snippet").asString("").contains("十一点半"));
        assertThat(found.get("items").findValuesAsString("number")).containsOnlyOnce(number);
    }

    @Test
    void aNumberThatOnlyAnEarlierVersionsContentsPageGaveLeadsNowhere() {
        String document = "海岚市民政局\n关于开放钟楼的通知\n海钟发〔2031〕5号\n各区民政局：\n第一条 钟楼开放。\n海岚市民政局\n2031年5月1日\n";
        String issue = "2031年第%d期（总第%d期）\n目录\n【民生】\n海岚市民政局关于开放钟楼的通知……（%s）……1\n";
        String listed = "/api/policy/v1/documents/by-number/海钟办发〔2031〕5号";
        policy.load(issue.formatted(7, 70, "海钟办发〔2031〕5号") + document);
        assertThat(policy.get(listed).get("number").asString()).isEqualTo("海钟发〔2031〕5号");
        policy.load(issue.formatted(7, 70, "海钟发〔2031〕5号") + document);
        policy.reader.get().uri(listed).exchange().expectStatus().isNotFound();
    }

    @Test
    void isSeenByASearchWithinTwoSecondsOfTheEndOfTheLoad() {
        policy.load(single("海民发〔2031〕91号", "钟楼每年七月对公众开放。"));
        long committed = System.nanoTime();
        policy.search("钟楼七月开放", answer -> answer.at("/items/0/number").asString("").contains("91"));
        assertThat(System.nanoTime() - committed).isLessThan(2_000_000_000L);
    }

    @Test
    void takesAFileFromAForm() {
        JsonNode queued = Policy.json(upload(policy.admin, form("file", "single.txt", single("海民发〔2031〕92号", "灯亮着。")))
                .expectStatus().isAccepted().expectHeader().valueMatches("Location", LOADS + "/[0-9a-f-]{36}")
                .expectBody()
                .returnResult().getResponseBody());
        assertThat(queued.get("source").asString()).isEqualTo("single.txt");
        assertThat(policy.loaded(queued.get("id").asString()).get("state").asString()).isEqualTo("done");
    }

    @Test
    void readsGbkAndSaysSo() {
        JsonNode queued = Policy.json(post(UUID.randomUUID().toString(),
                single("海民发〔2031〕93号", "码头夜里不关灯。").getBytes(Charset.forName("GBK"))).expectStatus().isAccepted()
                .expectBody()
                .returnResult().getResponseBody());
        JsonNode load = policy.loaded(queued.get("id").asString());
        assertThat(load.get("warnings").findValuesAsString("code")).containsExactly("decoded-as-gb18030");
        assertThat(policy.get("/api/policy/v1/documents/by-number/海民发〔2031〕93号/articles/1").get("text").asString())
                .contains("码头夜里不关灯");
    }

    @Test
    void keepsATextThatCannotBeParsedSearchable() {
        JsonNode load = policy.load("关于候鸟观察的随笔\n\n候鸟在芦苇荡过冬，没有文号。\n");
        assertThat(load.get("warnings").findValuesAsString("code")).containsExactly("no-document-number");
        JsonNode hit = policy.search("候鸟芦苇荡", answer -> !answer.get("items").isEmpty()).at("/items/0");
        assertThat(hit.get("status").asString()).isEqualTo("unknown");
        assertThat(policy.follow(hit.get("permalink")).get("title").asString()).isEqualTo("关于候鸟观察的随笔");
    }

    @Test
    void queuesOncePerKey() {
        String key = UUID.randomUUID().toString();
        byte[] text = single("海民发〔2031〕94号", "一次就够。").getBytes(StandardCharsets.UTF_8);
        byte[] first = post(key, text).expectStatus().isAccepted().expectBody().returnResult().getResponseBody();
        byte[] second = post(key, text).expectStatus().isAccepted().expectBody().returnResult().getResponseBody();
        assertThat(Policy.json(second).get("id")).isEqualTo(Policy.json(first).get("id"));
        post(key, "另一份内容".getBytes(StandardCharsets.UTF_8)).expectStatus().isEqualTo(422).expectBody()
                .jsonPath("$.code")
                .isEqualTo("idempotency-key-reused");
    }

    @Test
    void loadsAgainWhatItHasKept() {
        JsonNode before = policy.load(single("海民发〔2031〕97号", "夜间关门。"));
        String key = UUID.randomUUID().toString();
        JsonNode again = Policy.json(again(policy.admin, before.get("id").asString(), key).expectStatus().isAccepted()
                .expectHeader().valueMatches("Location", LOADS + "/[0-9a-f-]{36}").expectBody().returnResult()
                .getResponseBody());
        assertThat(again.get("id")).isNotEqualTo(before.get("id"));
        assertThat(Policy.json(again(policy.admin, before.get("id").asString(), key).expectBody().returnResult()
                .getResponseBody()).get("id")).isEqualTo(again.get("id"));
        assertThat(policy.loaded(again.get("id").asString()).at("/progress/documentsUnchanged").asInt()).isEqualTo(1);
    }

    @Test
    void cannotLoadAgainWhatItHasNot() {
        again(policy.admin, UUID.randomUUID().toString(), "k1").expectStatus().isNotFound().expectBody()
                .jsonPath("$.code").isEqualTo("load-not-found");
        loads.refused("gone.pdf", new byte[]{7}, "watch-folder", "无法读取").block();
        String refused = policy.getAsAdmin(LOADS + "?limit=1").at("/items/0/id").asString();
        again(policy.admin, refused, "k2").expectStatus().isEqualTo(409).expectBody().jsonPath("$.code")
                .isEqualTo("load-not-repeatable");
        again(policy.admin, "x", "k3").expectStatus().isBadRequest();
        again(policy.reader, refused, "k4").expectStatus().isForbidden();
    }

    private static WebTestClient.ResponseSpec again(WebTestClient client, String id, String key) {
        return client.post().uri(LOADS + "/" + id + "/again").header("Idempotency-Key", key).exchange();
    }

    @Test
    void refusesWhatIsNoText() {
        post(UUID.randomUUID().toString(), new byte[0]).expectStatus().isBadRequest().expectBody().jsonPath("$.code")
                .isEqualTo("text-empty");
        post(UUID.randomUUID().toString(), " \n\t ".getBytes(StandardCharsets.UTF_8)).expectStatus().isBadRequest()
                .expectBody()
                .jsonPath("$.code").isEqualTo("text-empty");
        post(UUID.randomUUID().toString(), new byte[]{'P', 'K', 3, 4, 0, 0, 1}).expectStatus().isBadRequest()
                .expectBody()
                .jsonPath("$.code").isEqualTo("text-not-readable");
        post(UUID.randomUUID().toString(), new byte[50 * 1024 * 1024 + 1]).expectStatus().isEqualTo(413).expectBody()
                .jsonPath("$.code").isEqualTo("body-too-large");
        upload(policy.admin, form("other", "single.txt", "内容")).expectStatus().isBadRequest().expectBody()
                .jsonPath("$.code")
                .isEqualTo("validation-failed");
        policy.admin.post().uri(LOADS).header("Idempotency-Key", "k").contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{}")
                .exchange().expectStatus().isEqualTo(415);
        policy.admin.post().uri(LOADS).contentType(MediaType.TEXT_PLAIN).bodyValue("内容").exchange().expectStatus()
                .isBadRequest().expectBody().jsonPath("$.code").isEqualTo("idempotency-key-missing");
    }

    @Test
    void answersOnlyAdministrators() {
        for (WebTestClient nobody : new WebTestClient[]{policy.reader, Apis.client(port)}) {
            int expected = nobody == policy.reader ? 403 : 401;
            nobody.get().uri(LOADS).exchange().expectStatus().isEqualTo(expected);
            nobody.get().uri(LOADS + "/" + UUID.randomUUID()).exchange().expectStatus().isEqualTo(expected);
            nobody.post().uri(LOADS).header("Idempotency-Key", "k").contentType(MediaType.TEXT_PLAIN).bodyValue("内容")
                    .exchange()
                    .expectStatus().isEqualTo(expected);
        }
    }

    @Test
    void listsAndFindsLoads() {
        policy.load(single("海民发〔2031〕95号", "第一份。"));
        policy.load(single("海民发〔2031〕96号", "第二份。"));
        JsonNode page = policy.getAsAdmin(LOADS + "?limit=1");
        assertThat(page.get("items")).hasSize(1);
        JsonNode next = policy.getAsAdmin(LOADS + "?limit=1&cursor=" + page.get("nextCursor").asString());
        assertThat(next.at("/items/0/id")).isNotEqualTo(page.at("/items/0/id"));
        policy.admin.get().uri(LOADS + "/" + UUID.randomUUID()).exchange().expectStatus().isNotFound().expectBody()
                .jsonPath("$.code").isEqualTo("load-not-found");
        policy.admin.get().uri(LOADS + "/x").exchange().expectStatus().isBadRequest();
        policy.admin.get().uri(LOADS + "?cursor=forged").exchange().expectStatus().isBadRequest();
    }

    private WebTestClient.ResponseSpec post(String key, byte[] text) {
        return policy.admin.post().uri(LOADS).header("Idempotency-Key", key).contentType(MediaType.TEXT_PLAIN)
                .bodyValue(text)
                .exchange();
    }

    private static WebTestClient.ResponseSpec upload(WebTestClient client, MultipartBodyBuilder form) {
        return client.post().uri(LOADS).header("Idempotency-Key", UUID.randomUUID().toString())
                .body(BodyInserters.fromMultipartData(form.build())).exchange();
    }

    private static MultipartBodyBuilder form(String field, String file, String text) {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part(field, new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8))).filename(file);
        return form;
    }

    private static String single(String number, String rule) {
        return "海岚市民政局\n关于试验的通知\n" + number + "\n各区民政局：\n第一条 " + rule + "\n海岚市民政局\n2031年5月1日\n";
    }
}
