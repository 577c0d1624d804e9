package cn.cityapis.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.identity.settings.SettingException;
import cn.cityapis.platform.test.TestDatabase;
import com.nimbusds.jwt.SignedJWT;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.NestedExceptionUtils;

/** What lasts from one start to the next, and what ends a start. */
class StartTest {

    private static final String SECRET = "a1".repeat(32);
    private static final String NUMBER_KEYS = "k1:" + SECRET;

    @Test
    void keepsKeysCitizensAndTokensOverARestart() throws Exception {
        TestDatabase database = TestDatabase.create();
        String token;
        String keys;
        String citizen;
        try (RunningIdentity first = RunningIdentity.development(database)) {
            token = first.clientCredentials("demo-home").body().get("access_token").asString();
            keys = first.get("/oauth2/jwks").body().toString();
            citizen = subject(first, "openid-7");
        }
        try (RunningIdentity second = RunningIdentity.development(database)) {
            assertThat(second.get("/oauth2/jwks").body().toString()).isEqualTo(keys);
            assertThat(subject(second, "openid-7")).isEqualTo(citizen);
            assertThat(second.post("/oauth2/introspect", "demo-home", "demo-home-secret", Map.of("token", token)).body()
                    .get("active").asBoolean()).isTrue();
        }
    }

    @Test
    void twoReplicasSignWithTheSameKey() {
        TestDatabase database = TestDatabase.create();
        try (RunningIdentity one = RunningIdentity.development(database);
                RunningIdentity two = RunningIdentity.development(database)) {
            assertThat(one.get("/oauth2/jwks").body()).isEqualTo(two.get("/oauth2/jwks").body());
        }
    }

    @Test
    void refusesDevelopmentKeysAndClientsOutsideDevelopment() throws Exception {
        TestDatabase database = TestDatabase.create();
        RunningIdentity.start(database, Map.of("spring.profiles.active", "development", "IDENTITY_KEY_SECRET", SECRET))
                .close();
        refuses(database, Map.of("IDENTITY_KEY_SECRET", SECRET, "ID_NUMBER_KEYS", NUMBER_KEYS),
                "signing key made in profile development");
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("DELETE FROM signing_key");
        }
        refuses(database, Map.of("IDENTITY_KEY_SECRET", SECRET, "ID_NUMBER_KEYS", NUMBER_KEYS),
                "clients of profile development (demo-admin");
    }

    @Test
    void refusesASecretThatDidNotSealTheKeys() {
        TestDatabase database = TestDatabase.create();
        RunningIdentity.development(database).close();
        refuses(database, Map.of("spring.profiles.active", "development", "IDENTITY_KEY_SECRET", SECRET),
                "IDENTITY_KEY_SECRET is not the one that sealed");
    }

    @Test
    void startsOutsideDevelopmentWithoutAnyClient() {
        TestDatabase database = TestDatabase.create();
        try (RunningIdentity identity = RunningIdentity.start(database,
                Map.of("IDENTITY_KEY_SECRET", SECRET, "ID_NUMBER_KEYS", NUMBER_KEYS))) {
            assertThat(identity.get("/actuator/health").status()).isEqualTo(200);
            assertThat(identity.clientCredentials("demo-home").status()).isEqualTo(401);
        }
    }

    @Test
    void saysWhichSettingIsMissingOrWrong() {
        TestDatabase database = TestDatabase.create();
        refuses(database, Map.of(), "IDENTITY_KEY_SECRET is not set");
        refuses(database, Map.of("IDENTITY_KEY_SECRET", "short"), "IDENTITY_KEY_SECRET is not 64 hexadecimal");
        refuses(database, Map.of("IDENTITY_KEY_SECRET", "0".repeat(63) + "d"), "development secret");
        refuses(database, Map.of("IDENTITY_KEY_SECRET", SECRET), "ID_NUMBER_KEYS is not set");
        refuses(database, Map.of("IDENTITY_KEY_SECRET", SECRET, "ID_NUMBER_KEYS", "dev:" + SECRET),
                "ID_NUMBER_KEYS holds the development key");
        refuses(database, Map.of("IDENTITY_KEY_SECRET", SECRET, "OIDC_ISSUER", "nowhere"), "OIDC_ISSUER");
        refuses(database, Map.of("IDENTITY_KEY_SECRET", SECRET, "DB_USER", ""), "DB_USER is not set");
    }

    private static void refuses(TestDatabase database, Map<String, Object> more, String said) {
        assertThatThrownBy(() -> RunningIdentity.start(database, new HashMap<>(more)).close())
                .satisfies(failure -> assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
                        .isInstanceOf(SettingException.class).hasMessageContaining(said));
    }

    private static String subject(RunningIdentity identity, String user) throws Exception {
        String token = identity.citizen(Assertions.of(user).signed()).body().get("access_token").asString();
        return SignedJWT.parse(token).getJWTClaimsSet().getSubject();
    }
}
