package cn.cityapis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.identity.keys.RotateKeys;
import cn.cityapis.platform.test.TestDatabase;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys follow each other without a gap, over HTTP, on two replicas, with their clock moved. */
class KeyRotationTest {

    private final MovableTime time = new MovableTime();
    private final TestDatabase database = TestDatabase.create();
    private final RunningIdentity one = RunningIdentity.development(database, time);
    private final RunningIdentity two = RunningIdentity.development(database, time);

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    private static List<String> published(RunningIdentity identity) throws Exception {
        return keys(identity).getKeys().stream().map(com.nimbusds.jose.jwk.JWK::getKeyID).toList();
    }

    private static JWKSet keys(RunningIdentity identity) throws Exception {
        return JWKSet.parse(identity.get("/oauth2/jwks").body().toString());
    }

    private static SignedJWT token(RunningIdentity identity) throws Exception {
        return SignedJWT.parse(identity.clientCredentials("demo-home").body().get("access_token").asString());
    }

    private static boolean verified(SignedJWT token, RunningIdentity by) throws Exception {
        var key = keys(by).getKeyByKeyId(token.getHeader().getKeyID());
        return key != null && token.verify(new RSASSAVerifier(key.toRSAKey()));
    }

    private void jobsRun() {
        one.context().getBean(RotateKeys.class).keepUp();
        two.context().getBean(RotateKeys.class).keepUp();
    }

    @Test
    void theNextKeyIsPublishedThenSignsAndTheLastOneStaysForItsTokens() throws Exception {
        String first = published(one).getFirst();
        jobsRun();
        assertThat(published(one)).containsExactly(first);

        time.advance(Duration.ofDays(89).plusMinutes(1));
        jobsRun();
        List<String> both = published(one);
        assertThat(both).hasSize(2).contains(first);
        assertThat(published(two)).isEqualTo(both);
        String second = both.stream().filter(kid -> !kid.equals(first)).findFirst().orElseThrow();
        assertThat(token(one).getHeader().getKeyID()).isEqualTo(first);

        time.advance(Duration.ofDays(1).minusMinutes(2));
        SignedJWT last = token(two);
        assertThat(last.getHeader().getKeyID()).isEqualTo(first);

        time.advance(Duration.ofMinutes(2));
        assertThat(token(one).getHeader().getKeyID()).isEqualTo(second);
        assertThat(token(two).getHeader().getKeyID()).isEqualTo(second);
        jobsRun();
        assertThat(verified(last, one)).isTrue();
        assertThat(verified(token(one), two)).isTrue();

        // an hour of life in development, five minutes of margin
        time.advance(Duration.ofMinutes(62));
        jobsRun();
        assertThat(published(two)).as("its last token has just run out").containsExactlyInAnyOrder(first, second);
        time.advance(Duration.ofMinutes(4));
        jobsRun();
        assertThat(published(one)).containsExactly(second);
        assertThat(published(two)).containsExactly(second);
    }

    @Test
    void anAdministratorPublishesTheNextKeyEarlierOnceAtATime() throws Exception {
        Management admin = Management.of(one);
        String first = published(one).getFirst();
        var made = admin.post("/signing-keys", "{\"signsIn\":\"PT15M\"}");
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        assertThat(made.body().get("items").valueStream().map(key -> key.get("state").asString()))
                .containsExactly("next", "signing");
        assertThat(admin.post("/signing-keys", null).body().get("code").asString()).isEqualTo("rotation-pending");
        assertThat(token(one).getHeader().getKeyID()).isEqualTo(first);
        time.advance(Duration.ofMinutes(15));
        assertThat(token(one).getHeader().getKeyID()).isNotEqualTo(first);
        assertThat(token(two).getHeader().getKeyID()).isEqualTo(token(one).getHeader().getKeyID());
    }

