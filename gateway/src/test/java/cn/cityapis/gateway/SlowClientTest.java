package cn.cityapis.gateway;

import static cn.cityapis.gateway.ProblemAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Tokens;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who sends slowly harms himself alone. */
class SlowClientTest {

    private static final String PATH = "/api/subsidy/v1/entitlements";
    private static final String SLOW = Tokens.client("slow-app").scopes("subsidy.read").token();
    private static final String CLOSED = "resilience4j_circuitbreaker_state{group=\"none\",name=\"subsidy\",state=\"closed\"} 1.0";
    /** As many as open a breaker. */
    private static final int SOME = 6;

    private static List<String> atOnce(RunningGateway gateway, Function<SlowClient, String> way) {
        List<CompletableFuture<String>> calls = IntStream.range(0, SOME)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try (SlowClient client = new SlowClient(gateway.port(), PATH, SLOW)) {
                        return way.apply(client);
                    }
                }, Thread::startVirtualThread)).toList();
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private static void refusedAndNobodyElse(RunningGateway gateway, List<String> answers) {
        assertThat(answers).hasSize(SOME).allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 408 ")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"code\":\"request-timeout\""));
        assertThat(gateway.authorized("/api/subsidy/v1/x").statusCode()).isEqualTo(200);
        assertThat(gateway.metrics()).contains(CLOSED);
    }

    @Test
    void aBodyOfWhichNothingMoreComesIsNoFailureOfTheService() {
        try (RunningGateway gateway = RunningGateway.start(Map.of("gateway.time.part", "300ms"))) {
            refusedAndNobodyElse(gateway, atOnce(gateway, SlowClient::answer));
        }
    }

    @Test
    void aBodyByteByByteIsCutOffWhenItsTimeIsOver() {
        try (RunningGateway gateway = RunningGateway
                .start(Map.of("gateway.time.whole", "1s", "gateway.time.response", "300ms"))) {
            refusedAndNobodyElse(gateway, atOnce(gateway, SlowClient::trickle));
        }
    }

    @Test
    void aBodyThatBreaksOffIsNoFailureOfTheServiceNorAFaultOfOurs() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(Map.of())) {
            List<SlowClient> some = Stream.generate(() -> new SlowClient(gateway.port(), PATH, SLOW)).limit(SOME)
                    .toList();
            awaitFreePlaces(gateway, 100 - SOME);
            some.forEach(SlowClient::close);
            awaitFreePlaces(gateway, 100);
            assertThat(gateway.authorized("/api/subsidy/v1/x").statusCode()).isEqualTo(200);
            assertThat(gateway.metrics()).contains(CLOSED)
                    .doesNotContain("gateway_requests_seconds_count{service=\"subsidy\",status=\"5xx\"}");
        }
    }

    private static void awaitFreePlaces(RunningGateway gateway, int places) throws InterruptedException {
        Pattern free = Pattern.compile(
                "resilience4j_bulkhead_available_concurrent_calls\\{[^}]*name=\"subsidy\"[^}]*} " + places + "\\.0");
        Instant limit = Instant.now().plusSeconds(20);
        while (!free.matcher(gateway.metrics()).find() && Instant.now().isBefore(limit)) {
            Thread.sleep(20);
        }
        assertThat(gateway.metrics()).containsPattern(free);
    }

    @Test
    void aServiceThatDoesNotAnswerAWholeBodyIsToBlame() {
        try (RunningGateway gateway = RunningGateway.start(Map.of("gateway.time.part", "100ms",
                "gateway.time.response", "500ms", "gateway.time.whole", "200ms"))) {
            gateway.service("subsidy").hang();
            for (int i = 0; i < 5; i++) {
                refused(post(gateway, RunningGateway.TOKEN), 504, "service-timeout");
            }
            refused(post(gateway, RunningGateway.TOKEN), 503, "unavailable");
        }
    }

    @Test
    void oneCallerHasHisShareOfTheCallsAtATime() throws Exception {
        try (RunningGateway gateway = RunningGateway
                .start(Map.of("gateway.breaker.parallel", 4, "gateway.breaker.each", 3))) {
            List<SlowClient> hanging = Stream.generate(() -> new SlowClient(gateway.port(), PATH, SLOW)).limit(3)
                    .toList();
            awaitFreePlaces(gateway, 1);
            Instant limit = Instant.now().plusSeconds(20);
            while (post(gateway, SLOW).statusCode() != 429 && Instant.now().isBefore(limit)) {
                Thread.sleep(20);
            }
            HttpResponse<String> fourth = post(gateway, SLOW);
            refused(fourth, 429, "too-many-requests");
            assertThat(fourth.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
            assertThat(gateway.with(SLOW, "/api/policy/v1/x").statusCode()).as("elsewhere").isEqualTo(200);
            assertThat(post(gateway, RunningGateway.TOKEN).statusCode()).as("somebody else").isEqualTo(200);
            assertThat(gateway.metrics()).contains("gateway_limit_refusals_total{limit=\"parallel\"}");

            hanging.forEach(SlowClient::close);
            limit = Instant.now().plus(Duration.ofSeconds(20));
            while (post(gateway, SLOW).statusCode() != 200 && Instant.now().isBefore(limit)) {
                Thread.sleep(20);
            }
            assertThat(post(gateway, SLOW).statusCode()).as("given back").isEqualTo(200);
        }
    }

    private static HttpResponse<String> post(RunningGateway gateway, String token) {
        return gateway.send(gateway.request(PATH).header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    }
}
