package cn.cityapis.identity;

import static cn.cityapis.identity.Management.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Clients from their first day to their last, as an administrator manages them. */
class ClientManagementApiTest extends IdentityScene {

    private final Management admin = Management.of(identity());
    private final ManagedClient client = ManagedClient.of(identity());
    private final String id = client.id();

    @Test
    void aNewClientGetsItsSecretOnceAndATokenWithItsContract() throws Exception {
        var made = client.create();
        assertThat(made.response().headers().firstValue("Location")).hasValue("/api/identity/v1/clients/" + id);
        assertThat(made.response().headers().firstValue("Cache-Control")).hasValue("no-store");
        String secret = made.body().get("secret").asString();
        assertThat(secret).hasSizeGreaterThanOrEqualTo(43);
        assertThat(admin.get("/clients/" + id).body().toString()).doesNotContain(secret, "bcrypt");
        var claims = SignedJWT.parse(client.signIn(secret).body().get("access_token").asString()).getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo(id);
        assertThat(claims.getStringClaim("org")).isEqualTo("hospital-1");
        assertThat(claims.getJSONObjectClaim("limits")).isEqualTo(Map.of("burst", 500L, "perDay", 100000L));
        JdbcClient sql = identity().context().getBean(JdbcClient.class);
        assertThat(sql.sql("SELECT string_agg(body, '') FROM idempotency_key").query(String.class).single())
                .doesNotContain(secret);
        assertThat(sql.sql("SELECT client_secret FROM oauth2_registered_client WHERE client_id = :id").param("id", id)
                .query(String.class).single()).startsWith("{bcrypt}");
    }

    @Test
    void aRepeatedRequestMakesOneClientAndDoesNotShowTheSecretAgain() {
        var first = admin.post("/clients", client.form(""), null, "key-" + id);
        var again = admin.post("/clients", client.form(""), null, "key-" + id);
        assertThat(first.body().has("secret")).isTrue();
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.response().headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(again.body().has("secret")).isFalse();
        assertThat(again.body().get("clientId")).isEqualTo(first.body().get("clientId"));
        refused(admin.post("/clients", client.form(",\"subject\":\"x\""), null, "key-" + id), 422,
                "idempotency-key-reused");
        refused(admin.post("/clients", client.form("")), 409, "client-exists");
        refused(identity()
                .send(admin.request("/clients").POST(HttpRequest.BodyPublishers.ofString(client.form(""))).build()),
                400, "idempotency-key-missing");
    }

