package cn.cityapis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.TestDatabase;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.net.http.HttpRequest;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a client proves itself, and what becomes of whoever guesses; on two replicas. */
class ClientAuthenticationTest {

    private static final MovableTime TIME = new MovableTime();
    private static @Nullable RunningIdentity one;
    private static @Nullable RunningIdentity two;
    private static @Nullable ECKey key;

    @BeforeAll
    static void start() throws Exception {
        TestDatabase database = TestDatabase.create();
        one = RunningIdentity.development(database, TIME);
        two = RunningIdentity.development(database, TIME);
        key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        var made = Management.of(one).post("/clients", """
                {"clientId":"bank-1","name":"银行一","authentication":"private_key_jwt","scopes":["subsidy.read"],
                 "authenticationKeys":{"keys":[%s]}}
                """.formatted(key.toPublicJWK().toJSONString()));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        assertThat(made.body().has("secret")).isFalse();
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    @Nested
    class ByKey {

        private Assertions assertion() {
            return Assertions.ofClient("bank-1", "k1", TIME);
        }

        private PrivateKey own() throws Exception {
            return key.toPrivateKey();
        }

        private RunningIdentity.Answer token(RunningIdentity at, String assertion) {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("grant_type", "client_credentials");
            form.put("client_id", "bank-1");
            form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            form.put("client_assertion", assertion);
            return at.send(at.request("/oauth2/token").header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(RunningIdentity.encode(form))).build());
        }

        private void refused(RunningIdentity.Answer answer) {
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(401);
            assertThat(answer.body().get("error").asString()).isEqualTo("invalid_client");
            assertThat(answer.body().get("error_description").asString()).containsPattern("\\p{IsHan}");
        }

        @Test
        void aSignedAssertionIsEnough() throws Exception {
            var answer = token(one, assertion().signed(own()));
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
            assertThat(answer.body().get("scope").asString()).isEqualTo("subsidy.read");
            assertThat(token(one, assertion().with("aud", RunningIdentity.ISSUER + "/oauth2/token").signed(own()))
                    .status()).isEqualTo(200);
        }

        @Test
        void theSameAssertionIsTakenOnceOnWhicheverReplica() throws Exception {
            String assertion = assertion().signed(own());
            List<CompletableFuture<Integer>> calls = IntStream.range(0, 8).mapToObj(i -> CompletableFuture
                    .supplyAsync(() -> token(i % 2 == 0 ? one : two, assertion).status())).toList();
            assertThat(calls.stream().map(CompletableFuture::join).filter(status -> status == 200)).hasSize(1);
            refused(token(two, assertion));
        }

        @ParameterizedTest
        @CsvSource(nullValues = "-", value = {"iss,demo-home", "sub,demo-home", "aud,https://elsewhere", "exp,-",
                "jti,-", "sub,-", "iss,-", "aud,-"})
        void aClaimThatIsMissingOrWrongIsRefused(String claim, @Nullable String value) throws Exception {
            refused(token(one, assertion().with(claim, value).signed(own())));
        }

        @Test
        void aForeignKeyNoSignatureOrASharedSecretIsRefused() throws Exception {
            refused(token(one, assertion().signed(Assertions.foreignKey())));
            refused(token(one, assertion().unsigned()));
            refused(token(one, assertion().header(Map.of("alg", "HS256", "kid", "k1")).signed(own())));
            refused(token(one, "not.a.jwt"));
            refused(token(one, "x".repeat(9000)));
        }

        @Test
        void aSecretDoesNotDo() {
            assertThat(one.token("bank-1", "guess", Map.of("grant_type", "client_credentials")).status())
                    .isEqualTo(401);
        }

        @Test
        void aClientWithASecretCannotAssertItself() throws Exception {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("grant_type", "client_credentials");
            form.put("client_id", "demo-home");
            form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            form.put("client_assertion", Assertions.ofClient("demo-home", "k1", TIME).signed(own()));
            refused(one.send(one.request("/oauth2/token").header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(RunningIdentity.encode(form))).build()));
        }

