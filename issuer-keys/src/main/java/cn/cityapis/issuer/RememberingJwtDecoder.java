package cn.cityapis.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Checks the signature of a token once a minute, not with every call: a back end calls hundreds of times with one token.
 * Whenever the issuer's keys are read anew, nothing checked before is remembered; a key that was withdrawn is believed for
 * a minute longer at most, and a token never outlives its own end.
 */
public final class RememberingJwtDecoder implements ReactiveJwtDecoder {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final long MOST = 10_000;

    private final Cache<String, Checked> checked = Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST)
            .build();
    private final ReactiveJwtDecoder decoder;
    private final Supplier<Instant> keysRead;
    private final InstantSource time;

    /** @param keysRead when the keys were read with which it was checked */
    private record Checked(Jwt token, Instant until, Instant keysRead) {
    }

    /**
     * @param keysRead when the issuer's keys were read last
     * @param time the real one: token life has nothing to do with a development clock
     */
    public RememberingJwtDecoder(ReactiveJwtDecoder decoder, Supplier<Instant> keysRead, InstantSource time) {
        this.decoder = decoder;
        this.keysRead = keysRead;
        this.time = time;
    }

    @Override
    public Mono<Jwt> decode(String token) {
        Instant now = time.instant();
        Checked known = checked.getIfPresent(token);
        return known != null && now.isBefore(known.until()) && known.keysRead().equals(keysRead.get())
                ? Mono.just(known.token())
                : decoder.decode(token).doOnNext(jwt -> remember(jwt, now.plus(REMEMBERED)));
    }

    private void remember(Jwt token, Instant most) {
        Instant end = token.getExpiresAt();
        if (end != null) {
            checked.put(token.getTokenValue(), new Checked(token, end.isBefore(most) ? end : most, keysRead.get()));
        }
    }
}
