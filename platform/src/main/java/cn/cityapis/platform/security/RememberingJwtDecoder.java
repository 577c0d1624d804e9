package cn.cityapis.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Checks the signature of a token once a minute, not with every call: a back end calls hundreds of times with one token. A
 * key that the issuer withdraws is therefore believed for a minute longer; a token never outlives its own end.
 */
final class RememberingJwtDecoder implements ReactiveJwtDecoder {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final long MOST = 10_000;

    private final Cache<String, Jwt> checked = Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST)
            .build();
    private final ReactiveJwtDecoder decoder;
    private final InstantSource time;

    /** @param time the real one: token life has nothing to do with a development clock */
    RememberingJwtDecoder(ReactiveJwtDecoder decoder, InstantSource time) {
        this.decoder = decoder;
        this.time = time;
    }

    @Override
    public Mono<Jwt> decode(String token) {
        Jwt known = checked.getIfPresent(token);
        if (known != null && isAlive(known)) {
            return Mono.just(known);
        }
        return decoder.decode(token).doOnNext(jwt -> checked.put(token, jwt));
    }

    private boolean isAlive(Jwt token) {
        Instant end = token.getExpiresAt();
        return end != null && time.instant().isBefore(end);
    }
}
