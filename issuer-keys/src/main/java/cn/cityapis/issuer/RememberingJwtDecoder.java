package cn.cityapis.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Checks the signature of a token once a minute, not with every call: a back end calls hundreds of times with one token.
 * As soon as the issuer's keys are others, nothing checked before is remembered, and a token never outlives its own end.
 */
public final class RememberingJwtDecoder implements ReactiveJwtDecoder {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final long MOST = 10_000;

    private final Cache<String, Checked> checked = Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST)
            .build();
    private final ReactiveJwtDecoder decoder;
    private final Supplier<@Nullable Object> keys;
    private final InstantSource time;

    /** @param keys with which it was checked, or older ones */
    private record Checked(Jwt token, Instant until, Object keys) {

        boolean holds(Instant now, Object current) {
            return now.isBefore(until) && keys == current;
        }
    }

    /**
     * @param keys the issuer's that hold now, the same object as long as they are the same; null when they are to be read
     *            first
     * @param time the real one: token life has nothing to do with a development clock
     */
    public RememberingJwtDecoder(ReactiveJwtDecoder decoder, Supplier<@Nullable Object> keys, InstantSource time) {
        this.decoder = decoder;
        this.keys = keys;
        this.time = time;
    }

    @Override
    public Mono<Jwt> decode(String token) {
        Object current = keys.get();
        if (current == null) {
            return decoder.decode(token);
        }
        Instant now = time.instant();
        Checked known = checked.getIfPresent(token);
        return known != null && known.holds(now, current)
                ? Mono.just(known.token())
                : decoder.decode(token).doOnNext(jwt -> remember(jwt, now.plus(REMEMBERED), current));
    }

    private void remember(Jwt token, Instant most, Object current) {
        Instant end = token.getExpiresAt();
        if (end != null) {
            checked.put(token.getTokenValue(), new Checked(token, end.isBefore(most) ? end : most, current));
        }
    }
}
