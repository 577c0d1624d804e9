package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import cn.cityapis.platform.test.Tokens;
import cn.cityapis.policy.Policy;
import cn.cityapis.policy.DigestScene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** On the digest that the project ships. */
class SearchApiTest extends DigestScene {

    @Test
    void saysWhoPaysForTheAbilityAssessment() {
        JsonNode best = policy.get("/api/policy/v1/documents?q={q}", "老年人能力评估费用").at("/items/0");
        assertThat(best.get("number").asString()).isEqualTo("威民发〔2023〕17号");
        assertThat(best.get("sourceKind").asString()).isEqualTo("digest");
        assertThat(best.get("status").asString()).isEqualTo("expired");
        assertThat(best.get("validUntil").asString()).isEqualTo("2024-12-31");
        assertThat(best.get("statusText").asString()).contains("已失效", "2024年12月31日");
        JsonNode article = best.at("/articles/0");
        assertThat(article.get("key").asString()).isEqualTo("19");
        assertThat(article.get("label").asString()).isEqualTo("第十九条");
        assertThat(article.get("snippet").asString()).contains("<em>", "申请人", "不用自付");
        assertThat(policy.follow(article.get("permalink")).get("number").asInt()).isEqualTo(19);
    }

    @ParameterizedTest
    @CsvSource({"老年人能力评估费用谁承担,威民发〔2023〕17号,19", "年满60周岁的老年人可以申请吗,威民发〔2023〕17号,5", "通知入住后多久要办手续,威民发〔2023〕17号,24",
            "知识产权质押贷款贴息,威政发〔2023〕5号,2.6.25", "人身保障保险保费补贴,威金监发〔2023〕25号,6", "孵化器奖励,威政发〔2023〕5号,2.7.29"})
    void findsTheArticleThatAnswers(String question, String number, String key) {
        JsonNode best = policy.get("/api/policy/v1/documents?q={q}", question).at("/items/0");
        assertThat(best.get("number").asString()).isEqualTo(number);
        assertThat(best.at("/articles/0/key").asString()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"威民发〔2023〕17号", "威民发[2023]17", "威民发（２０２３）１７号", "威民发2023 17"})
    void findsANumberInAnySpelling(String spelling) {
        assertThat(policy.get("/api/policy/v1/documents?q={q}", spelling).at("/items/0/number").asString())
                .isEqualTo("威民发〔2023〕17号");
    }

    @Test
    void findsTheArticleThatCitesANumberNotHeld() {
        JsonNode best = policy.get("/api/policy/v1/documents?q={q}", "威人组发〔2020〕12号").at("/items/0");
        assertThat(best.get("number").asString()).isEqualTo("威金监发〔2023〕25号");
        assertThat(best.at("/articles/0/key").asString()).isEqualTo("15");
    }

    @Test
    void ranksWhatIsInForceBeforeWhatIsDeadWhereBothAnswerAlike() {
        JsonNode answer = policy.get("/api/policy/v1/documents?q={q}&limit=100", "本办法有效期");
        assertThat(answer.at("/items/0/status").asString()).isEqualTo("in-force");
        assertThat(answer.get("items").findValuesAsString("status")).contains("expired");
    }

    @Test
    void leavesOutOnlyWhatAFilterExcludes() {
        String query = "/api/policy/v1/documents?q={q}&limit=100";
        assertThat(policy.get(query + "&validOn=2024-12-31", "老年人").findValuesAsString("number"))
                .contains("威民发〔2023〕17号");
        assertThat(policy.get(query + "&validOn=2025-01-01", "老年人").findValuesAsString("number"))
                .doesNotContain("威民发〔2023〕17号");
        assertThat(policy.get(query + "&status=expired", "老年人").get("items").findValuesAsString("status")).isNotEmpty()
                .containsOnly("expired");
        assertThat(policy.get(query + "&issuer=威海市教育局", "办法").findValuesAsString("number"))
                .containsExactly("威教发〔2023〕5号");
        assertThat(policy.get(query + "&topic=安全生产和应急管理", "方案").findValuesAsString("number"))
                .containsExactly("威政办字〔2023〕25号");
    }

