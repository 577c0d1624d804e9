package cn.cityapis.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;

class RememberingJwtDecoderTest {

    private static final Instant END = Instant.parse("2026-11-21T08:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(END.minusSeconds(600));
    private final AtomicReference<@Nullable Object> keys = new AtomicReference<>("first");
    private final List<String> checked = new ArrayList<>();
    private final RememberingJwtDecoder decoder = new RememberingJwtDecoder(this::check, keys::get, now::get);

    private Mono<Jwt> check(String token) {
        return Mono.defer(() -> {
            checked.add(token);
            return token.startsWith("good") && now.get().isBefore(END)
                    ? Mono.just(Jwt.withTokenValue(token).header("alg", "RS256").subject(token).expiresAt(END).build())
                    : Mono.error(new BadJwtException("no"));
        });
    }

    @Test
    void aTokenIsCheckedOnce() {
        assertThat(decoder.decode("good-1").block().getSubject()).isEqualTo("good-1");
        assertThat(decoder.decode("good-1").block().getSubject()).isEqualTo("good-1");
        assertThat(decoder.decode("good-2").block().getSubject()).isEqualTo("good-2");
        assertThat(checked).containsExactly("good-1", "good-2");
    }

    @Test
    void aRefusedTokenIsCheckedEachTime() {
        assertThatThrownBy(() -> decoder.decode("bad").block()).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> decoder.decode("bad").block()).isInstanceOf(BadJwtException.class);
        assertThat(checked).containsExactly("bad", "bad");
    }

    @Test
    void aTokenIsCheckedAgainWhenTheKeysAreOthers() {
        decoder.decode("good-1").block();
        keys.set("second");
        decoder.decode("good-1").block();
        decoder.decode("good-1").block();
        assertThat(checked).hasSize(2);
    }

    @Test
    void whileTheKeysAreToBeReadATokenIsCheckedAndAfterwardsRememberedIfTheyAreTheSame() {
        decoder.decode("good-1").block();
        keys.set(null);
        decoder.decode("good-1").block();
        assertThat(checked).hasSize(2);
        keys.set("first");
        decoder.decode("good-1").block();
        assertThat(checked).hasSize(2);
    }

    @Test
    void whatWasCheckedWhileTheKeysChangedIsCheckedAgain() {
        decoder.decode("good-1").doOnSubscribe(begun -> keys.set("second")).block();
        decoder.decode("good-1").block();
        assertThat(checked).hasSize(2);
    }

    @Test
    void aTokenIsCheckedAgainAfterAMinute() {
        decoder.decode("good-1").block();
        now.updateAndGet(before -> before.plusSeconds(59));
        decoder.decode("good-1").block();
        assertThat(checked).hasSize(1);
        now.updateAndGet(before -> before.plusSeconds(1));
        decoder.decode("good-1").block();
        assertThat(checked).hasSize(2);
    }

    @Test
    void noTokenOutlivesItsEnd() {
        assertThat(decoder.decode("good-1").block()).isNotNull();
        now.set(END);
        assertThatThrownBy(() -> decoder.decode("good-1").block()).isInstanceOf(BadJwtException.class);
    }
}
