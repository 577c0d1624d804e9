package cn.cityapis.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;

@ServiceTest(classes = SampleApplication.class)
class RefusalApiTest {

    private static final String THINGS = "/api/sample/v1/things";
    private static final String GOOD = """
            {"name":"一","colour":"RED","since":"2026-01-31","size":1,"parts":[]}""";

    private static final java.util.concurrent.Executor THREADS = java.util.concurrent.Executors
            .newVirtualThreadPerTaskExecutor();

    @LocalServerPort
    int port;

    private WebTestClient citizen() {
        return Apis.client(port, Tokens.citizen("c1").scopes("sample.apply", "sample.read").token());
    }

    private static WebTestClient.BodyContentSpec problem(WebTestClient.ResponseSpec answer, int status, String code) {
        return answer.expectStatus().isEqualTo(status)
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code").isEqualTo(code)
                .jsonPath("$.status").isEqualTo(status)
                .jsonPath("$.type").isEqualTo("/docs/errors#" + code)
                .jsonPath("$.title").isNotEmpty()
                .jsonPath("$.detail").isNotEmpty();
    }

    private WebTestClient.ResponseSpec post(String body) {
        return citizen().post().uri(THINGS).header("Idempotency-Key", "k").contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body).exchange();
    }

    @Nested
    class Callers {

        @Test
        void noToken() {
            var answer = Apis.client(port).get().uri(THINGS).exchange();
            answer.expectHeader().valueEquals("WWW-Authenticate", "Bearer");
            problem(answer, 401, "token-missing");
        }

        @Test
        void tokensThatAreNotOurs() {
            for (String token : new String[]{Tokens.citizen("c").scopes("sample.read").expired().token(),
                    Tokens.citizen("c").scopes("sample.read").audience("other").token(),
                    Tokens.citizen("c").scopes("sample.read").issuer("https://else.test").token(),
                    Tokens.citizen("c").scopes("sample.read").forged(), "abc"}) {
                problem(Apis.client(port, token).get().uri(THINGS).exchange(), 401, "token-invalid");
            }
        }

        @Test
        void withoutTheScope() {
            String token = Tokens.citizen("c").scopes("sample.apply").token();
            problem(Apis.client(port, token).get().uri(THINGS).exchange(), 403, "forbidden");
        }

        @Test
        void withoutTheRole() {
            String officer = Tokens.operator("o", "371002", "district").scopes("sample.decide").token();
            String other = Tokens.operator("o", "371002", "assessor").scopes("sample.decide").token();
            Apis.client(port, officer).get().uri(THINGS + "/officers").exchange().expectStatus().isOk().expectBody()
                    .jsonPath("$.org").isEqualTo("371002");
            problem(Apis.client(port, other).get().uri(THINGS + "/officers").exchange(), 403, "forbidden");
        }

        @Test
        void whoIsNoProvenCitizenIsToldSoBeforeTheBodyIsRead() {
            for (String token : new String[]{Tokens.client("app").scopes("sample.apply").token(),
                    Tokens.citizen("c").claim("assurance", "openid").scopes("sample.apply").token()}) {
                problem(Apis.client(port, token).post().uri(THINGS).contentType(MediaType.APPLICATION_JSON)
                        .bodyValue("{broken").exchange(), 403, "real-name-required");
            }
        }

        @Test
        void pathsOutsideTheApiAreDenied() {
            Apis.client(port, Tokens.citizen("c").scopes("sample.read").token()).get().uri("/actuator/env").exchange()
                    .expectStatus().isForbidden();
            Apis.client(port).get().uri("/actuator/health/readiness").exchange().expectStatus().isOk();
        }
    }

    @Nested
    class Requests {

        @Test
        void unknownPath() {
            problem(citizen().get().uri("/api/sample/v1/nothing").exchange(), 404, "not-found");
        }

        @Test
        void aBlankInsteadOfAnIdIsNoFaultOfOurs() {
            problem(citizen().put().uri(URI.create("http://127.0.0.1:" + port + THINGS + "/%20?name=x"))
                    .header("Idempotency-Key", "k").header("If-Match", "\"1\"").exchange(), 400, "validation-failed");
        }

        @Test
        void pathsThatCouldMeanSomethingElse() {
            for (String odd : List.of("/a%2Fb", "/%00", "/%0A", "/..", "//x")) {
                problem(citizen().get().uri(URI.create("http://127.0.0.1:" + port + THINGS + odd)).exchange(), 400,
                        "validation-failed");
            }
        }

        @Test
        void wrongMethod() {
            var answer = citizen().delete().uri(THINGS).exchange();
            answer.expectHeader().exists("Allow");
            problem(answer, 405, "method-not-allowed");
        }

        @Test
        void wrongMediaType() {
            problem(citizen().post().uri(THINGS).header("Idempotency-Key", "k").contentType(MediaType.TEXT_PLAIN)
                    .bodyValue("x").exchange(), 415, "unsupported-media-type");
        }

        @Test
        void malformedJson() {
            problem(post("{\"name\": "), 400, "malformed-json");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "null"})
        void noBody(String body) {
            problem(post(body), 400, "body-missing");
        }

        @Test
        void trailingText() {
            post(GOOD + "x").expectStatus().isBadRequest();
        }

        @Test
        void everythingThatIsWrongAtOnce() {
            problem(post("""
                    {"name":"","colour":"GREEN","since":"31.1.2026","size":"12","extra":1,
                     "parts":[{"label":"a","count":1.5},{"count":11},7]}"""), 400, "validation-failed")
                    .jsonPath("$.errors[?(@.pointer=='/name')].code").isEqualTo("missing")
                    .jsonPath("$.errors[?(@.pointer=='/colour')].code").isEqualTo("invalid-value")
                    .jsonPath("$.errors[?(@.pointer=='/colour')].detail").isEqualTo("只能是 RED、BLUE 之一")
                    .jsonPath("$.errors[?(@.pointer=='/since')].detail").isEqualTo("应为日期，形如 2026-01-31")
                    .jsonPath("$.errors[?(@.pointer=='/size')].code").isEqualTo("wrong-type")
                    .jsonPath("$.errors[?(@.pointer=='/extra')].code").isEqualTo("unknown-field")
                    .jsonPath("$.errors[?(@.pointer=='/parts/0/count')].code").isEqualTo("wrong-type")
                    .jsonPath("$.errors[?(@.pointer=='/parts/1/label')].code").isEqualTo("missing")
                    .jsonPath("$.errors[?(@.pointer=='/parts/1/count')].code").isEqualTo("out-of-range")
                    .jsonPath("$.errors[?(@.pointer=='/parts/2')].code").isEqualTo("wrong-type")
                    .jsonPath("$.errors.length()").isEqualTo(9);
        }

        @Test
        void aNumberBeyondEveryRange() {
            for (String number : new String[]{"3000000000", "99999999999999999999", "1e400"}) {
                problem(post(GOOD.replace("\"size\":1", "\"size\":" + number)), 400, "validation-failed")
                        .jsonPath("$.errors.length()").isEqualTo(1)
                        .jsonPath("$.errors[0].pointer").isEqualTo("/size");
            }
        }

        @Test
        void textThatNoDatabaseHolds() {
            problem(post(
                    """
                    {"name":"a\\u0000b","colour":"RED","since":"2026-01-31","size":1,"parts":[{"label":"\\u0000","count":1}]}"""),
                    400, "validation-failed")
                    .jsonPath("$.errors[?(@.pointer=='/name')].code").isEqualTo("invalid-character")
                    .jsonPath("$.errors[?(@.pointer=='/parts/0/label')].detail").isEqualTo("不能含有空字符（U+0000）")
                    .jsonPath("$.errors.length()").isEqualTo(2);
            post(GOOD.replace("\"name\":\"", "\"name\":\"\\\\u0000")).expectStatus().isCreated();
        }

        @ParameterizedTest
        @ValueSource(strings = {"+999999999-12-31", "-999999999-01-01", "+10000-01-01", "0999-12-31"})
        void aYearThatIsNotOfFourDigits(String date) {
            problem(post(GOOD.replace("2026-01-31", date)), 400, "validation-failed")
                    .jsonPath("$.errors.length()").isEqualTo(1)
                    .jsonPath("$.errors[0].pointer").isEqualTo("/since")
                    .jsonPath("$.errors[0].detail").isEqualTo("应为日期，形如 2026-01-31");
        }

        @Test
        void messagesAreChinese() {
            problem(post("{}"), 400, "validation-failed").jsonPath("$.errors[?(@.pointer=='/name')].detail")
                    .value(detail -> assertThat(detail.toString()).contains("不能为空"));
        }

        @Test
        void tooLarge() {
            Flux<String> parts = Flux.fromStream(IntStream.range(0, 3000).mapToObj(i -> "x".repeat(1000)));
            problem(citizen().post().uri(THINGS).header("Idempotency-Key", "k").contentType(MediaType.APPLICATION_JSON)
                    .body(Flux.just("{\"name\":\"").concatWith(parts), String.class).exchange(), 413, "body-too-large");
        }

        @ParameterizedTest
        @CsvSource({"limit=0", "limit=101", "limit=x", "limit=-1"})
        void limitOutOfRange(String query) {
            problem(citizen().get().uri(THINGS + "?" + query).exchange(), 400, "validation-failed");
        }

        @ParameterizedTest
        @ValueSource(strings = {"x", "c1", "c1.%25", "c1.***"})
        void brokenCursor(String cursor) {
            problem(citizen().get().uri(THINGS + "?cursor=" + cursor).exchange(), 400, "invalid-cursor");
        }

        @Test
        void wrongTypeInPath() {
            problem(citizen().put().uri(THINGS + "/abc?name=x").header("Idempotency-Key", "k").exchange(), 400,
                    "validation-failed");
        }
    }

    @Nested
    class Document {

        @Test
        void saysForEachOperationWhoMayCallItAndHowItRefuses() {
            Apis.client(port).get().uri("/v3/api-docs").exchange().expectStatus().isOk().expectBody()
                    .jsonPath("$.openapi").isEqualTo("3.1.0")
                    .jsonPath("$.paths['/api/sample/v1/things/officers'].get.x-access.roles[0]").isEqualTo("district")
                    .jsonPath("$.paths['/api/sample/v1/things'].post.parameters[?(@.name=='Idempotency-Key')].required")
                    .isEqualTo(true)
                    .jsonPath("$.paths['/api/sample/v1/things'].get.parameters[?(@.name=='cursor')]").exists()
                    .jsonPath(
                            "$.paths['/api/sample/v1/things'].post.responses.default.content['application/problem+json']")
                    .exists()
                    .jsonPath("$.components.schemas.Problem").exists()
                    .jsonPath("$.components.schemas.IdempotencyKey").doesNotExist()
                    .jsonPath("$.x-problems[?(@.code=='stale')].status").isEqualTo(412);
        }
    }

    @Nested
    class OurOwnFaults {

        @Test
        void tellNothingOfTheInside() {
            problem(citizen().get().uri(THINGS + "/broken").exchange(), 500, "internal-error").jsonPath("$")
                    .value(body -> assertThat(body.toString()).doesNotContain("secret", "Exception", "table"));
        }

        @Test
        void anExhaustedPoolIs503WithRetryAfter() {
            var client = citizen();
            var slow = IntStream.range(0, 8)
                    .mapToObj(i -> java.util.concurrent.CompletableFuture
                            .runAsync(() -> client.get().uri(THINGS + "/slow").exchange(), THREADS))
                    .toList();
            java.util.concurrent.locks.LockSupport.parkNanos(500_000_000L);
            var answer = client.get().uri(THINGS).exchange();
            answer.expectHeader().valueEquals("Retry-After", "2");
            problem(answer, 503, "unavailable");
            slow.forEach(java.util.concurrent.CompletableFuture::join);
        }
    }
}