        @Test
        void discoverySaysSo() {
            assertThat(one.get("/.well-known/oauth-authorization-server").body()
                    .get("token_endpoint_auth_methods_supported").valueStream().map(method -> method.asString()))
                    .containsExactly("client_secret_basic", "client_secret_post", "private_key_jwt");
        }
    }

    @Nested
    class AfterWrongSecrets {

        private RunningIdentity.Answer from(RunningIdentity at, String address, String client, String secret) {
            return at.send(at.request("/oauth2/token").header("X-Client-Address", address)
                    .header("Authorization",
                            "Basic " + Base64.getEncoder().encodeToString((client + ":" + secret).getBytes()))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")).build());
        }

        private void guess(String address, String client, int times) {
            for (int i = 0; i < times; i++) {
                assertThat(from(i % 2 == 0 ? one : two, address, client, "guess-" + i).status()).isEqualTo(401);
            }
        }

        @Test
        void theGuesserIsShutOutOnAllReplicasAndThePartnerElsewhereIsNot() {
            guess("203.0.113.7", "demo-chain", 5);
            for (RunningIdentity at : List.of(one, two)) {
                var shut = from(at, "203.0.113.7", "demo-chain", "demo-chain-secret");
                assertThat(shut.status()).as(shut.body().toString()).isEqualTo(429);
                assertThat(shut.body().get("error").asString()).isEqualTo("temporarily_unavailable");
                assertThat(shut.response().headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 30L);
            }
            assertThat(from(one, "198.51.100.9", "demo-chain", "demo-chain-secret").status()).isEqualTo(200);
            assertThat(from(one, "203.0.113.7", "demo-home", "demo-home-secret").status()).isEqualTo(200);
            assertThat(Management.of(one).get("/clients/demo-chain").body().get("lockedNetworks").valueStream()
                    .map(network -> network.asString())).containsExactly("203.0.113.7");
        }

        @Test
        void itEndsByItselfLastsLongerEachTimeAndTheRightSecretForgetsIt() {
            guess("203.0.113.8", "demo-supplier", 5);
            TIME.advance(Duration.ofSeconds(31));
            guess("203.0.113.8", "demo-supplier", 1);
            TIME.advance(Duration.ofSeconds(31));
            assertThat(from(one, "203.0.113.8", "demo-supplier", "demo-supplier-secret").status()).isEqualTo(429);
            TIME.advance(Duration.ofSeconds(30));
            assertThat(from(one, "203.0.113.8", "demo-supplier", "demo-supplier-secret").status()).isEqualTo(200);
            guess("203.0.113.8", "demo-supplier", 4);
            assertThat(from(one, "203.0.113.8", "demo-supplier", "demo-supplier-secret").status()).isEqualTo(200);
        }

        @Test
        void anUnknownClientLooksTheSame() {
            guess("203.0.113.9", "nobody-1", 5);
            assertThat(from(one, "203.0.113.9", "nobody-1", "x").status()).isEqualTo(429);
        }

        @Test
        void aNeighbourInTheSameSubscribersNetworkIsTheSame() {
            guess("2001:db8:5:6::1", "demo-maker", 5);
            assertThat(from(one, "2001:db8:5:6:ffff::9", "demo-maker", "demo-maker-secret").status()).isEqualTo(429);
            assertThat(from(one, "2001:db8:5:7::1", "demo-maker", "demo-maker-secret").status()).isEqualTo(200);
        }

        @Test
        void aNewSecretForgetsIt() {
            guess("203.0.113.10", "demo-insurer", 5);
            Management admin = Management.of(one);
            var renewed = admin.post("/clients/demo-insurer/secrets", null,
                    Management.etag(admin.get("/clients/demo-insurer")));
            assertThat(from(two, "203.0.113.10", "demo-insurer", renewed.body().get("secret").asString()).status())
                    .isEqualTo(200);
        }
    }
}
