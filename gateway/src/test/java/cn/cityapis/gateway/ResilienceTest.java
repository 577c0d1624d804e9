package cn.cityapis.gateway;

import static cn.cityapis.gateway.ProblemAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.gateway.settings.SettingException;
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
