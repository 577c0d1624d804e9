package cn.cityapis.gateway;

import static cn.cityapis.gateway.ProblemAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.gateway.settings.SettingException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.NestedExceptionUtils;

/** One service dead or hanging: its callers learn it soon, the others notice nothing. */
class ResilienceTest {

    private RunningGateway gateway = RunningGateway.start(SETTINGS);

    private static final Map<String, Object> SETTINGS = Map.of("gateway.time.response", "400ms", "gateway.breaker.open",
            "1s", "gateway.breaker.parallel", 8);

    @BeforeEach
    void warm() {
        assertThat(gateway.authorized("/api/policy/v1/x").statusCode()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aDeadServiceIsSaidAtOnceAndTheOthersWork() {
        gateway.service("subsidy").close();
        for (int i = 0; i < 10; i++) {
            Instant before = Instant.now();
            HttpResponse<String> response = gateway.authorized("/api/subsidy/v1/x");
            refused(response, 503, "unavailable");
            assertThat(response.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(1));
        }
        for (String other : List.of("policy", "eldercare", "pharmacy")) {
            assertThat(gateway.authorized("/api/" + other + "/v1/x").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aHangingServiceTimesOutThenOpensItsBreakerOnlyAndComesBack() throws Exception {
        FakeService pharmacy = gateway.service("pharmacy");
        pharmacy.hang();
        for (int i = 0; i < 5; i++) {
            refused(gateway.authorized("/api/pharmacy/v1/x"), 504, "service-timeout");
        }
        int reached = pharmacy.seen().size();
        refused(gateway.authorized("/api/pharmacy/v1/x"), 503, "unavailable");
        assertThat(pharmacy.seen()).hasSize(reached);
        assertThat(gateway.authorized("/api/policy/v1/x").statusCode()).isEqualTo(200);

        pharmacy.goOn();
        Instant limit = Instant.now().plusSeconds(10);
        while (gateway.authorized("/api/pharmacy/v1/x").statusCode() != 200 && Instant.now().isBefore(limit)) {
            Thread.sleep(100);
        }
        assertThat(gateway.authorized("/api/pharmacy/v1/x").statusCode()).isEqualTo(200);
    }

    @Test
    void aHangingServiceHoldsNoMoreThanItsShareOfCalls() {
        gateway.service("eldercare").hang();
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 24).mapToObj(i -> CompletableFuture
                .supplyAsync(() -> gateway.authorized("/api/eldercare/v1/x").statusCode(), Thread::startVirtualThread))
                .toList();
        List<Integer> statuses = calls.stream().map(CompletableFuture::join).toList();
        assertThat(statuses).containsOnly(503, 504);
        assertThat(gateway.service("eldercare").seen()).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void aReadingThatBreaksOffIsMadeOnceMoreAndAWritingNever() {
        FakeService policy = gateway.service("policy");
        int before = policy.seen().size();
        policy.breakOff(1);
        assertThat(gateway.authorized("/api/policy/v1/x").statusCode()).isEqualTo(200);
        assertThat(policy.seen()).hasSize(before + 2);
        policy.breakOff(1);
        refused(gateway.send(gateway.request("/api/policy/v1/x")
                .header("Authorization", "Bearer " + RunningGateway.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))), 502, "service-broken");
        assertThat(policy.seen()).hasSize(before + 3);
        assertThat(gateway.metrics()).contains("gateway_retries_total{");
    }

    @Test
    void retriesDoNotDoubleTheLoadOfABrokenService() {
        FakeService policy = gateway.service("policy");
        int before = policy.seen().size();
        policy.breakOff(1000);
        for (int i = 0; i < 60; i++) {
            gateway.authorized("/api/policy/v1/x");
        }
        // ten in hand and a tenth of the first attempts; the breaker keeps most of the rest away
        assertThat(policy.seen().size() - before).isLessThanOrEqualTo(60 + 16);
        policy.breakOff(0);
    }

    @Test
    void moreThanCanBeServedAreToldAtOnce() {
        try (RunningGateway small = RunningGateway.start(Map.of("MOST_IN_FLIGHT", 4, "gateway.time.response", "3s"))) {
            small.service("eldercare").hang();
            List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 12)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> small.authorized("/api/eldercare/v1/x"),
                            Thread::startVirtualThread))
                    .toList();
            Instant limit = Instant.now().plusSeconds(10);
            while (calls.stream().filter(CompletableFuture::isDone).count() < 8 && Instant.now().isBefore(limit)) {
                Thread.onSpinWait();
            }
            List<CompletableFuture<HttpResponse<String>>> early = calls.stream().filter(CompletableFuture::isDone)
                    .toList();
            assertThat(early).hasSize(8);
            early.forEach(call -> refused(call.join(), 503, "unavailable"));
            small.service("eldercare").goOn();
            assertThat(calls.stream().map(CompletableFuture::join).filter(answer -> answer.statusCode() == 200))
                    .hasSize(4);
            assertThat(small.authorized("/api/policy/v1/x").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void answersWithAnErrorStatusOpenNoBreaker() {
        IntStream.range(0, 30)
                .forEach(i -> assertThat(gateway.authorized("/api/policy/v1/teapot").statusCode()).isEqualTo(418));
        assertThat(gateway.authorized("/api/policy/v1/x").statusCode()).isEqualTo(200);
    }

    @Test
    void statusAndDocumentOfADeadServiceAreSaid() {
        gateway.service("subsidy").close();
        refused(gateway.get("/docs/openapi/subsidy"), 503, "unavailable");
        var status = RunningGateway.json(gateway.get("/docs/status"));
        status.forEach(one -> assertThat(one.get("up").asBoolean())
                .isEqualTo(!one.get("service").asString().equals("subsidy")));
        assertThat(gateway.get("/docs/errors").body()).contains("policy-only").doesNotContain("subsidy-only");
    }

    @Test
    void withoutTheIssuersKeysNobodyIsCalledAForger() {
        try (RunningGateway lost = RunningGateway.start(Map.of("OIDC_JWKS_URI", "http://127.0.0.1:1/jwks"))) {
            refused(lost.authorized("/api/policy/v1/x"), 503, "unavailable");
        }
    }

    @Test
    void aMissingOrWrongAddressEndsTheStart() {
        for (String variable : List.of("POLICY_URL", "IDENTITY_URL", "OIDC_JWKS_URI")) {
            for (String wrong : List.of("", "nowhere")) {
                assertThatThrownBy(() -> RunningGateway.start(Map.of(variable, wrong)).close())
                        .satisfies(failure -> assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
                                .isInstanceOf(SettingException.class).hasMessageContaining(variable));
            }
        }
    }
}
