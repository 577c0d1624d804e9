package cn.cityapis.gateway;

import static cn.cityapis.gateway.ProblemAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Tokens;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the door lets through, and what it does to it, against real servers behind it. */
class GatewayApiTest {

    private static @Nullable RunningGateway running;

    @BeforeAll
    static void start() {
        running = RunningGateway.start(Map.of("RATE_LIMIT_BURST", 100, "RATE_LIMIT_PER_SECOND", 5,
                "gateway.size.usual", "100KB", "gateway.size.material", "200KB", "gateway.size.file", "300KB",
                "gateway.size.batch", "400KB"));
    }

    @AfterAll
    static void stop() {
        gateway().close();
    }

    private static RunningGateway gateway() {
        return Objects.requireNonNull(running);
    }

    private static String token(String subject) {
        return "Bearer " + Tokens.citizen(subject).scopes("eldercare.read").token();
    }

    @Nested
    class Routing {

        @ParameterizedTest
        @ValueSource(strings = {"policy", "eldercare", "subsidy", "pharmacy"})
        void leadsToTheServiceWithPathAndQueryAsTheyAre(String name) {
            String path = "/api/" + name + "/v1/things/%E5%A8%81?limit=2&q=%E5%85%BB%E8%80%81";
            HttpResponse<String> response = gateway().authorized(path);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(RunningGateway.json(response).get("service").asString()).isEqualTo(name);
            assertThat(gateway().service(name).last().path()).isEqualTo(path);
        }

        @Test
        void leadsToIdentityWithoutAToken() {
            for (String path : List.of("/oauth2/jwks", "/.well-known/openid-configuration",
                    "/.well-known/oauth-authorization-server")) {
                assertThat(RunningGateway.json(gateway().get(path)).get("service").asString()).isEqualTo("identity");
                assertThat(gateway().send(gateway().request(path).method("PATCH", HttpRequest.BodyPublishers.noBody()))
                        .statusCode()).isEqualTo(404);
            }
            var post = gateway().send(gateway().request("/oauth2/token").header("Authorization", "Basic YTpi")
                    .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));
            assertThat(post.statusCode()).isEqualTo(200);
            assertThat(gateway().service("identity").last().headers().get("Authorization"))
                    .isEqualTo(List.of("Basic YTpi"));
        }

