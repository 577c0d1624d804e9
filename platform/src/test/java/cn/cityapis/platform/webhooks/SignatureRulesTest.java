package cn.cityapis.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What we sign, the library of the standard accepts. */
class SignatureRulesTest {

    private static final String SECRET = secret(1);
    private static final String BODY = "{\"type\":\"sample.thing.created\",\"名\":\"值\"}";
    private final long now = Instant.now().getEpochSecond();

    private static String secret(long seed) {
        byte[] bytes = new byte[Signature.SECRET_BYTES];
        RandomGenerator.of("L64X128MixRandom").nextBytes(bytes);
        bytes[0] = (byte) seed;
        return Signature.secret(bytes);
    }

    private HttpHeaders headers(String signature) {
        return HttpHeaders.of(Map.of("webhook-id", List.of("event-1"), "webhook-timestamp",
                List.of(String.valueOf(now)), "webhook-signature", List.of(signature)), (name, value) -> true);
    }

    private void verify(String secret, String signature, String body) throws Exception {
        new com.standardwebhooks.Webhook(secret).verify(body, headers(signature).map());
    }

    @Test
    void theLibraryOfTheStandardAcceptsIt() {
        String signature = Signature.of(List.of(SECRET), "event-1", now, BODY);
        assertThatCode(() -> verify(SECRET, signature, BODY)).doesNotThrowAnyException();
    }

    @Test
    void whileTheSecretIsChangedBothAreAccepted() {
        String newer = secret(2);
        String signature = Signature.of(List.of(newer, SECRET), "event-1", now, BODY);
        assertThat(signature.split(" ")).hasSize(2);
        assertThatCode(() -> verify(SECRET, signature, BODY)).doesNotThrowAnyException();
        assertThatCode(() -> verify(newer, signature, BODY)).doesNotThrowAnyException();
    }

    @Test
    void anotherBodyOrSecretIsRefused() {
        String signature = Signature.of(List.of(SECRET), "event-1", now, BODY);
        assertThatThrownBy(() -> verify(SECRET, signature, BODY + " "))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(secret(3), signature, BODY)).isInstanceOf(WebhookVerificationException.class);
    }
}