    @Test
    void aLeakedKeyEndsAtOnceWithItsTokens() throws Exception {
        Management admin = Management.of(one);
        String leaked = published(one).getFirst();
        var withdrawn = admin.post("/signing-keys/" + leaked + "/withdrawal", null);
        assertThat(withdrawn.status()).as(withdrawn.body().toString()).isEqualTo(200);
        assertThat(published(one)).hasSize(1).doesNotContain(leaked);
        assertThat(admin.get("/clients").status()).as("the administrator's own token ends too").isEqualTo(401);
        assertThat(verified(token(one), one)).isTrue();
        time.advance(Duration.ofSeconds(3));
        assertThat(published(two)).as("the other replica, seconds later").isEqualTo(published(one));
        assertThat(token(two).getHeader().getKeyID()).isNotEqualTo(leaked);
        assertThat(Management.of(one).post("/signing-keys/" + leaked + "/withdrawal", null).status()).isEqualTo(404);
    }

    @Test
    void withdrawingTheSigningKeyNeverBringsBackTheOneBefore() throws Exception {
        Management.of(one).post("/signing-keys", "{\"signsIn\":\"PT15M\"}");
        String first = published(one).getLast();
        time.advance(Duration.ofMinutes(16));
        String second = token(one).getHeader().getKeyID();
        assertThat(published(one)).contains(first, second);
        Management.of(one).post("/signing-keys/" + second + "/withdrawal", null);
        assertThat(token(one).getHeader().getKeyID()).isNotIn(first, second);
    }

    @Test
    void withdrawingTheNextKeyLeavesTheSigningOneForGood() throws Exception {
        time.advance(Duration.ofDays(10));
        Management admin = Management.of(one);
        String first = published(one).getFirst();
        var made = admin.post("/signing-keys", "{\"signsIn\":\"PT24H\"}");
        String next = made.body().get("items").get(0).get("kid").asString();
        var withdrawn = admin.post("/signing-keys/" + next + "/withdrawal", null);
        assertThat(withdrawn.body().get("items").get(0).has("retiresAt")).isFalse();
        assertThat(published(one)).containsExactly(first);

        time.advance(Duration.ofDays(2));
        jobsRun();
        assertThat(published(one)).containsExactly(first);
        assertThat(token(one).getHeader().getKeyID()).isEqualTo(first);
        assertThat(token(two).getHeader().getKeyID()).isEqualTo(first);
    }

    /** As an earlier version has left it behind. */
    @Test
    void theLastKeyIsFollowedWhereItIsWrittenDownToRetire() throws Exception {
        String first = published(one).getFirst();
        retireAfter(Duration.ofHours(5));
        jobsRun();
        assertThat(published(one)).hasSize(2).contains(first);
        time.advance(Duration.ofDays(1).plusHours(2));
        jobsRun();
        assertThat(published(one)).hasSize(1).doesNotContain(first);
        assertThat(token(one).getHeader().getKeyID()).isNotEqualTo(first);
    }

    @Test
    void whereNoKeyIsLeftTheJobMakesOne() throws Exception {
        retireAfter(Duration.ofMinutes(-1));
        time.advance(Duration.ofMinutes(2));
        assertThat(one.get("/oauth2/jwks").status()).isEqualTo(500);
        jobsRun();
        assertThat(verified(token(one), two)).isTrue();
    }

    @Test
    void whereNoKeyIsLeftTheStartMakesOne() throws Exception {
        retireAfter(Duration.ofMinutes(-1));
        try (RunningIdentity three = RunningIdentity.development(database, time)) {
            assertThat(verified(token(three), three)).isTrue();
        }
    }

    private void retireAfter(Duration left) {
        one.context().getBean(JdbcClient.class).sql("UPDATE signing_key SET retires_at = :at")
                .param("at", Timestamp.from(time.instant().plus(left))).update();
    }

    @Test
    void spansThatAreNoneAreRefused() {
        Management admin = Management.of(one);
        for (String body : List.of("{\"signsIn\":\"PT1M\"}", "{\"signsIn\":\"P31D\"}", "{\"signsIn\":5}",
                "{\"signsIn\":\"soon\"}", "[]", "{\"when\":\"PT1H\"}")) {
            var answer = admin.post("/signing-keys", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.body().get("code").asString()).isEqualTo("validation-failed");
        }
    }
}
