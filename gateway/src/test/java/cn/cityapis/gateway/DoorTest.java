package cn.cityapis.gateway;

import static cn.cityapis.gateway.ProblemAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Tokens;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The door behind a trusted proxy, before another issuer's tokens, called by pages of others. */
@ExtendWith(OutputCaptureExtension.class)
class DoorTest {

    private static final MovableTime TIME = new MovableTime();
    private static final String PATH = "/api/policy/v1/documents";
    private static @Nullable RunningGateway running;
    private static @Nullable OtherIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = new OtherIssuer();
        running = RunningGateway.start(Map.of("OIDC_ISSUER", OtherIssuer.ISSUER, "OIDC_JWKS_URI", issuer.jwksUri(),
                "TRUSTED_PROXIES", "127.0.0.0/8,::1", "CORS_ORIGINS",
                "https://app.example=app-1,https://open.example=*",
                "gateway.refusals.burst", 5), TIME);
    }

    @AfterAll
    static void stop() {
        gateway().close();
        issuer().close();
    }

    private static RunningGateway gateway() {
        return Objects.requireNonNull(running);
    }

    private static OtherIssuer issuer() {
        return Objects.requireNonNull(issuer);
    }

    private static HttpResponse<String> from(String address, String path, String token) {
        return gateway().send(gateway().request(path).header("X-Forwarded-For", address)
                .header("Authorization", "Bearer " + token).GET());
    }

    @Nested
    class AnotherIssuer {

        @Test
        void isTrustedByConfigurationAloneAndNobodyElseIs() {
            assertThat(gateway().with(issuer().token("app-1"), PATH).statusCode()).isEqualTo(200);
            refused(from("198.51.100.1", PATH, Tokens.client("app-1").scopes("policy.read").token()), 401,
                    "token-invalid");
        }

        @Test
        void changesItsKeyAndIsBelievedAtOnceAndTheOldKeyIsNot() {
            String before = issuer().token("app-1");
            assertThat(gateway().with(before, PATH).statusCode()).isEqualTo(200);
            issuer().changeKey("k2");
            TIME.advance(Duration.ofSeconds(31));
            assertThat(gateway().with(issuer().token("app-1"), PATH).statusCode()).isEqualTo(200);
            refused(from("198.51.100.2", PATH, before), 401, "token-invalid");
        }

        @Test
        void isNotFloodedByRandomKeyIds() {
            assertThat(gateway().with(issuer().token("app-1"), PATH).statusCode()).isEqualTo(200);
            TIME.advance(Duration.ofSeconds(31));
            int before = issuer().reads();
            List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 60)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> from("203.0.113." + i, PATH, issuer().token("app-1", "random-" + i)),
                            Thread::startVirtualThread))
                    .toList();
            calls.forEach(call -> refused(call.join(), 401, "token-invalid"));
            assertThat(issuer().reads() - before).isBetween(1, 10);
        }

        @Test
        void withdrawsAKeyThatIsThenForgottenEvenIfNoOtherIsSeen() {
            String before = issuer().token("app-1");
            assertThat(gateway().with(before, PATH).statusCode()).isEqualTo(200);
            issuer().changeKey("k3");
            TIME.advance(Duration.ofSeconds(11));
            refused(from("198.51.100.3", PATH, before), 401, "token-invalid");
        }
    }

    @Nested
    class RefusedTokens {

        @Test
        void areToldToWaitAfterSomeAndTheNeighbourIsNot() {
            for (int i = 0; i < 5; i++) {
                refused(from("203.0.113.200", PATH, "nonsense"), 401, "token-invalid");
            }
            var answer = from("203.0.113.200", PATH, "nonsense");
            refused(answer, 429, "too-many-requests");
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
            assertThat(answer.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"refused\";r=0");
            assertThat(from("203.0.113.200", PATH, issuer().token("app-9")).statusCode()).isEqualTo(200);
            refused(from("203.0.113.201", PATH, "nonsense"), 401, "token-invalid");
            TIME.advance(Duration.ofSeconds(2));
            refused(from("203.0.113.200", PATH, "nonsense"), 401, "token-invalid");
        }
    }

    @Nested
    class ManyAddressesOfOneNetwork {

        private HttpResponse<String> openTo(String address) {
            return gateway().send(gateway().request("/docs/webhooks").header("X-Forwarded-For", address).GET());
        }

        @Test
        void areRefusedTokensTogether() {
            for (int i = 1; i <= 5; i++) {
                refused(from("2001:db8:7:7::" + i, PATH, "nonsense"), 401, "token-invalid");
            }
            refused(from("2001:db8:7:7:ffff::6", PATH, "nonsense"), 429, "too-many-requests");
            refused(from("2001:db8:7:8::1", PATH, "nonsense"), 401, "token-invalid");
        }

        /** An address of its own rate would have 199 left each time; a shared one is filled up only 50 times a second. */
        @Test
        void haveOneRateTogether() {
            int call = 1;
            while (!openTo("2001:db8:9:9::" + call).headers().firstValue("RateLimit").orElseThrow().contains("r=198")) {
                assertThat(++call).isLessThan(1000);
            }
            assertThat(openTo("2001:db8:9:a::1").headers().firstValue("RateLimit").orElseThrow()).contains("r=199");
        }

        @Test
        void areToldToIdentityWhole() {
            gateway().send(gateway().request("/oauth2/token").header("X-Forwarded-For", "2001:db8:9:b::77")
                    .POST(HttpRequest.BodyPublishers.ofString("x=y")));
            assertThat(gateway().service("identity").last().headers().get("X-client-address"))
                    .isEqualTo(List.of("2001:db8:9:b::77"));
        }
    }

    @Nested
    class PagesOfOthers {

        private HttpResponse<String> preflight(String origin) {
            return gateway().send(gateway().request(PATH).header("Origin", origin)
                    .header("Access-Control-Request-Method", "POST")
                    .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        }

        private HttpResponse<String> call(String origin, String client) {
            return gateway().send(gateway().request(PATH).header("Origin", origin)
                    .header("Authorization", "Bearer " + issuer().token(client)).GET());
        }

        @Test
        void mayAskIfAnyClientHasThem() {
            var known = preflight("https://app.example");
            assertThat(known.statusCode()).isEqualTo(204);
            assertThat(known.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://app.example");
            assertThat(known.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                    .contains("Idempotency-Key", "If-Match");
            assertThat(known.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
            var unknown = preflight("https://evil.example");
            assertThat(unknown.statusCode()).isEqualTo(403);
            assertThat(unknown.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        }

        @Test
        void readAnswersOfTheirOwnClientOnly() {
            var own = call("https://app.example", "app-1");
            assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://app.example");
            assertThat(own.headers().firstValue("Access-Control-Expose-Headers").orElseThrow()).contains("ETag");
            assertThat(call("https://app.example", "app-2").headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(call("https://open.example", "app-2").headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("https://open.example");
            assertThat(call("https://evil.example", "app-1").headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(own.headers().allValues("Vary").toString()).contains("Origin");
        }
    }

    @Nested
    class OnTheWay {

        @Test
        void identityIsToldWhereARequestComesFromAndNobodyCanSaySoHimself() {
            gateway().send(gateway().request("/oauth2/token").header("X-Forwarded-For", "203.0.113.77")
                    .header("X-Client-Address", "1.2.3.4").POST(HttpRequest.BodyPublishers.ofString("x=y")));
            assertThat(gateway().service("identity").last().headers().get("X-client-address"))
                    .isEqualTo(List.of("203.0.113.77"));
            gateway().with(issuer().token("app-1"), PATH);
            assertThat(gateway().service("policy").last().has("X-Client-Address")).isFalse();
            assertThat(gateway().service("policy").last().has("X-Forwarded-For")).isFalse();
        }

        /** A hop takes out what {@code Connection} names: nobody says so of what the gateway adds. */
        @Test
        void nobodyTakesOutWhatTheGatewaySays() throws IOException {
            try (Socket socket = new Socket("localhost", gateway().port())) {
                socket.getOutputStream().write("""
                        POST /oauth2/token HTTP/1.1\r
                        Host: localhost\r
                        Connection: close, X-Client-Address, X-Request-Id, traceparent\r
                        X-Forwarded-For: 203.0.113.78\r
                        Content-Length: 3\r
                        \r
                        x=y""".getBytes(StandardCharsets.UTF_8));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .as("the connection is closed all the same").startsWith("HTTP/1.1 ");
            }
            var seen = gateway().service("identity").last();
            assertThat(seen.headers().get("X-client-address")).isEqualTo(List.of("203.0.113.78"));
            assertThat(seen.has("X-Request-Id")).isTrue();
            assertThat(seen.has("traceparent")).isTrue();
        }

        @Test
        void aTraceGoesOnIntoTheService() {
            String id = "4bf92f3577b34da6a3ce929d0e0e4736";
            gateway().send(gateway().request(PATH).header("Authorization", "Bearer " + issuer().token("app-1"))
                    .header("traceparent", "00-" + id + "-00f067aa0ba902b7-01").header("tracestate", "a=b").GET());
            var seen = gateway().service("policy").last();
            assertThat(seen.headers().get("Traceparent").getFirst()).startsWith("00-" + id);
            assertThat(seen.has("tracestate")).isTrue();
            gateway().send(gateway().request(PATH).header("Authorization", "Bearer " + issuer().token("app-1"))
                    .header("traceparent", "forged").header("tracestate", "a=b").GET());
            seen = gateway().service("policy").last();
            assertThat(seen.headers().get("Traceparent").getFirst()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
            assertThat(seen.has("tracestate")).isFalse();
        }

        @Test
        void largeAnswersAreCompressedForWhoCanReadThem() {
            var zipped = gateway().send(gateway().request("/api/policy/v1/large").header("Accept-Encoding", "gzip")
                    .header("Authorization", "Bearer " + issuer().token("app-1")).GET());
            assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
            var plain = gateway().with(issuer().token("app-1"), "/api/policy/v1/large");
            assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
            assertThat(plain.body()).contains("养老养老");
        }

        /** Canary numbers in every place that a request has. */
        @Test
        void theLogTellsOfProgramsNotOfPeople(CapturedOutput output) {
            String token = issuer().token("app-1");
            gateway().send(gateway().request("/api/policy/v1/people/371002199001011234?phone=13800138000&13900139000=1")
                    .header("Authorization", "Bearer " + token).header("X-Forwarded-For", "203.0.113.99")
                    .header("X-Request-Id", "request-4711").header("User-Agent", "13700137000").GET());
            String line = output.getOut().lines().filter(each -> each.contains("request-4711")).findFirst()
                    .orElseThrow();
            assertThat(line).contains("GET /api/policy/v1/people/***?***,phone status=200", "client=app-1",
                    "from=203.0.113.0/24", "trace=");
            assertThat(output.getAll()).doesNotContain("371002199001011234", "13800138000", "13900139000",
                    "13700137000", "203.0.113.99", token);
        }

        @Test
        void everythingIsCounted() {
            gateway().with(issuer().token("app-1"), PATH);
            assertThat(gateway().metrics()).contains("gateway_requests_seconds_count{", "service=\"policy\"",
                    "status=\"2xx\"", "gateway_in_flight", "gateway_shed_total");
        }
    }
}
