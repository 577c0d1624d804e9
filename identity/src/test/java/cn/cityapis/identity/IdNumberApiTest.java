package cn.cityapis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.issuer.IdNumberDigests;
import cn.cityapis.platform.test.TestDatabase;
import cn.cityapis.platform.test.TracesOfPerson;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A back end vouches for a citizen's ID number: the token tells of it, and nothing else ever does. */
@ExtendWith(OutputCaptureExtension.class)
class IdNumberApiTest {

    private static final String NUMBER = "11010519491231002X";
    private static final String WRONG = "110105194912310021";
    private static final String KEYS = "k2:" + "b2".repeat(32) + ",k1:" + "a1".repeat(32);

    private static String token(RunningIdentity identity, String user, @Nullable String number) {
        var answer = identity.citizen(Assertions.of(user).with("id_number", number).signed());
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body().get("access_token").asString();
    }

    private static JWTClaimsSet claims(String token) throws Exception {
        return SignedJWT.parse(token).getJWTClaimsSet();
    }

    @Test
    void theTokenCarriesADigestAndNobodyKeepsTheNumber(CapturedOutput output) throws Exception {
        TestDatabase database = TestDatabase.create();
        String assertion;
        try (RunningIdentity identity = RunningIdentity.start(database, Map.of("spring.profiles.active", "development",
                "ID_NUMBER_KEYS", KEYS, "logging.level.root", "DEBUG", "logging.level.cn.cityapis", "TRACE"))) {
            String token = token(identity, "u-1", NUMBER);
            JWTClaimsSet claims = claims(token);
            String digest = claims.getStringClaim(IdNumberDigests.CLAIM);
            assertThat(digest).startsWith("k2:");
            assertThat(IdNumberDigests.parse(KEYS, false).matches(digest, claims.getSubject(), NUMBER)).contains(true);
            assertThat(claims.toString()).doesNotContain(NUMBER);
            assertThat(claims(token(identity, "u-2", NUMBER)).getStringClaim(IdNumberDigests.CLAIM))
                    .isNotEqualTo(digest);
            assertThat(claims(token(identity, "u-1", null)).getClaim(IdNumberDigests.CLAIM)).isNull();

            assertion = Assertions.of("u-1").with("id_number", WRONG).signed();
            var refused = identity.citizen(assertion);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body().get("error").asString()).isEqualTo("invalid_grant");
            assertThat(refused.body().toString()).contains("id_number").doesNotContain(WRONG);
            assertThat(identity.post("/oauth2/introspect", "demo-app", "demo-app-secret", Map.of("token", token)).body()
                    .toString()).contains(digest).doesNotContain(NUMBER);

            TracesOfPerson traces = new TracesOfPerson(database, (table, column, row, sealed) -> "", Map.of());
            assertThat(traces.of(List.of(NUMBER, WRONG), List.of())).isEmpty();
            assertThat(traces.of(List.of("u-1"), List.of())).contains("citizen.external_id");
        }
        assertThat(output.toString()).contains("Executing prepared SQL").doesNotContain(NUMBER, WRONG, assertion);
    }

    @Test
    void aClientThatMayNotVouchForARealNameDoesNotForANumber() {
        try (RunningIdentity identity = RunningIdentity.development(TestDatabase.create())) {
            identity.context().getBean(JdbcClient.class)
                    .sql("UPDATE client_profile SET max_assurance = 'openid' WHERE client_id = 'demo-app'").update();
            for (String assurance : List.of("real_name", "openid")) {
                var refused = identity.citizen(
                        Assertions.of("u-1").with("assurance", assurance).with("id_number", NUMBER).signed());
                assertThat(refused.status()).as(assurance).isEqualTo(400);
                assertThat(refused.body().get("error").asString()).isEqualTo("invalid_grant");
            }
        }
    }
}
