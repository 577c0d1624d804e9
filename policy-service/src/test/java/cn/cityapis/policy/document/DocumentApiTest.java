package cn.cityapis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.policy.DigestScene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

class DocumentApiTest extends DigestScene {

    private static final String RULE = "/api/policy/v1/documents/by-number/威民发〔2023〕17号";

    @Test
    void showsADocumentWithItsStatusToday() {
        JsonNode document = policy.get(RULE);
        assertThat(document.get("title").asString()).isEqualTo("威海市民政局关于印发《威海市公办养老机构入住评估轮候办法（试行）》的通知");
        assertThat(document.get("organs").get(0).asString()).isEqualTo("威海市民政局");
        assertThat(document.get("inForce").asString()).isEqualTo("2023-07-18");
        assertThat(document.get("trial").asBoolean()).isTrue();
        assertThat(document.get("sourceKind").asString()).isEqualTo("digest");
        assertThat(document.get("status").asString()).isEqualTo("expired");
        assertThat(document.at("/issue/number").asInt()).isEqualTo(4);
        assertThat(document.get("articles")).hasSize(31);
    }

    @ParameterizedTest
    @CsvSource({"2023-07-17,not-yet-in-force", "2023-07-18,in-force", "2024-12-31,in-force", "2025-01-01,expired"})
    void showsTheStatusOnAnyDay(String day, String status) {
        assertThat(policy.get(RULE + "?on=" + day).get("status").asString()).isEqualTo(status);
        assertThat(policy.get(RULE + "/articles/19?on=" + day).get("status").asString()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"威民发〔2023〕17号", "威民发[2023]17", "威民发（2023）17号", "威民发２０２３ １７"})
    void readsANumberInAnySpelling(String number) {
        assertThat(policy.get("/api/policy/v1/documents/by-number/{n}", number).get("number").asString())
                .isEqualTo("威民发〔2023〕17号");
    }

    @Test
    void followsTheNumberThatOnlyTheContentsPageGives() {
        JsonNode document = policy.get("/api/policy/v1/documents/by-number/{n}", "威政办发〔2023〕5号");
        assertThat(document.get("number").asString()).isEqualTo("威政发〔2023〕5号");
        assertThat(document.get("contentsNumber").asString()).isEqualTo("威政办发〔2023〕5号");
    }

    @ParameterizedTest
    @CsvSource({"威民发〔2023〕17号,19,19", "威民发〔2023〕17号,第十九条,19", "威政发〔2023〕5号,2.6.25,2.6.25", "威政发〔2023〕5号,25,2.6.25"})
    void findsAnArticleByWhatAReaderCallsIt(String number, String asked, String key) {
        JsonNode article = policy.get("/api/policy/v1/documents/by-number/{n}/articles/{a}", number, asked);
        assertThat(article.get("key").asString()).isEqualTo(key);
        assertThat(article.get("documentNumber").asString()).isEqualTo(number);
        assertThat(article.get("sourceKind").asString()).isEqualTo("digest");
        String id = article.get("documentId").asString();
        assertThat(policy.get("/api/policy/v1/documents/{id}/articles/{a}", id, asked)).isEqualTo(article);
    }

