package cn.cityapis.gateway;

import static cn.cityapis.gateway.ProblemAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's own pages and its door, asked for nonsense. */
class BadInputApiTest {

    private static @Nullable RunningGateway running;

    @BeforeAll
    static void start() {
        running = RunningGateway.start(Map.of());
    }

    @AfterAll
    static void stop() {
        gateway().close();
    }

    private static RunningGateway gateway() {
        return Objects.requireNonNull(running);
    }

    private static void isNoFaultOfOursAndTellsNothing(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 499);
        assertThat(response.body()).doesNotContain("Exception", "org.springframework", "cn.cityapis", "java.", "netty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/docs", "/docs/errors", "/docs/console", "/docs/status", "/docs/openapi/policy",
            "/docs/files/docs.css"})
    void pagesAreReadOnly(String path) {
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
            refused(gateway().send(gateway().request(path).method(method,
                    HttpRequest.BodyPublishers.ofString("{\"a\": "))), 404, "not-found");
        }
        for (String format : List.of("application/x-nothing", "nonsense", "*")) {
            isNoFaultOfOursAndTellsNothing(gateway().send(gateway().request(path).header("Accept", format).GET()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/openapi/x", "/docs/openapi/%00", "/docs/openapi/POLICY", "/docs/files/none.css",
            "/docs/files/..%2f..%2fapplication.yml", "/docs/files/%2e%2e%2fapplication.yml", "/docs/files/%00",
            "/docs/swagger-ui/none.js", "/docs/swagger-ui/..%5cx", "/docs/errors/x", "/docs/status/x"})
    void whatIsNotThereIsNotFound(String path) {
        HttpResponse<String> response = gateway().get(path);
        assertThat(response.statusCode()).as(response.body()).isIn(400, 404);
        isNoFaultOfOursAndTellsNothing(response);
    }

    /** Refused before a route is chosen: in the form of every refusal nevertheless. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/policy/v1/documents/a%2Fb", "/api/policy/v1/documents/a%252Fb",
            "/api/policy/v1/%00",
            "/api/policy/v1/..", "/api/policy//v1", "/api/policy/v1/x%3By", "/api/policy/v1/%0A"})
    void oddPathsAreRefusedLikeEverythingElse(String path) {
        var refused = gateway().authorized(path);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.body()).contains("\"code\":\"bad-request\"", "请求无法识别");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 7_000, 40_000})
    void longNamesAddressesAndHeadersAreRefused(int length) {
        String text = "x".repeat(length);
        for (String path : List.of("/docs/openapi/" + text, "/docs/files/" + text)) {
            assertThat(gateway().get(path).statusCode()).isIn(400, 404, 414);
        }
        isNoFaultOfOursAndTellsNothing(gateway().send(gateway().request("/docs").header("X-Long", text).GET()));
        isNoFaultOfOursAndTellsNothing(gateway().authorized("/api/policy/v1/documents?q=" + text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer a b", "bearer x", "Basic YTpi", "Bearer \t", "é",
            "Bearer ...", "Bearer eyJhbGciOiJub25lIn0.e30."})
    void whatIsNoTokenIsRefusedBeforeTheService(String header) {
        int before = gateway().service("policy").seen().size();
        HttpResponse<String> response = gateway().send(gateway().request("/api/policy/v1/documents")
                .header("Authorization", header).GET());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
        assertThat(RunningGateway.json(response).get("code").asString()).isIn("token-missing", "token-invalid");
        assertThat(gateway().service("policy").seen()).hasSize(before);
    }
}
