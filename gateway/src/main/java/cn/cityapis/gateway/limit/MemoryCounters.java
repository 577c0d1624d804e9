package cn.cityapis.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Counts in this process. */
final class MemoryCounters implements Counters {

    private static final int MOST_CALLERS = 100_000;

    private final Cache<String, CountingRules.Level> buckets = Caffeine.newBuilder().maximumSize(MOST_CALLERS)
            .expireAfterAccess(Duration.ofHours(1)).build();
    private final Cache<String, Long> days = Caffeine.newBuilder().maximumSize(MOST_CALLERS)
            .expireAfterAccess(Duration.ofDays(1)).build();

    @Override
    public Mono<Taken> take(Limit limit, Instant now) {
        return Mono.just(switch (limit) {
            case Limit.Bucket bucket -> bucket(bucket, now.toEpochMilli());
            case Limit.Day day -> day(day, now);
        });
    }

    private Taken bucket(Limit.Bucket bucket, long now) {
        AtomicReference<@Nullable Taken> taken = new AtomicReference<>();
        buckets.asMap().compute(bucket.key(), (key, before) -> {
            CountingRules.Level level = CountingRules.filled(bucket,
                    before == null ? new CountingRules.Level(bucket.quota(), now) : before, now);
            boolean allowed = level.tokens() >= 1;
            double left = allowed ? level.tokens() - 1 : level.tokens();
            taken.set(CountingRules.taken(bucket, allowed, left));
            return new CountingRules.Level(left, level.atMillis());
        });
        return Objects.requireNonNull(taken.get());
    }

    private Taken day(Limit.Day day, Instant now) {
        AtomicReference<@Nullable Taken> taken = new AtomicReference<>();
        days.asMap().compute(day.key() + "|" + CountingRules.day(now), (key, before) -> {
            long used = before == null ? 0 : before;
            boolean allowed = used < day.quota();
            long after = allowed ? used + 1 : used;
            taken.set(CountingRules.taken(day, allowed, after, now));
            return after;
        });
        return Objects.requireNonNull(taken.get());
    }
}