    @Test
    void showsTheTreeAndThePlainText() {
        String id = policy.get(RULE).get("id").asString();
        assertThat(policy.get("/api/policy/v1/documents/" + id).get("id").asString()).isEqualTo(id);
        JsonNode tree = policy.get("/api/policy/v1/documents/" + id + "/tree");
        assertThat(tree.get("kind").asString()).isEqualTo("document");
        assertThat(tree.findValuesAsString("label")).contains("第三章", "第十九条", "（一）");
        policy.reader.get().uri("/api/policy/v1/documents/" + id + "/text").exchange().expectStatus().isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_PLAIN).expectBody(String.class)
                .value(text -> assertThat(text).startsWith("（摘要，不是官方文本）").contains("第三章 能力评估", "第十九条"));
    }

    @Test
    void givesPermalinksThatLeadBackToTheSame() {
        JsonNode document = policy.get(RULE);
        assertThat(policy.follow(document.get("permalink"))).isEqualTo(document);
        assertThat(document.get("permalink").asString()).matches("[\\x21-\\x7E]+");
        for (JsonNode article : document.get("articles")) {
            assertThat(policy.follow(article.get("permalink")).get("permalink")).isEqualTo(article.get("permalink"));
        }
    }

    @Test
    void listsTheIssues() {
        JsonNode issues = policy.get("/api/policy/v1/issues");
        assertThat(issues.at("/items/0/runningNumber").asInt()).isEqualTo(174);
        assertThat(issues.at("/items/0/documents").asInt()).isEqualTo(15);
        policy.reader.get().uri("/api/policy/v1/issues?cursor=forged").exchange().expectStatus().isBadRequest();
        policy.reader.get().uri("/api/policy/v1/issues?limit=many").exchange().expectStatus().isBadRequest();
    }

    @ParameterizedTest
    @CsvSource({"/api/policy/v1/documents/not-a-uuid,400,validation-failed",
            "/api/policy/v1/documents/018f0000-0000-7000-8000-000000000000,404,document-not-found",
            "/api/policy/v1/documents/018f0000-0000-7000-8000-000000000000/tree,404,document-not-found",
            "/api/policy/v1/documents/018f0000-0000-7000-8000-000000000000/text,404,document-not-found",
            "/api/policy/v1/documents/018f0000-0000-7000-8000-000000000000/articles/1,404,document-not-found",
            "/api/policy/v1/documents/x/tree,400,validation-failed",
            "/api/policy/v1/documents/x/text,400,validation-failed",
            "/api/policy/v1/documents/by-number/nonsense,400,validation-failed",
            "/api/policy/v1/documents/by-number/nonsense/articles/1,400,validation-failed",
            "/api/policy/v1/documents/by-number/威民发〔1999〕1号,404,document-not-found",
            "/api/policy/v1/documents/by-number/威民发〔2023〕17号/articles/31,404,article-not-found",
            "/api/policy/v1/documents/by-number/威民发〔2023〕17号/articles/x,404,article-not-found",
            "/api/policy/v1/documents/by-number/威民发〔2023〕17号?version=9,404,version-not-found",
            "/api/policy/v1/documents/by-number/威民发〔2023〕17号?version=x,400,validation-failed",
            "/api/policy/v1/documents/by-number/威民发〔2023〕17号?on=2023-02-30,400,validation-failed"})
    void saysClearlyWhatIsWrong(String path, int status, String code) {
        policy.reader.get().uri(path).exchange().expectStatus().isEqualTo(status).expectHeader()
                .contentType("application/problem+json").expectBody().jsonPath("$.code").isEqualTo(code)
                .jsonPath("$.detail")
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/policy/v1/documents?q=a", RULE, RULE + "/articles/19", "/api/policy/v1/issues",
            "/api/policy/v1/documents/018f0000-0000-7000-8000-000000000000",
            "/api/policy/v1/documents/018f0000-0000-7000-8000-000000000000/tree",
            "/api/policy/v1/documents/018f0000-0000-7000-8000-000000000000/text",
            "/api/policy/v1/documents/018f0000-0000-7000-8000-000000000000/articles/1"})
    void answersNobodyWithoutTheScope(String path) {
        Apis.client(port).get().uri(path).exchange().expectStatus().isUnauthorized();
        String other = Tokens.client("test-app").scopes("policy.apply").token();
        Apis.client(port, other).get().uri(path).exchange().expectStatus().isForbidden();
        policy.reader.delete().uri("/api/policy/v1/documents/" + UUID.randomUUID()).exchange().expectStatus()
                .isEqualTo(405);
    }
}
