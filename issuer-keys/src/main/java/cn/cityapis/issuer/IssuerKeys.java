package cn.cityapis.issuer;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The issuer's public keys. Read anew when they are ten seconds old, so that a key that was withdrawn is believed no
 * longer, and when a token names one that is not known, but then at most once in five seconds: tokens with random key
 * ids must not become requests to the issuer. While it does not answer, the last keys hold for an hour, and nobody but the
 * first waits for it.
 */
public final class IssuerKeys implements Function<SignedJWT, Flux<JWK>> {

    public static final Duration FRESH = Duration.ofSeconds(10);
    public static final Duration UNKNOWN = Duration.ofSeconds(5);
    public static final Duration HOLDS = Duration.ofHours(1);
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final String UNREADABLE = "The issuer's keys cannot be read";
    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private final Mono<String> source;
    private final InstantSource time;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();
    private final AtomicReference<@Nullable Mono<Known>> reading = new AtomicReference<>();
    private volatile Instant tried = Instant.MIN;
    private volatile boolean away;

    private record Known(JWKSet keys, Instant read) {

        boolean has(@Nullable String kid) {
            return kid == null || keys.getKeyByKeyId(kid) != null;
        }

        boolean holds(Instant now) {
            return read.plus(HOLDS).isAfter(now);
        }
    }

    /** @param source reads the JWK set @param time the real one */
    public IssuerKeys(Mono<String> source, InstantSource time) {
        this.source = source;
        this.time = time;
    }

    /** Checks signatures with these keys; who may have issued a token, and for whom, is still to be said. */
    public NimbusReactiveJwtDecoder decoder() {
        return NimbusReactiveJwtDecoder.withJwkSource(this)
                .jwtProcessorCustomizer(processor -> processor.setJWSKeySelector(
                        new JWSVerificationKeySelector<>(ALGORITHMS, new JWKSecurityContextJWKSet())))
                .build();
    }

    /** The keys that hold now, the same object as long as they are the same; null when they are to be read first. */
    public @Nullable JWKSet current() {
        Known last = known.get();
        return last == null || due(last, null, time.instant()) ? null : last.keys();
    }

    @Override
    public Flux<JWK> apply(SignedJWT token) {
        Instant now = time.instant();
        Known last = known.get();
        Mono<Known> believed = last == null || due(last, token.getHeader().getKeyID(), now)
                ? readOr(last, now)
                : last.holds(now) ? Mono.just(last) : beingRead(now);
        return believed.flatMapIterable(one -> one.keys().getKeys());
    }

    private Mono<Known> readOr(@Nullable Known last, Instant now) {
        if (last == null || !last.holds(now)) {
            return read(now).onErrorMap(IssuerKeys::unreadable);
        }
        Mono<Known> orLast = read(now).onErrorReturn(last);
        if (!away) {
            return orLast;
        }
        orLast.subscribe();
        return Mono.just(last);
    }

    private boolean due(Known last, @Nullable String kid, Instant now) {
        if (last.read().plus(FRESH).isBefore(now)) {
            return tried.plus(AGAIN).isBefore(now);
        }
        return !last.has(kid) && tried.plus(UNKNOWN).isBefore(now);
    }

    /** Many that want it at once share one reading. */
    private Mono<Known> read(Instant now) {
        Mono<Known> fresh = source.map(text -> new Known(unlessTheSame(parsed(text)), now))
                .doOnNext(known::set)
                .doOnSuccess(read -> away = false)
                .doOnError(failure -> {
                    away = true;
                    LOG.warn("{}: {}", UNREADABLE, failure.toString());
                })
                .doFinally(signal -> reading.set(null))
                .cache();
        return Mono.defer(() -> {
            Mono<Known> running = reading.compareAndExchange(null, fresh);
            if (running == null) {
                tried = now;
                return fresh;
            }
            return running;
        });
    }

    /** Of the reading that was begun within the last second: its outcome, be it that the issuer is away. */
    private Mono<Known> beingRead(Instant now) {
        Mono<Known> running = reading.get();
        if (running != null) {
            return running.onErrorMap(IssuerKeys::unreadable);
        }
        Known newest = known.get();
        return newest != null && newest.holds(now)
                ? Mono.just(newest)
                : Mono.error(new AuthenticationServiceException(UNREADABLE));
    }

    private JWKSet unlessTheSame(JWKSet read) {
        Known last = known.get();
        return last != null && last.keys().equals(read) ? last.keys() : read;
    }

    private static AuthenticationServiceException unreadable(Throwable cause) {
        return new AuthenticationServiceException(UNREADABLE, cause);
    }

    private static JWKSet parsed(String text) {
        try {
            JWKSet keys = JWKSet.parse(text);
            return new JWKSet(List.copyOf(keys.toPublicJWKSet().getKeys()));
        } catch (ParseException e) {
            throw new IllegalStateException("The issuer's keys are no JWK set", e);
        }
    }
}
