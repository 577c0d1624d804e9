package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.policy.Gazettes;
import cn.cityapis.policy.Policy;
import cn.cityapis.policy.PolicyApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The running service on a real cluster whose nodes come and go. */
@Tag("opensearch")
@ServiceTest(properties = {"policy.digest=false", "SEARCH_ENGINE=opensearch", "OPENSEARCH_INDEX=service"})
class OpenSearchServiceTest {

    private static final OpenSearchCluster CLUSTER = OpenSearchCluster.shared();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @LocalServerPort
    int port;
    @Autowired
    Environment environment;

    @DynamicPropertySource
    static void cluster(DynamicPropertyRegistry properties) {
        properties.add("OPENSEARCH_URIS", () -> String.join(",", CLUSTER.uris()));
    }

    @BeforeAll
    static void load(@LocalServerPort int port) {
        new Policy(port).load(Gazettes.digest());
    }

    @AfterEach
    void whole() {
        CLUSTER.start(0);
        CLUSTER.start(1);
        CLUSTER.await("\"number_of_nodes\":2");
        CLUSTER.await("\"status\":\"green\"");
    }

    private static String text(int number) {
        return "海岚市民政局\n关于灯塔的通知\n海灯发〔2031〕" + number + "号\n各区民政局：\n第一条 灯塔" + number + "夜间须按时亮灯。\n海岚市民政局\n2031年5月1日\n";
    }

    private static void found(Policy policy, int number) {
        until(policy, "灯塔" + number,
                answer -> answer.at("/items/0/number").asString("").equals("海灯发〔2031〕" + number + "号"));
    }

    /** A search may be refused meanwhile, but never otherwise than by a 503. */
    private static void until(Policy policy, String query, java.util.function.Predicate<JsonNode> satisfied) {
        Instant end = Instant.now().plus(PATIENCE);
        for (JsonNode answer = ask(policy, query); !satisfied.test(answer); answer = ask(policy, query)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(answer.toString());
            }
        }
    }

    private static JsonNode ask(Policy policy, String query) {
        var answer = policy.reader.get().uri("/api/policy/v1/documents?q={q}", query).exchange().expectBody()
                .returnResult();
        assertThat(answer.getStatus().value()).isIn(200, 503);
        return Policy.json(answer.getResponseBody());
    }

    @Test
    void showsACommit() {
        Policy policy = new Policy(port);
        policy.load(text(1));
        found(policy, 1);
        assertThat(suggested(policy)).contains("关于灯塔的通知");
    }

    private static String suggested(Policy policy) {
        return policy.get("/api/policy/v1/suggestions?q={q}", "dengta").toString();
    }

    @Test
    void takesACorrectedDocumentForTheOneBefore() {
        Policy policy = new Policy(port);
        policy.load(text(2));
        found(policy, 2);
        policy.load(text(2).replace("夜间须按时亮灯。", "白昼须按时亮灯。\n第二条 风雨无阻。"));
        until(policy, "海灯发〔2031〕2号 \"白昼须\"",
                answer -> !answer.has("relaxed") && answer.at("/items/0/articles").size() == 1);
        until(policy, "海灯发〔2031〕2号 \"夜间须\"", answer -> answer.has("relaxed") || answer.path("items").isEmpty());
    }

    @Test
    void isOneIndexForAllReplicas() {
        Policy first = new Policy(port);
        try (ConfigurableApplicationContext second = start()) {
            Policy other = new Policy(second.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            other.load(text(3));
            found(first, 3);
            assertThat(ask(other, "养老机构轮候").get("items")).isEqualTo(ask(first, "养老机构轮候").get("items"));
        }
        assertThat(CLUSTER.call("GET", "/_cat/indices/service-*?h=index").lines()).hasSize(1);
    }

    @Test
    void buildsADeletedIndexAnew() {
        Policy policy = new Policy(port);
        policy.load(text(4));
        found(policy, 4);
        String before = CLUSTER.call("GET", "/_cat/indices/service-*?h=index").strip();
        CLUSTER.call("DELETE", "/" + before);
        found(policy, 4);
        assertThat(CLUSTER.call("GET", "/_cat/indices/service-*?h=index").strip()).isNotEmpty().isNotEqualTo(before);
        assertThat(ask(policy, "能力评估费用谁承担").at("/items/0/number").asString()).isEqualTo("威民发〔2023〕17号");
    }

    @Test
    void goesOnWhenANodeDies() {
        Policy policy = new Policy(port);
        policy.load(text(5));
        found(policy, 5);
        CLUSTER.await("\"status\":\"green\"");
        CLUSTER.kill(1);
        found(policy, 5);
        policy.load(text(6));
        found(policy, 6);
    }

    @Test
    void saysThatItIsUnavailableAndCatchesUpWhenTheClusterIsBack() {
        Policy policy = new Policy(port);
        CLUSTER.kill(1);
        CLUSTER.kill(0);
        policy.reader.get().uri("/api/policy/v1/documents?q={q}", "养老机构").exchange().expectStatus().isEqualTo(503)
                .expectHeader().exists("Retry-After").expectBody().jsonPath("$.code").isEqualTo("search-unavailable");
        policy.reader.get().uri("/api/policy/v1/suggestions?q={q}", "养老").exchange().expectStatus().isEqualTo(503);
        policy.load(text(7));
        CLUSTER.start(0);
        CLUSTER.start(1);
        found(policy, 7);
    }

    private ConfigurableApplicationContext start() {
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=0", "--app.farewell=0s", "--policy.digest=false",
                        "--SEARCH_ENGINE=opensearch", "--OPENSEARCH_INDEX=service"));
        for (String name : List.of("DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD", "OIDC_ISSUER",
                "OIDC_JWKS_URI", "OPENSEARCH_URIS")) {
            arguments.add("--" + name + "=" + environment.getRequiredProperty(name));
        }
        return new SpringApplicationBuilder(PolicyApplication.class).profiles("development")
                .run(arguments.toArray(String[]::new));
    }
}
