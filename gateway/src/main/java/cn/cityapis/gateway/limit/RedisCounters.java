package cn.cityapis.gateway.limit;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Counts in Redis, each limit by one script, so that nothing comes in between. */
final class RedisCounters implements Counters, AutoCloseable {

    private static final String PREFIX = "city-apis:limit:";
    private static final String BUCKET = """
            local quota, perMilli, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
            local state = redis.call('HMGET', KEYS[1], 'tokens', 'at')
            local tokens, at = tonumber(state[1]) or quota, tonumber(state[2]) or now
            tokens = math.min(quota, tokens + math.max(0, now - at) * perMilli)
            at = math.max(at, now)
            local allowed = 0
            if tokens >= 1 then
              allowed = 1
              tokens = tokens - 1
            end
            redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.0f', at))
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            return {tostring(allowed), string.format('%.6f', tokens)}
            """;
    private static final String DAY = """
            local used = tonumber(redis.call('GET', KEYS[1]) or '0')
            if used >= tonumber(ARGV[1]) then
              return {'0', tostring(used)}
            end
            used = redis.call('INCR', KEYS[1])
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            return {'1', tostring(used)}
            """;

    private final RedisClient client;
    private final Duration patience;
    private final RedisURI redis;
    private @Nullable CompletableFuture<StatefulRedisConnection<String, String>> connecting;

    /** @param uri {@code redis://host[:port][/database]}; need not answer yet */
    RedisCounters(String uri, String password, Duration patience) {
        this.patience = patience;
        redis = RedisURI.create(uri);
        if (!password.isEmpty()) {
            redis.setCredentialsProvider(RedisCredentialsProvider.from(() -> RedisCredentials.just(null, password)));
        }
        client = RedisClient.create();
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder().connectTimeout(Duration.ofSeconds(1)).build())
                .timeoutOptions(TimeoutOptions.enabled(patience)).build());
    }

    @Override
    public Mono<Taken> take(Limit limit, Instant now) {
        return switch (limit) {
            case Limit.Bucket bucket -> run(BUCKET, bucket.key(), Long.toString(bucket.quota()),
                    Double.toString(bucket.perSecond() / 1000), Long.toString(now.toEpochMilli()),
                    Long.toString(bucket.refill().plusMinutes(1).toMillis()))
                    .map(answer -> CountingRules.taken(bucket, allowed(answer), Double.parseDouble(answer.get(1))));
            case Limit.Day day -> run(DAY, day.key() + "|" + CountingRules.day(now), Long.toString(day.quota()),
                    Long.toString(Duration.ofDays(2).toMillis()))
                    .map(answer -> CountingRules.taken(day, allowed(answer), Long.parseLong(answer.get(1)), now));
        };
    }

    private Mono<List<String>> run(String script, String key, String... arguments) {
        return connection().flatMap(open -> open.reactive()
                .<String>eval(script, ScriptOutputType.MULTI, new String[]{PREFIX + key}, arguments)
                .collectList().map(RedisCounters::flat)).timeout(patience);
    }

    /** Nobody who gives up waiting breaks it off for the others; once open it mends itself. */
    private Mono<StatefulRedisConnection<String, String>> connection() {
        return Mono.fromFuture(connecting(), true);
    }

    private synchronized CompletableFuture<StatefulRedisConnection<String, String>> connecting() {
        CompletableFuture<StatefulRedisConnection<String, String>> known = connecting;
        if (known == null || known.isCompletedExceptionally()) {
            known = client.connectAsync(StringCodec.UTF8, redis).toCompletableFuture();
            connecting = known;
        }
        return known;
    }

    @SuppressWarnings("unchecked")
    private static List<String> flat(List<?> answer) {
        Object first = Objects.requireNonNull(answer.getFirst());
        return first instanceof List<?> list ? (List<String>) list : (List<String>) answer;
    }

    private static boolean allowed(List<String> answer) {
        return answer.getFirst().equals("1");
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
