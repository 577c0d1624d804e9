package cn.cityapis.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same, in a real Redis; and what becomes of it without. */
class RedisCountersTest extends CountersContract {

    /** Of a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static @Nullable RedisServer server;
    private static @Nullable RedisCounters shared;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        shared = new RedisCounters(server.url(), RedisServer.PASSWORD, PATIENCE);
        awaitConnection(shared);
    }

    /** The first connection takes longer than one request waits for it. */
    private static void awaitConnection(RedisCounters counters) {
        Instant limit = Instant.now().plusSeconds(20);
        while (counters.take(new Limit.Bucket("caller", "first", 1, 1), Instant.EPOCH).onErrorComplete().block() == null
                && Instant.now().isBefore(limit)) {
            Thread.onSpinWait();
        }
    }

    @AfterAll
    static void stop() {
        if (shared != null) {
            shared.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Override
    Counters counters() {
        return Objects.requireNonNull(shared);
    }

    @Test
    void twoGatewaysCountTogether() {
        try (RedisCounters other = new RedisCounters(Objects.requireNonNull(server).url(), RedisServer.PASSWORD,
                PATIENCE)) {
            Limit limit = new Limit.Bucket("caller", "together", 10, 1);
            Instant now = Instant.parse("2026-03-01T00:00:00Z");
            IntStream.range(0, 9).forEach(i -> counters().take(limit, now).block());
            awaitConnection(other);
            assertThat(other.take(limit, now).block().remaining()).isZero();
            assertThat(counters().take(limit, now).block().allowed()).isFalse();
        }
    }

    @Test
    void withoutRedisEachGatewayCountsItsShareAndLaterTogetherAgain() {
        try (RedisServer own = RedisServer.start();
                RedisCounters redis = new RedisCounters(own.url(), RedisServer.PASSWORD, PATIENCE)) {
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            Counters counters = new SharedCounters(redis, new MemoryCounters(), 2, meters);
            Limit limit = new Limit.Bucket("caller", "k", 10, 0.001);
            Instant now = Instant.parse("2026-03-01T00:00:00Z");
            own.close();
            assertThat(IntStream.range(0, 20).filter(i -> counters.take(limit, now).block().allowed()).count())
                    .isEqualTo(5);
            assertThat(meters.counter("gateway.limit.alone").count()).isEqualTo(20);
            try (RedisServer again = own.restarted()) {
                assertThat(again.url()).isEqualTo(own.url());
                Instant later = now.plusSeconds(3);
                Instant limitOfPatience = Instant.now().plusSeconds(30);
                Taken taken = counters.take(limit, later).block();
                for (int i = 1; taken.limit().quota() < 10 && Instant.now().isBefore(limitOfPatience); i++) {
                    taken = counters.take(limit, later.plusSeconds(3L * i)).block();
                }
                assertThat(taken.limit().quota()).as("counted together again").isEqualTo(10);
            }
        }
    }
}
