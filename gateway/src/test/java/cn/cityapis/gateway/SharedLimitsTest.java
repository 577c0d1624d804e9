package cn.cityapis.gateway;

import static cn.cityapis.gateway.ProblemAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.gateway.limit.RedisServer;
import cn.cityapis.platform.test.Tokens;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits and contracts as a caller sees them, counted in memory and in a real Redis: the same. */
class SharedLimitsTest {

    private static final String PATH = "/api/policy/v1/documents";

    private static Map<String, Object> settings(String redis) {
        Map<String, Object> settings = new HashMap<>(Map.of("RATE_LIMIT_BURST", 20, "RATE_LIMIT_PER_SECOND", 1,
                "GATEWAYS", 2,
                "gateway.redis.patience", "10s"));
        if (!redis.isEmpty()) {
            settings.put("REDIS_URL", redis);
            settings.put("REDIS_PASSWORD", RedisServer.PASSWORD);
        }
        return settings;
    }

    private static long allowed(int times, Stream<RunningGateway> gateways, String token) {
        RunningGateway[] all = gateways.toArray(RunningGateway[]::new);
        return IntStream.range(0, times).map(i -> all[i % all.length].with(token, PATH).statusCode())
                .filter(status -> status == 200).count();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aContractHoldsForTheClientAndItsDay(boolean shared) {
        MovableTime time = MovableTime.standingStill();
        RedisServer redis = shared ? RedisServer.start() : null;
        try (RunningGateway gateway = RunningGateway.start(settings(shared ? redis.url() : ""), time)) {
            warm(gateway);
            String citizen = Tokens.citizen("c-1").scopes("policy.read").claim("act", Map.of("sub", "test-app"))
                    .claim("limits", Map.of("burst", 30, "perSecond", 1)).token();
            String another = Tokens.citizen("c-2").scopes("policy.read").claim("act", Map.of("sub", "test-app"))
                    .claim("limits", Map.of("burst", 30, "perSecond", 1)).token();
            assertThat(allowed(25, Stream.of(gateway), citizen)).as("each citizen's own").isEqualTo(20);
            assertThat(allowed(25, Stream.of(gateway), another)).as("what is left of the app's thirty").isEqualTo(10);

            String bank = Tokens.client("bank").scopes("policy.read").claim("limits", Map.of("perDay", 3)).token();
            HttpResponse<String> first = gateway.with(bank, PATH);
            assertThat(first.headers().firstValue("RateLimit-Policy").orElseThrow())
                    .isEqualTo("\"caller\";q=20;w=20, \"day\";q=3;w=86400");
            assertThat(first.headers().firstValue("RateLimit").orElseThrow()).contains("\"day\";r=2;t=");
            assertThat(allowed(2, Stream.of(gateway), bank)).isEqualTo(2);
            HttpResponse<String> over = gateway.with(bank, PATH);
            refused(over, 429, "too-many-requests");
            assertThat(over.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 86_400L);
            time.advance(Duration.ofSeconds(over.headers().firstValueAsLong("Retry-After").orElseThrow() + 1));
            // the token itself is as old as it is: the services' and the gateway's check of its life use real time
            assertThat(gateway.with(bank, PATH).statusCode()).isEqualTo(200);
        } finally {
            if (redis != null) {
                redis.close();
            }
        }
    }

    @org.junit.jupiter.api.Test
    void twoGatewaysCountTogetherAndEachItsShareWithoutRedis() {
        MovableTime time = MovableTime.standingStill();
        try (RedisServer redis = RedisServer.start();
                RunningGateway one = RunningGateway.start(settings(redis.url()), time);
                RunningGateway two = RunningGateway.start(settings(redis.url()), time)) {
            warm(one);
            warm(two);
            String greedy = Tokens.client("greedy").scopes("policy.read").token();
            assertThat(allowed(40, Stream.of(one, two), greedy)).as("together").isEqualTo(20);
            redis.close();
            String other = Tokens.client("other").scopes("policy.read").token();
            assertThat(allowed(30, Stream.of(one), other)).as("half of it alone").isEqualTo(10);
            assertThat(allowed(30, Stream.of(two), other)).isEqualTo(10);
            assertThat(one.metrics()).contains("gateway_limit_alone_total");
        }
    }

    /** The first connection to Redis takes longer than a request waits for it. */
    private static void warm(RunningGateway gateway) {
        String token = Tokens.client("warm").scopes("policy.read").token();
        for (int i = 0; i < 10; i++) {
            gateway.with(token, PATH);
        }
    }
}
