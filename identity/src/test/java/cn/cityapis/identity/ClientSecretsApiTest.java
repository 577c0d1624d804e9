package cn.cityapis.identity;

import static cn.cityapis.identity.Management.refused;
import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.TestDatabase;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client's secrets follow each other without a moment in which none is good. */
class ClientSecretsApiTest {

    private static final MovableTime TIME = new MovableTime();
    private static @Nullable RunningIdentity running;
    private final ManagedClient client = ManagedClient.of(identity());

    @BeforeAll
    static void start() {
        running = RunningIdentity.development(TestDatabase.create(), TIME);
    }

    @AfterAll
    static void stop() {
        identity().close();
    }

    private static RunningIdentity identity() {
        return Objects.requireNonNull(running);
    }

    @Test
    void aNewSecretOverlapsWithTheOneBefore() {
        String old = client.create().body().get("secret").asString();
        var renewed = renew("PT2H");
        assertThat(renewed.status()).as(renewed.body().toString()).isEqualTo(200);
        String fresh = renewed.body().get("secret").asString();
        assertThat(client.signIn(old).status()).isEqualTo(200);
        assertThat(client.signIn(fresh).status()).isEqualTo(200);
        TIME.advance(Duration.ofMinutes(121));
        assertThat(client.signIn(old).status()).isEqualTo(401);
        assertThat(client.signIn(fresh).status()).isEqualTo(200);
        String now = Management.of(identity()).post("/clients/" + client.id() + "/secrets", "{\"overlap\":\"PT0S\"}",
                Management.etag(renewed)).body().get("secret").asString();
        assertThat(client.signIn(fresh).status()).isEqualTo(401);
        assertThat(client.signIn(now).status()).isEqualTo(200);
    }

    @Test
    void aSecondRenewalLeavesTheSecretThatIsInUse() {
        String used = client.create().body().get("secret").asString();
        renew("P7D");
        String second = renew("PT1H").body().get("secret").asString();
        assertThat(client.signIn(used).status()).as("the answer with the first new one was lost").isEqualTo(200);
        assertThat(client.signIn(second).status()).isEqualTo(200);
        refused(renew("P1D"), 409, "too-many-secrets");
        TIME.advance(Duration.ofMinutes(61));
        assertThat(client.signIn(used).status()).isEqualTo(200);
        TIME.advance(Duration.ofDays(7));
        assertThat(client.signIn(used).status()).isEqualTo(401);
        renew("P1D");
        renew("P1D");
        String alone = renew("PT0S").body().get("secret").asString();
        assertThat(client.signIn(second).status()).isEqualTo(401);
        assertThat(client.signIn(alone).status()).isEqualTo(200);
    }

    private RunningIdentity.Answer renew(String overlap) {
        Management now = Management.of(identity());
        return now.post("/clients/" + client.id() + "/secrets", "{\"overlap\":\"" + overlap + "\"}",
                Management.etag(now.get("/clients/" + client.id())));
    }
}