        @Test
        void answersOfServicesPassAsTheyAre() {
            assertThat(gateway().authorized("/api/policy/v1/teapot").statusCode()).isEqualTo(418);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/actuator/health", "/actuator/prometheus", "/actuator", "/v3/api-docs",
                "/api/other/v1/x",
                "/api/policy/v2/x", "/api/policy", "/oauth2/authorize", "/login", "/swagger-ui.html", "/webjars/x",
                "/nothing", "/api/eldercare/v1/../../../actuator/health", "/docs/openapi/gateway",
                "/docs/files/none.js", "/pages/header.html", "/pages/citizen/api.js", "/pages/leaflet/leaflet.js.map"})
        void leadsNowhereElse(String path) {
            int before = gateway().services().values().stream().mapToInt(service -> service.seen().size()).sum();
            HttpResponse<String> response = gateway().authorized(path);
            assertThat(response.statusCode()).as(response.body()).isIn(400, 404);
            assertThat(gateway().services().values().stream().mapToInt(service -> service.seen().size()).sum())
                    .isEqualTo(before);
        }

        @Test
        void saysNotFoundInTheCommonForm() {
            refused(gateway().get("/nothing"), 404, "not-found");
            refused(gateway().get("/docs/openapi/gateway"), 404, "not-found");
            refused(gateway().send(gateway().request("/docs").POST(HttpRequest.BodyPublishers.noBody())), 404,
                    "not-found");
        }

        @Test
        void actuatorsAnswerOnTheirOwnPortOnly() {
            assertThat(gateway().send(HttpRequest.newBuilder(
                    java.net.URI.create("http://localhost:" + gateway().managementPort() + "/actuator/health")).GET())
                    .statusCode()).isEqualTo(200);
            assertThat(gateway().send(HttpRequest.newBuilder(
                    java.net.URI.create("http://localhost:" + gateway().managementPort() + "/actuator/prometheus"))
                    .GET())
                    .body()).contains("resilience4j_circuitbreaker_state");
        }
    }

    @Nested
    class TokensAtTheDoor {

        @Test
        void aMissingTokenIsRefused() {
            var response = gateway().get("/api/policy/v1/documents");
            refused(response, 401, "token-missing");
            assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
        }

        @Test
        void aForgedExpiredForeignOrBrokenTokenIsRefusedBeforeTheService() {
            int before = gateway().service("policy").seen().size();
            for (String token : List.of(Tokens.citizen("c").scopes("policy.read").forged(),
                    Tokens.citizen("c").scopes("policy.read").expired().token(),
                    Tokens.citizen("c").scopes("policy.read").issuer("https://elsewhere").token(), "nonsense",
                    "a.b.c")) {
                refused(gateway().send(gateway().request("/api/policy/v1/documents")
                        .header("Authorization", "Bearer " + token).GET()), 401, "token-invalid");
            }
            assertThat(gateway().service("policy").seen()).hasSize(before);
        }

        @Test
        void aTokenInTheAddressIsNone() {
            refused(gateway().get("/api/policy/v1/documents?access_token=" + RunningGateway.TOKEN), 401,
                    "token-missing");
        }

        @Test
        void aStaleTokenKeepsNobodyFromANewOneOrThePages() {
            for (String path : List.of("/oauth2/jwks", "/", "/docs")) {
                assertThat(gateway().send(gateway().request(path).header("Authorization", "Bearer stale").GET())
                        .statusCode()).as(path).isEqualTo(200);
            }
        }
    }

    @Test
    void thePagesAreGivenNoTokenUnlessConfigured() {
        int before = gateway().service("identity").seen().size();
        for (String path : List.of("/pages/token", "/pages/demo-citizen-token")) {
            refused(gateway().send(gateway().request(path).POST(HttpRequest.BodyPublishers.noBody())), 404,
                    "not-found");
        }
        assertThat(gateway().service("identity").seen()).hasSize(before);
    }

    @Nested
    class Headers {

        @Test
        void nobodySaysWhoHeIsByAHeader() {
            List<String> claimed = List.of("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-User-Id",
                    "X-User",
                    "X-Org", "X-Roles", "X-Real-IP", "X-Client-Id", "Forwarded", "X-Original-URL",
                    "X-HTTP-Method-Override");
            var request = gateway().request("/api/policy/v1/documents").header("Authorization", token("c-2")).GET();
            claimed.forEach(name -> request.header(name, "admin"));
            request.header("X-Harmless", "1").header("Idempotency-Key", "k-1").header("If-Match", "\"3\"");
            assertThat(gateway().send(request).statusCode()).isEqualTo(200);
            var seen = gateway().service("policy").last();
            claimed.forEach(name -> assertThat(seen.has(name)).as(name).isFalse());
            for (String kept : List.of("X-Harmless", "Idempotency-Key", "If-Match", "Authorization", "X-Request-Id")) {
                assertThat(seen.has(kept)).as(kept).isTrue();
            }
        }

        @Test
        void answersAreSafeAndSayNothingOfTheServer() {
            for (var response : List.of(gateway().authorized("/api/policy/v1/documents"), gateway().get("/nothing"),
                    gateway().get("/"), gateway().get("/api/policy/v1/x"))) {
                assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
                assertThat(response.headers().firstValue("X-Frame-Options")).hasValue("DENY");
                assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
                assertThat(response.headers().firstValue("Strict-Transport-Security")).isPresent();
                assertThat(response.headers().firstValue("Server")).isEmpty();
            }
        }

        @Test
        void everyExchangeHasAnId() {
            var given = gateway()
                    .send(gateway().request("/api/policy/v1/documents").header("Authorization", token("c-3"))
                            .header("X-Request-Id", "trace-12345").GET());
            assertThat(given.headers().firstValue("X-Request-Id")).hasValue("trace-12345");
            assertThat(gateway().service("policy").last().headers().get("X-request-id"))
                    .isEqualTo(List.of("trace-12345"));
            var odd = gateway().send(gateway().request("/nothing").header("X-Request-Id", "<script>").GET());
            assertThat(odd.headers().firstValue("X-Request-Id")).hasValueSatisfying(
                    id -> assertThat(id).matches("[0-9a-f-]{36}"));
        }

        /** It stands in the access log. */
        @ParameterizedTest
        @ValueSource(strings = {"13707316057", "379999193809140574", "call-13707316057", "37999919380914057X.1"})
        void noIdIsSomebodysNumber(String number) {
            var answer = gateway().send(gateway().request("/nothing").header("X-Request-Id", number).GET());
            assertThat(answer.headers().firstValue("X-Request-Id")).hasValueSatisfying(
                    id -> assertThat(id).matches("[0-9a-f-]{36}"));
        }
    }

    @Nested
    class Size {

        private HttpResponse<String> post(String path, int bytes, boolean announced) {
            byte[] body = new byte[bytes];
            var publisher = announced
                    ? HttpRequest.BodyPublishers.ofByteArray(body)
                    : HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body));
            return gateway()
                    .send(gateway().request(path).header("Authorization", token("size-" + bytes)).POST(publisher));
        }

        @Test
        void largestBodyPasses() {
            assertThat(post("/api/eldercare/v1/applications", 100 * 1024, true).statusCode()).isEqualTo(200);
            assertThat(gateway().service("eldercare").last().bytes()).isEqualTo(100 * 1024);
            assertThat(post("/api/eldercare/v1/applications", 100 * 1024, false).statusCode()).isEqualTo(200);
        }

        @Test
        void largerIsRefusedWhetherAnnouncedOrNot() {
            int before = gateway().service("eldercare").seen().size();
            refused(post("/api/eldercare/v1/applications", 100 * 1024 + 1, true), 413, "body-too-large");
            assertThat(gateway().service("eldercare").seen()).hasSize(before);
            refused(post("/api/eldercare/v1/applications", 100 * 1024 + 1, false), 413, "body-too-large");
        }

        @Test
        void bodiesTooLargeAreNoFailuresOfTheService() {
            IntStream.range(0, 20).forEach(
                    i -> refused(post("/api/subsidy/v1/applications", 100 * 1024 + 1, false), 413, "body-too-large"));
            assertThat(gateway().authorized("/api/subsidy/v1/x").statusCode()).isEqualTo(200);
        }

        @Test
        void materialsAndLoadsMayBeLarger() {
            String materials = "/api/eldercare/v1/applications/1/materials";
            assertThat(post(materials, 200 * 1024, true).statusCode()).isEqualTo(200);
            refused(post(materials, 200 * 1024 + 1, true), 413, "body-too-large");
            assertThat(post("/api/subsidy/v1/payment-runs/1/replies", 200 * 1024, true).statusCode()).isEqualTo(200);
            assertThat(post("/api/subsidy/v1/applications/1/papers", 200 * 1024, true).statusCode()).isEqualTo(200);
            for (String file : List.of("/api/policy/v1/loads", "/api/pharmacy/v1/stock-imports/csv",
                    "/api/pharmacy/v1/catalogue-imports")) {
                assertThat(post(file, 300 * 1024, true).statusCode()).as(file).isEqualTo(200);
                refused(post(file, 300 * 1024 + 1, true), 413, "body-too-large");
            }
            for (String batch : List.of("/api/subsidy/v1/batch-evaluations", "/api/subsidy/v1/batch-jobs")) {
                assertThat(post(batch, 400 * 1024, true).statusCode()).as(batch).isEqualTo(200);
                refused(post(batch, 400 * 1024 + 1, true), 413, "body-too-large");
            }
        }
    }

    @Nested
    class Rate {

        private HttpResponse<String> call(String token) {
            return gateway().send(gateway().request("/api/policy/v1/documents").header("Authorization", token).GET());
        }

        @Test
        void oneCallerIsHeldBackAndNobodyElse() {
            String greedy = token("greedy");
            List<HttpResponse<String>> answers = IntStream.range(0, 400).mapToObj(i -> call(greedy)).toList();
            HttpResponse<String> refused = answers.stream().filter(answer -> answer.statusCode() == 429).findFirst()
                    .orElseThrow();
            refused(refused, 429, "too-many-requests");
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
            assertThat(refused.headers().firstValue("RateLimit")).hasValueSatisfying(
                    limit -> assertThat(limit).contains("r=0"));
            assertThat(call(token("modest")).statusCode()).isEqualTo(200);
        }

        @Test
        void saysHowMuchIsLeft() {
            var answer = call(token("counting"));
            assertThat(answer.headers().firstValue("RateLimit-Policy"))
                    .hasValue("\"caller\";q=100;w=20, \"client\";q=1000;w=20");
            assertThat(answer.headers().firstValue("RateLimit")).hasValueSatisfying(
                    limit -> assertThat(limit).startsWith("\"caller\";r=99;t=1, \"client\";r="));
        }
    }
}