    @Test
    void pagesThroughEveryDocumentOnce() {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = policy.get("/api/policy/v1/documents?q={q}&limit=4" + cursor, "威海市");
            seen.addAll(page.get("items").findValuesAsString("id"));
            cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").asString() : "";
        } while (!cursor.isEmpty());
        assertThat(seen).hasSizeGreaterThan(4).doesNotHaveDuplicates();
        assertThat(seen).hasSize(policy.get("/api/policy/v1/documents?q={q}&limit=100", "威海市").get("items").size());
    }

    @Test
    void answersEmptyWhereNothingMatches() {
        assertThat(policy.get("/api/policy/v1/documents?q={q}", "xyzzy").get("items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "((", "a AND OR", "*", "?", "~^", "title:", "第", "。。", "\\", "费"})
    void takesQuerySyntaxForText(String query) {
        policy.reader.get().uri("/api/policy/v1/documents?q={q}", query).exchange().expectStatus().isOk();
    }

    @Test
    void answersManyAtOnceAlike() {
        Object alone = policy.get("/api/policy/v1/documents?q={q}", "老年人能力评估费用");
        WebClient client = WebClient.create("http://localhost:" + port);
        String token = Tokens.client("test-app").scopes("policy.read").token();
        List<byte[]> answers = Flux.range(0, 1_500)
                .flatMap(i -> client.get().uri("/api/policy/v1/documents?q={q}", "老年人能力评估费用")
                        .headers(headers -> headers.setBearerAuth(token)).retrieve().bodyToMono(byte[].class), 32)
                .collectList().block(java.time.Duration.ofSeconds(60));
        assertThat(answers).hasSize(1_500).allSatisfy(answer -> assertThat(Policy.json(answer)).isEqualTo(alone));
    }

    @Test
    void escapesWhatIsNotOurMark() {
        policy.load("海岚市民政局\n关于标记的通知\n海民发〔2031〕77号\n各区民政局：\n第一条 栏目写作<script>标签。\n海岚市民政局\n2031年5月1日\n");
        JsonNode answer = policy.search("栏目写作标签", found -> found.at("/items/0/number").asString("").contains("77"));
        assertThat(answer.at("/items/0/articles/0/snippet").asString()).contains("&lt;script&gt;")
                .doesNotContain("<script>");
    }

    @Test
    void namesAllThatIsWrongWithAQuery() {
        policy.reader.get().uri("/api/policy/v1/documents?status=alive&issuer={i}", "x".repeat(101)).exchange()
                .expectStatus()
                .isBadRequest().expectBody().jsonPath("$.code").isEqualTo("validation-failed")
                .jsonPath("$.errors.length()")
                .isEqualTo(3);
        policy.reader.get().uri("/api/policy/v1/documents?q={q}", "长".repeat(501)).exchange().expectStatus()
                .isBadRequest()
                .expectBody().jsonPath("$.errors[0].code").isEqualTo("too-long");
        policy.reader.get().uri("/api/policy/v1/documents?q=a&validOn=gestern").exchange().expectStatus()
                .isBadRequest();
        policy.reader.get().uri("/api/policy/v1/documents?q=a&limit=0").exchange().expectStatus().isBadRequest();
        policy.reader.get().uri("/api/policy/v1/documents?q=a&limit=101").exchange().expectStatus().isBadRequest();
        policy.reader.get().uri("/api/policy/v1/documents?q=a&cursor=forged").exchange().expectStatus().isBadRequest()
                .expectBody().jsonPath("$.code").isEqualTo("invalid-cursor");
    }

    @Test
    void suggestsWhileTyping() {
        JsonNode items = policy.get("/api/policy/v1/suggestions?q={q}&limit=5", "yljg").get("items");
        assertThat(items).hasSizeLessThanOrEqualTo(5);
        assertThat(items.findValuesAsString("text")).anyMatch(text -> text.contains("公办养老机构"));
        JsonNode title = items.valueStream().filter(item -> item.get("text").asString().contains("公办养老机构")).findFirst()
                .orElseThrow();
        assertThat(title.get("kind").asString()).isEqualTo("title");
        assertThat(policy.follow(title.get("permalink")).get("number").asString()).isEqualTo("威民发〔2023〕17号");
    }

    @Test
    void namesAllThatIsWrongWithASuggestion() {
        policy.reader.get().uri("/api/policy/v1/suggestions?limit=21").exchange().expectStatus().isBadRequest()
                .expectBody().jsonPath("$.code").isEqualTo("validation-failed").jsonPath("$.errors.length()")
                .isEqualTo(2);
        policy.reader.get().uri("/api/policy/v1/suggestions?q={q}", "长".repeat(101)).exchange().expectStatus()
                .isBadRequest().expectBody().jsonPath("$.errors[0].code").isEqualTo("too-long");
        policy.reader.get().uri("/api/policy/v1/suggestions?q=a&limit=x").exchange().expectStatus().isBadRequest();
    }

    @Test
    void namesEveryWrongFilterAtOnce() {
        policy.reader.get().uri("/api/policy/v1/documents?q=a&validOn=gestern&status=alive&issuedFrom=x&issuedTo=y"
                + "&amountMin=-1&sort=best&facets=maybe&kind={k}&responsible={r}", "x".repeat(101), " ").exchange()
                .expectStatus().isBadRequest().expectBody().jsonPath("$.errors.length()").isEqualTo(9);
        policy.reader.get().uri("/api/policy/v1/documents?q=a&issuedFrom=2023-02-02&issuedTo=2023-02-01").exchange()
                .expectStatus().isBadRequest().expectBody().jsonPath("$.errors[0].code").isEqualTo("before-begin");
        policy.reader.get().uri("/api/policy/v1/documents?q={q}", "a".repeat(10_000)).exchange().expectStatus()
                .is4xxClientError();
    }

    @Test
    void answersFacetsDidYouMeanAndWhatItDropped() {
        JsonNode counted = policy.get("/api/policy/v1/documents?q={q}&facets=true&sort=date", "威海市");
        assertThat(counted.at("/facets/topic").findValuesAsString("value")).contains("民生保障");
        assertThat(policy.get("/api/policy/v1/documents?q={q}", "养老机购").get("didYouMean").asString())
                .isEqualTo("养老机构");
        assertThat(policy.get("/api/policy/v1/documents?q={q}&kind={k}", "能力评估费用", "条例")
                .at("/relaxed/dropped/0/what").asString()).isEqualTo("kind");
    }
}
