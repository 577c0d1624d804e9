package cn.cityapis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every grant and every refusal, over HTTP against the running server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenApiTest extends IdentityScene {

    /** Also proves that the published key verifies it. */
    private static JWTClaimsSet claims(RunningIdentity.Answer answer) throws Exception {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        SignedJWT token = SignedJWT.parse(answer.body().get("access_token").asString());
        JWKSet keys = JWKSet.parse(identity().get("/oauth2/jwks").body().toString());
        var key = Objects.requireNonNull(keys.getKeyByKeyId(token.getHeader().getKeyID()));
        assertThat(token.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
        return token.getJWTClaimsSet();
    }

    private static void refused(RunningIdentity.Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().get("error").asString()).isEqualTo(error);
        assertThat(answer.body().get("error_description").asString()).matches(".*\\p{IsHan}.*");
        assertThat(answer.response().headers().firstValue("Content-Type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("application/json"));
    }

    @Nested
    class ClientCredentials {

        @ParameterizedTest
        @CsvSource(nullValues = "-", value = {
                "demo-app,demo-app,-,-,policy.read eldercare.read subsidy.read pharmacy.read",
                "demo-home,demo-home-operator,demo-home-1,home-operator,eldercare.read eldercare.decide",
                "demo-assessor,demo-assessor,demo-agency-1,assessor,eldercare.read eldercare.decide",
                "demo-district,demo-district-officer,371002,district,policy.read eldercare.read subsidy.read pharmacy.read eldercare.decide subsidy.decide pharmacy.decide",
                "demo-district-finance,demo-district-finance-officer,371002,district finance,subsidy.read subsidy.decide",
                "demo-district-talent,demo-district-talent-officer,371002,district talent,subsidy.read subsidy.decide",
                "demo-city-talent,demo-city-talent-officer,371000,city talent,subsidy.read subsidy.decide",
                "demo-city,demo-city-officer,371000,city finance,policy.read eldercare.read subsidy.read pharmacy.read policy.decide eldercare.decide subsidy.decide pharmacy.decide policy.admin eldercare.admin subsidy.admin pharmacy.admin",
                "demo-chain,demo-chain-buyer,demo-chain-1,chain,pharmacy.read pharmacy.apply policy.read",
                "demo-supplier,demo-supplier-clerk,demo-supplier-1,supplier,pharmacy.read pharmacy.apply",
                "demo-maker,demo-maker-clerk,demo-maker-1,maker,pharmacy.read pharmacy.apply",
                "demo-clinic,demo-clinic-doctor,demo-clinic-1,pharmacy,pharmacy.read pharmacy.apply",
                "demo-insurer,demo-insurer-clerk,demo-insurer-1,insurer,subsidy.read subsidy.apply",
                "demo-partner,demo-partner,demo-partner,-,policy.read eldercare.read subsidy.read pharmacy.read events.subscribe",
                "demo-admin,demo-admin,371000,admin auditor,policy.read eldercare.read subsidy.read pharmacy.read policy.decide eldercare.decide subsidy.decide pharmacy.decide policy.admin eldercare.admin subsidy.admin pharmacy.admin events.subscribe identity.admin"})
        void sayWhoTheClientIs(String client, String subject, @Nullable String org, @Nullable String roles,
                String scopes) throws Exception {
            JWTClaimsSet claims = claims(identity().clientCredentials(client));
            assertThat(claims.getIssuer()).isEqualTo("http://localhost:8080");
            assertThat(claims.getSubject()).isEqualTo(subject);
            assertThat(claims.getStringClaim("client_id")).isEqualTo(client);
            assertThat(claims.getStringClaim("org")).isEqualTo(org);
            List<String> said = claims.getStringListClaim("roles");
            assertThat(said == null ? Set.of() : Set.copyOf(said))
                    .isEqualTo(roles == null ? Set.of() : Set.of(roles.split(" ")));
            assertThat(claims.getStringClaim("assurance")).isEqualTo("none");
            assertThat(claims.getClaim("act")).isNull();
            assertThat(claims.getStringListClaim("scope")).containsExactlyInAnyOrder(scopes.split(" "));
            List<String> services = java.util.Arrays.stream(scopes.split(" ")).map(s -> s.replaceAll("\\..*", ""))
                    .filter(s -> !s.equals("events")).distinct().toList();
            assertThat(claims.getAudience()).containsExactlyInAnyOrderElementsOf(services);
        }

        @Test
        void narrowTheScopesAndTheAudience() throws Exception {
            JWTClaimsSet claims = claims(identity().token("demo-chain", "demo-chain-secret",
                    Map.of("grant_type", "client_credentials", "scope", "policy.read")));
            assertThat(claims.getStringListClaim("scope")).containsExactly("policy.read");
            assertThat(claims.getAudience()).containsExactly("policy");
        }

        @Test
        void takeTheSecretInTheFormToo() {
            var answer = identity().send(identity().request("/oauth2/token")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(RunningIdentity.encode(
                            Map.of("grant_type", "client_credentials", "client_id", "demo-home", "client_secret",
                                    "demo-home-secret"))))
                    .build());
            assertThat(answer.status()).isEqualTo(200);
        }

        @Test
        void neverCoverWritingWithoutACitizen() {
            refused(identity().token("demo-app", "demo-app-secret",
                    Map.of("grant_type", "client_credentials", "scope", "eldercare.apply")), 400, "invalid_scope");
        }

        @Test
        void refuseAnUnknownScope() {
            refused(identity().token("demo-home", "demo-home-secret",
                    Map.of("grant_type", "client_credentials", "scope", "eldercare.everything")), 400, "invalid_scope");
        }

        @Test
        void refuseAWrongSecretAndAnUnknownClientAlike() {
            var wrong = identity().token("demo-home", "guess", Map.of("grant_type", "client_credentials"));
            var unknown = identity().token("nobody", "guess", Map.of("grant_type", "client_credentials"));
            refused(wrong, 401, "invalid_client");
            refused(unknown, 401, "invalid_client");
            assertThat(wrong.body()).isEqualTo(unknown.body());
            assertThat(wrong.response().headers().firstValue("WWW-Authenticate")).isPresent();
        }

        @Test
        void refuseNoClientAtAll() {
            refused(identity().send(identity().request("/oauth2/token")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")).build()),
                    401, "invalid_client");
        }

        @Test
        void refuseAGrantThatIsNotOffered() {
            for (String grant : List.of("authorization_code", "refresh_token", "password")) {
                refused(identity().token("demo-home", "demo-home-secret", Map.of("grant_type", grant)), 400,
                        "unsupported_grant_type");
            }
        }

        @Test
        void refuseAMissingGrantType() {
            refused(identity().token("demo-home", "demo-home-secret", Map.of("scope", "eldercare.read")), 400,
                    "invalid_request");
        }
    }

    @Nested
    class ForACitizen {

        @Test
        void saysWhoseNameItActsIn() throws Exception {
            JWTClaimsSet claims = claims(identity().citizen(Assertions.of("demo").signed()));
            assertThat(claims.getSubject()).isEqualTo("demo-citizen");
            assertThat(claims.getStringClaim("client_id")).isEqualTo("demo-app");
            assertThat(claims.getStringClaim("assurance")).isEqualTo("real_name");
            assertThat(claims.getJSONObjectClaim("act")).containsEntry("sub", "demo-app");
            assertThat(claims.getClaim("org")).isNull();
            assertThat(claims.getClaim("roles")).isNull();
            assertThat(claims.getAudience()).containsExactlyInAnyOrder("policy", "eldercare", "subsidy", "pharmacy");
            assertThat(claims.getStringListClaim("scope")).containsExactlyInAnyOrder("policy.read", "eldercare.read",
                    "subsidy.read", "pharmacy.read", "eldercare.apply", "subsidy.apply", "pharmacy.apply");
        }

        @Test
        void givesEachUserOneOpaqueIdForGood() throws Exception {
            String first = claims(identity().citizen(Assertions.of("openid-1").signed())).getSubject();
            String again = claims(identity().citizen(Assertions.of("openid-1").signed())).getSubject();
            String other = claims(identity().citizen(Assertions.of("openid-2").signed())).getSubject();
            assertThat(again).isEqualTo(first).doesNotContain("openid");
            assertThat(other).isNotEqualTo(first);
        }

        @Test
        void onlyLooksWhenKnownByOpenidAlone() throws Exception {
            JWTClaimsSet claims = claims(
                    identity().citizen(Assertions.of("demo").with("assurance", "openid").signed()));
            assertThat(claims.getStringClaim("assurance")).isEqualTo("openid");
            assertThat(claims.getStringListClaim("scope")).allMatch(scope -> scope.endsWith(".read"));
            refused(identity().citizen(Assertions.of("demo").with("assurance", "openid").signed(),
                    Map.of("scope", "eldercare.apply")), 400, "invalid_scope");
        }

        @Test
        void narrowsTheScopes() throws Exception {
            JWTClaimsSet claims = claims(
                    identity().citizen(Assertions.of("demo").signed(), Map.of("scope", "eldercare.apply")));
            assertThat(claims.getStringListClaim("scope")).containsExactly("eldercare.apply");
            assertThat(claims.getAudience()).containsExactly("eldercare");
        }

        @Test
        void refusesScopesBeyondIts() {
            refused(identity().citizen(Assertions.of("demo").signed(), Map.of("scope", "eldercare.decide")), 400,
                    "invalid_scope");
        }

        @Test
        void takesAnAssertionOnce() {
            String assertion = Assertions.of("demo").signed();
            assertThat(identity().citizen(assertion).status()).isEqualTo(200);
            refused(identity().citizen(assertion), 400, "invalid_grant");
        }

        @Test
        void takesAnAssertionOnceEvenFromEightAtATime() {
            String assertion = Assertions.of("demo").signed();
            List<CompletableFuture<Integer>> calls = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> identity().citizen(assertion).status()))
                    .toList();
            assertThat(calls.stream().map(CompletableFuture::join).filter(status -> status == 200)).hasSize(1);
        }

        @Test
        void refusesAForeignKey() {
            refused(identity().citizen(Assertions.of("demo").signed(Assertions.foreignKey())), 400, "invalid_grant");
        }

        @Test
        void refusesNoSignatureAndASharedSecretAlgorithm() {
            refused(identity().citizen(Assertions.of("demo").unsigned()), 400, "invalid_grant");
            refused(identity().citizen(Assertions.of("demo")
                    .header(Map.of("alg", "HS256", "kid", "demo-app-development")).signed()), 400, "invalid_grant");
        }

        @Test
        void refusesAnExpiredOrOverlongAssertion() {
            long now = java.time.Instant.now().getEpochSecond();
            refused(identity().citizen(Assertions.of("demo").with("exp", now - 60).signed()), 400, "invalid_grant");
            refused(identity().citizen(Assertions.of("demo").with("exp", now + 3600).signed()), 400, "invalid_grant");
        }

        @ParameterizedTest
        @CsvSource(nullValues = "-", value = {"iss,demo-home", "aud,https://elsewhere", "exp,-", "jti,-", "sub,-",
                "assurance,-", "assurance,none", "assurance,notary", "aud,-", "iss,-", "sub,''"})
        void refusesAClaimThatIsMissingOrWrong(String claim, @Nullable String value) {
            refused(identity().citizen(Assertions.of("demo").with(claim, value).signed()), 400, "invalid_grant");
        }

        @Test
        void refusesToBelieveMoreThanTheClientMayVouchFor() throws Exception {
            JdbcClient sql = identity().context().getBean(JdbcClient.class);
            sql.sql("UPDATE client_profile SET max_assurance = 'openid' WHERE client_id = 'demo-app'").update();
            try {
                refused(identity().citizen(Assertions.of("demo").signed()), 400, "invalid_grant");
                claims(identity().citizen(Assertions.of("demo").with("assurance", "openid").signed()));
            } finally {
                sql.sql("UPDATE client_profile SET max_assurance = 'real_name' WHERE client_id = 'demo-app'").update();
            }
        }

        @Test
        void refusesWhatIsNoToken() {
            refused(identity().citizen("not.a.jwt"), 400, "invalid_grant");
            refused(identity().citizen("x".repeat(9000)), 400, "invalid_request");
            refused(identity().citizen(Assertions.of("demo").signed(), Map.of("subject_token_type", "urn:x")), 400,
                    "invalid_request");
            refused(identity().citizen(Assertions.of("demo").signed(), Map.of("actor_token", "x")), 400,
                    "invalid_request");
        }

        @Test
        void isForBackEndsThatMay() {
            refused(identity().token("demo-home", "demo-home-secret",
                    Map.of("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token_type",
                            "urn:ietf:params:oauth:token-type:jwt", "subject_token", Assertions.of("demo").signed())),
                    400, "unauthorized_client");
        }
    }

    @Nested
    class Afterwards {

        @Test
        void introspectionSaysWhatATokenIsUntilItIsRevoked() {
            String token = identity().clientCredentials("demo-home").body().get("access_token").asString();
            var active = identity().post("/oauth2/introspect", "demo-home", "demo-home-secret", Map.of("token", token));
            assertThat(active.body().get("active").asBoolean()).as(active.body().toString()).isTrue();
            assertThat(active.body().get("sub").asString()).isEqualTo("demo-home-operator");
            assertThat(
                    identity().post("/oauth2/revoke", "demo-home", "demo-home-secret", Map.of("token", token)).status())
                    .isEqualTo(200);
            var revoked = identity().post("/oauth2/introspect", "demo-home", "demo-home-secret",
                    Map.of("token", token));
            assertThat(revoked.body().get("active").asBoolean()).isFalse();
        }

        @Test
        void nobodyRevokesAnothersToken() {
            String token = identity().clientCredentials("demo-home").body().get("access_token").asString();
            refused(identity().post("/oauth2/revoke", "demo-chain", "demo-chain-secret", Map.of("token", token)), 401,
                    "invalid_client");
            assertThat(identity().post("/oauth2/introspect", "demo-home", "demo-home-secret", Map.of("token", token))
                    .body().get("active").asBoolean()).isTrue();
        }

        @Test
        void anUnknownTokenIsInactive() {
            var answer = identity().post("/oauth2/introspect", "demo-home", "demo-home-secret",
                    Map.of("token", "nonsense"));
            assertThat(answer.body().get("active").asBoolean()).isFalse();
        }
    }

    @Nested
    class Discovery {

        @Test
        void namesTheOutsideAddresses() {
            for (String path : List.of("/.well-known/openid-configuration",
                    "/.well-known/oauth-authorization-server")) {
                var body = identity().get(path).body();
                assertThat(body.get("issuer").asString()).isEqualTo("http://localhost:8080");
                assertThat(body.get("token_endpoint").asString()).isEqualTo("http://localhost:8080/oauth2/token");
                assertThat(body.get("jwks_uri").asString()).isEqualTo("http://localhost:8080/oauth2/jwks");
                assertThat(body.get("grant_types_supported").toString()).doesNotContain("authorization_code");
            }
        }

        @Test
        void publishesPublicPartsOnly() {
            var key = identity().get("/oauth2/jwks").body().get("keys").get(0);
            assertThat(key.propertyNames()).contains("kid", "n", "e").doesNotContain("d", "p", "q");
        }

        @Test
        void nothingElseIsThere() {
            for (String path : List.of("/", "/oauth2/authorize", "/login", "/actuator/env", "/userinfo",
                    "/connect/register")) {
                assertThat(identity().get(path).status()).as(path).isEqualTo(404);
            }
            assertThat(identity().get("/actuator/health").status()).isEqualTo(200);
        }
    }
}