    @Test
    void ofEightAtATimeOneIsMade() {
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 8).mapToObj(
                i -> CompletableFuture.supplyAsync(() -> admin.post("/clients", client.form("")).status())).toList();
        assertThat(calls.stream().map(CompletableFuture::join).toList()).containsOnlyOnce(201).allMatch(
                status -> status == 201 || status == 409);
    }

    @Test
    void aChangeNeedsTheVersionSeenAndHoldsForTheNextToken() throws Exception {
        String secret = client.create().body().get("secret").asString();
        String etag = Management.etag(admin.get("/clients/" + id));
        String body = "{" + ManagedClient.change("").replace("pharmacy.read", "policy.read");
        refused(admin.put("/clients/" + id, body, null), 428, "if-match-missing");
        refused(admin.put("/clients/" + id, body, "\"99\""), 412, "stale");
        var changed = admin.put("/clients/" + id, body, etag);
        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
        assertThat(Management.etag(changed)).isNotEqualTo(etag);
        refused(admin.put("/clients/" + id, body, etag), 412, "stale");
        assertThat(client.signIn(secret).body().get("scope").asString()).contains("policy.read")
                .doesNotContain("pharmacy");
        refused(admin.put("/clients/nobody", body, etag), 404, "not-found");
    }

    @Test
    void aTokenThatIsIssuedWhileItsClientIsSuspendedIsRevoked() throws Exception {
        String secret = client.create().body().get("secret").asString();
        var data = identity().context().getBean(javax.sql.DataSource.class);
        try (var suspending = data.getConnection(); var statement = suspending.createStatement()) {
            suspending.setAutoCommit(false);
            statement.execute("UPDATE client_profile SET disabled_at = now() WHERE client_id = '" + id + "'");
            var signingIn = CompletableFuture.supplyAsync(() -> client.signIn(secret));
            var sql = JdbcClient.create(data);
            org.awaitility.Awaitility.await().until(() -> sql.sql("""
                    SELECT count(*) FROM pg_stat_activity
                     WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT INTO issued_token%'
                    """).query(Long.class).single() == 1);
            suspending.commit();
            var answer = signingIn.join();
            assertThat(answer.status()).isEqualTo(200);
            String token = answer.body().get("access_token").asString();
            assertThat(identity().post("/oauth2/introspect", "demo-home", "demo-home-secret", Map.of("token", token))
                    .body().get("active").asBoolean()).isFalse();
        }
    }

    @Test
    void aSuspendedClientGetsNothingUntilItIsResumed() {
        String secret = client.create().body().get("secret").asString();
        String token = client.signIn(secret).body().get("access_token").asString();
        refused(admin.post("/clients/" + id + "/suspension", null), 428, "if-match-missing");
        var suspended = admin.post("/clients/" + id + "/suspension", null,
                Management.etag(admin.get("/clients/" + id)));
        assertThat(suspended.body().get("enabled").asBoolean()).as(suspended.body().toString()).isFalse();
        assertThat(client.signIn(secret).status()).isEqualTo(401);
        assertThat(identity().post("/oauth2/introspect", "demo-home", "demo-home-secret", Map.of("token", token)).body()
                .get("active").asBoolean()).isFalse();
        var resumed = admin.post("/clients/" + id + "/resumption", null, Management.etag(suspended));
        assertThat(resumed.body().get("enabled").asBoolean()).isTrue();
        assertThat(client.signIn(secret).status()).isEqualTo(200);
    }

    @Test
    void nobodySuspendsHimself() {
        refused(admin.post("/clients/demo-admin/suspension", null,
                Management.etag(admin.get("/clients/demo-admin"))), 409, "own-client");
    }

    @Test
    void everythingIsInTheHistoryAndNoSecretIs() {
        String secret = client.create().body().get("secret").asString();
        var renewed = admin.post("/clients/" + id + "/secrets", null, Management.etag(admin.get("/clients/" + id)));
        var suspended = admin.post("/clients/" + id + "/suspension", null, Management.etag(renewed));
        admin.post("/clients/" + id + "/resumption", null, Management.etag(suspended));
        JsonNode history = admin.get("/clients/" + id + "/history").body();
        assertThat(history.get("items").valueStream().map(entry -> entry.get("action").asString())).containsExactly(
                "client.resumed", "client.suspended", "client.secret-renewed", "client.created");
        assertThat(history.get("items").get(0).get("clientId").asString()).isEqualTo("demo-admin");
        assertThat(history.toString()).doesNotContain(secret, renewed.body().get("secret").asString());
    }

    @Test
    void aKeyThatWasThereForAMomentStaysInTheHistory() throws Exception {
        var good = new ECKeyGenerator(Curve.P_256).keyID("good").generate();
        var foreign = new ECKeyGenerator(Curve.P_256).keyID("good").generate();
        assertThat(admin.post("/clients", client.form(acting(good))).status()).isEqualTo(201);
        for (var key : List.of(foreign, good)) {
            var changed = admin.put("/clients/" + id, "{" + ManagedClient.change(acting(key)),
                    Management.etag(admin.get("/clients/" + id)));
            assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
        }
        JsonNode history = admin.get("/clients/" + id + "/history").body().get("items");
        assertThat(history.at("/0/details/before/assertionKeys/good").asString())
                .isEqualTo(foreign.computeThumbprint().toString());
        assertThat(history.at("/0/details/after/assertionKeys/good").asString())
                .isEqualTo(good.computeThumbprint().toString());
        assertThat(history.at("/1/details/after/assertionKeys/good").asString())
                .isEqualTo(foreign.computeThumbprint().toString());
        assertThat(history.at("/2/details/maxAssurance").asString()).isEqualTo("openid");
        assertThat(history.at("/2/details/org").asString()).isEqualTo("hospital-1");
        assertThat(history.at("/2/details/subject").asString()).isEqualTo(id);
    }

    private static String acting(com.nimbusds.jose.jwk.ECKey key) {
        return ",\"citizenScopes\":[\"eldercare.apply\"],\"maxAssurance\":\"openid\",\"assertionKeys\":{\"keys\":["
                + key.toPublicJWK().toJSONString() + "]}";
    }

    @Test
    void theListGoesOnWhereItStopped() {
        client.create();
        Map<String, Integer> seen = new LinkedHashMap<>();
        String next = "";
        do {
            JsonNode page = admin.get("/clients?limit=5" + next).body();
            page.get("items").forEach(client -> seen.merge(client.get("clientId").asString(), 1, Integer::sum));
            next = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").asString() : "";
        } while (!next.isEmpty());
        assertThat(seen).containsKeys(id, "demo-app", "demo-admin");
        assertThat(seen.values()).containsOnly(1);
        assertThat(new ArrayList<>(seen.keySet())).isSorted();
        refused(admin.get("/clients?cursor=%25%25"), 400, "invalid-cursor");
        refused(admin.get("/clients?limit=0"), 400, "validation-failed");
    }

    @Test
    void aBackEndThatActsForCitizensIsMadeWithItsKey() throws Exception {
        var key = new ECKeyGenerator(Curve.P_256).keyID("demo-app-development").generate();
        var made = admin.post("/clients",
                client.form(",\"citizenScopes\":[\"eldercare.apply\"],\"maxAssurance\":\"openid\","
                        + "\"assertionKeys\":{\"keys\":[" + key.toPublicJWK().toJSONString() + "]}"));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:jwt");
        long now = Instant.now().getEpochSecond();
        form.put("subject_token", Assertions.of("u1").with("iss", id).with("assurance", "openid").with("iat", now)
                .with("exp", now + 100).signed(key.toPrivateKey()));
        var token = identity().token(id, made.body().get("secret").asString(), form);
        assertThat(token.status()).as(token.body().toString()).isEqualTo(200);
        var leaked = admin.post("/clients", client.form(",\"assertionKeys\":{\"keys\":[" + key.toJSONString() + "]}"));
        refused(leaked, 400, "validation-failed");
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        var answer = admin.post("/clients", """
                {"clientId":"Bad Id","name":7,"authentication":"mtls","scopes":["pharmacy.read","all"],"roles":["king"],
                 "citizenScopes":["eldercare.decide"],"maxAssurance":"sure","contract":{"burst":0,"perSecond":"many","x":1},
                 "assertionKeys":"none","colour":"red"}
                """);
        refused(answer, 400, "validation-failed");
        assertThat(answer.body().get("errors").valueStream().map(error -> error.get("pointer").asString()))
                .containsExactlyInAnyOrder("/clientId", "/name", "/authentication", "/scopes/1", "/roles/0",
                        "/citizenScopes/0", "/maxAssurance", "/contract/burst", "/contract/perSecond", "/contract/x",
                        "/assertionKeys", "/colour");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{|malformed-json", "|malformed-json", "[]|validation-failed",
            "7|validation-failed", "null|validation-failed", "{}|validation-failed"})
    void aBodyThatIsNoneIsRefused(@Nullable String body, String code) {
        refused(admin.post("/clients", body == null ? "" : body), 400, code);
    }

    @Test
    void whatIsNotThereIsNotFoundAndOtherFormatsAreRefused() {
        for (String path : List.of("/clients/nobody", "/clients/nobody/history", "/nothing",
                "/clients/" + "x".repeat(3000))) {
            var answer = admin.get(path);
            refused(answer, 404, "not-found");
        }
        for (String type : List.of("text/plain", "*/*", "application/*", "multipart/form-data",
                "multipart/form-data; boundary=b",
                "application/x-www-form-urlencoded")) {
            refused(identity().send(identity().request("/api/identity/v1/clients").header("Idempotency-Key", "k")
                    .header("Authorization", "Bearer " + admin.token()).header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString("x\u0001")).build()), 415, "unsupported-media-type");
        }
        refused(identity().send(admin.request("/clients").DELETE().build()), 405, "method-not-allowed");
    }

    @ParameterizedTest
    @CsvSource({"POST,/clients,x%_%", "PUT,/clients/demo-home,x%_%", "PUT,/clients/demo-home,x\u0001",
            "PATCH,/clients/demo-home,%", "DELETE,/clients/demo-home,%zz"})
    void aFormIsRefusedAsOneWhateverIsWrongInIt(String method, String path, String form) {
        var answer = identity().send(identity().request("/api/identity/v1" + path).header("Idempotency-Key", "k")
                .header("Authorization", "Bearer " + admin.token()).header("If-Match", "\"1\"")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, HttpRequest.BodyPublishers.ofString(form)).build());
        boolean known = method.equals("POST") || method.equals("PUT");
        refused(answer, known ? 415 : 405, known ? "unsupported-media-type" : "method-not-allowed");
    }

    @Test
    void onlyAnAdministratorOfThisServerIsLetIn() {
        Management nobody = new Management(identity(), "nonsense");
        String city = identity().clientCredentials("demo-city").body().get("access_token").asString();
        String narrowed = identity().token("demo-admin", "demo-admin-secret",
                Map.of("grant_type", "client_credentials", "scope", "policy.admin")).body().get("access_token")
                .asString();
        for (String path : List.of("/clients", "/clients/demo-app", "/clients/demo-app/history", "/signing-keys")) {
            refused(nobody.get(path), 401, "token-invalid");
            refused(identity().get("/api/identity/v1" + path), 401, "token-missing");
            refused(new Management(identity(), city).get(path), 401, "token-invalid");
            refused(new Management(identity(), narrowed).get(path), 401, "token-invalid");
        }
        String secret = admin.post("/clients", client.form("").replace("pharmacy.read", "identity.admin")).body()
                .get("secret").asString();
        String scopeWithoutRole = client.signIn(secret).body().get("access_token").asString();
        refused(new Management(identity(), scopeWithoutRole).get("/clients"), 403, "forbidden");
        refused(new Management(identity(), scopeWithoutRole).post("/clients", client.form("")), 403, "forbidden");
    }

    @Test
    void aRevokedTokenManagesNothing() {
        identity().post("/oauth2/revoke", "demo-admin", "demo-admin-secret", Map.of("token", admin.token()));
        refused(admin.get("/clients"), 401, "token-invalid");
    }
}
