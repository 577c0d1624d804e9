package cn.cityapis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.CommitCutter;
import cn.cityapis.platform.test.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A database that is away for a moment is no fault that a caller should give up for. */
class DatabaseAwayTest {

    private final MovableTime time = new MovableTime();

    private RunningIdentity behind(CommitCutter cutter, TestDatabase database) {
        return RunningIdentity.start(database, Map.of("spring.profiles.active", "development", "DB_HOST", "127.0.0.1",
                "DB_PORT", cutter.port()), time.initializer());
    }

    private static void saysComeAgain(RunningIdentity.Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(503);
        assertThat(answer.body().get("error").asString()).isEqualTo("temporarily_unavailable");
        assertThat(answer.body().get("error_description").asString()).matches(".*\\p{IsHan}.*");
        assertThat(answer.response().headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void unreachableItIsSaidToComeAgain() throws Exception {
        TestDatabase database = TestDatabase.create();
        CommitCutter cutter = CommitCutter.before(database.port());
        try (RunningIdentity identity = behind(cutter, database)) {
            assertThat(identity.clientCredentials("demo-home").status()).isEqualTo(200);
            cutter.close();
            cutter.breakAll();
            saysComeAgain(identity.clientCredentials("demo-home"));
            saysComeAgain(identity.citizen(Assertions.of("openid-1").signed()));
        }
    }

    @Test
    void thePublicKeysAreGivenForAMinuteMore() throws Exception {
        TestDatabase database = TestDatabase.create();
        CommitCutter cutter = CommitCutter.before(database.port());
        try (RunningIdentity identity = behind(cutter, database)) {
            var keys = identity.get("/oauth2/jwks").body();
            cutter.close();
            cutter.breakAll();
            time.advance(Duration.ofSeconds(30));
            assertThat(identity.get("/oauth2/jwks").body()).isEqualTo(keys);
            time.advance(Duration.ofSeconds(31));
            saysComeAgain(identity.get("/oauth2/jwks"));
        }
    }
}
