package cn.cityapis.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationServiceException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class IssuerKeysTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T08:00:00Z"));
    private final AtomicReference<Mono<String>> issuer = new AtomicReference<>(Mono.just(published("a")));
    private final AtomicInteger readings = new AtomicInteger();
    private final IssuerKeys keys = new IssuerKeys(Mono.defer(() -> {
        readings.incrementAndGet();
        return issuer.get();
    }), now::get);

    private static String published(String kid) {
        try {
            return new JWKSet(new ECKeyGenerator(Curve.P_256).keyID(kid).generate()).toString(true);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SignedJWT signedBy(@Nullable String kid) {
        return new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(kid).build(),
                new JWTClaimsSet.Builder().build());
    }

    private @Nullable List<String> known(String kid) {
        return keys.apply(signedBy(kid)).map(JWK::getKeyID).collectList().block();
    }

    private void after(Duration span) {
        now.updateAndGet(before -> before.plus(span));
    }

    private void away() {
        issuer.set(Mono.error(new IllegalStateException("away")));
    }

    @Test
    void aWithdrawnKeyIsBelievedForTenSeconds() {
        assertThat(known("a")).containsExactly("a");
        issuer.set(Mono.just(published("b")));
        after(Duration.ofSeconds(10));
        assertThat(known("a")).containsExactly("a");
        after(MOMENT);
        assertThat(known("a")).containsExactly("b");
        assertThat(readings).hasValue(2);
    }

    @Test
    void unknownKeysAreAskedForOnceInFiveSeconds() {
        known("a");
        after(IssuerKeys.UNKNOWN.plus(MOMENT));
        issuer.set(Mono.just(published("b")));
        assertThat(known("b")).containsExactly("b");
        assertThat(known("random-1")).containsExactly("b");
        after(IssuerKeys.UNKNOWN);
        assertThat(known("random-2")).containsExactly("b");
        assertThat(readings).hasValue(2);
    }

    @Test
    void theKeysAreTheSameObjectUntilTheyAreOthers() {
        assertThat(keys.current()).as("not read yet").isNull();
        known("a");
        var first = keys.current();
        assertThat(first).isNotNull();
        after(IssuerKeys.FRESH.plus(MOMENT));
        assertThat(keys.current()).as("to be read first").isNull();
        known("a");
        assertThat(keys.current()).isSameAs(first);
        issuer.set(Mono.just(published("b")));
        after(IssuerKeys.FRESH.plus(MOMENT));
        known("a");
        assertThat(keys.current()).isNotNull().isNotSameAs(first);
    }

    @Test
    void onlyTheFirstWaitsForAnIssuerThatHangs() {
        known("a");
        away();
        after(IssuerKeys.FRESH.plus(MOMENT));
        assertThat(known("a")).as("waits, in vain").containsExactly("a");
        Sinks.One<String> answer = Sinks.one();
        issuer.set(answer.asMono());
        after(Duration.ofSeconds(1).plus(MOMENT));
        assertThat(keys.apply(signedBy("a")).map(JWK::getKeyID).collectList().toFuture())
                .isCompletedWithValue(List.of("a"));
        answer.tryEmitValue(published("b")).orThrow();
        assertThat(known("a")).containsExactly("b");
        assertThat(readings).hasValue(3);
    }

    @Test
    void withTheIssuerAwayTheLastKeysHoldForAnHour() {
        known("a");
        away();
        after(IssuerKeys.HOLDS.minus(MOMENT));
        assertThat(known("a")).as("read in vain").containsExactly("a");
        assertThat(known("a")).as("not tried again within the second").containsExactly("a");
        assertThat(readings).hasValue(2);
    }

    @Test
    void afterAnHourNoRequestBelievesTheLastKeys() {
        known("a");
        away();
        after(IssuerKeys.HOLDS.plus(MOMENT));
        for (int request = 0; request < 3; request++) {
            assertThatThrownBy(() -> known("a")).isInstanceOf(AuthenticationServiceException.class);
        }
        assertThat(readings).as("tried once in a second").hasValue(2);
        issuer.set(Mono.just(published("b")));
        after(Duration.ofSeconds(1).plus(MOMENT));
        assertThat(known("a")).containsExactly("b");
    }

    /** The first requests after a quiet hour. */
    @Test
    void whoComesDuringTheReadingWaitsForIt() {
        known("a");
        Sinks.One<String> answer = Sinks.one();
        issuer.set(answer.asMono());
        after(IssuerKeys.HOLDS.plus(MOMENT));
        var first = keys.apply(signedBy("a")).map(JWK::getKeyID).collectList().toFuture();
        var second = keys.apply(signedBy("a")).map(JWK::getKeyID).collectList().toFuture();
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        answer.tryEmitValue(published("b")).orThrow();
        assertThat(first).isCompletedWithValue(List.of("b"));
        assertThat(second).isCompletedWithValue(List.of("b"));
        assertThat(readings).hasValue(2);
    }
}
