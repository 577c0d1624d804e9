package cn.cityapis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What administrators did to a client of the configuration, over later starts. */
class ConfiguredClientsTest {

    private static final String CLIENT = "configured";
    private static final String KEY_SECRET = "a1".repeat(32);
    /** As the release before wrote it down: the whole entry and the life of tokens in one. */
    private static final String EARLIER = "Client[id=configured, name=药店, secret=first-secret, subject=null, org=o-1,"
            + " roles=[], scopes=[pharmacy.read], citizenScopes=[], maxAssurance=NONE, assertionKeys={\"keys\":[]},"
            + " authenticationKeys={\"keys\":[]}, contract=null, citizens=[]]|PT15M";

    private final TestDatabase database = TestDatabase.create();

    @Test
    void anotherLifeOfTokensChangesThatAndNothingElse() {
        String renewed;
        try (RunningIdentity identity = start(Map.of())) {
            renewed = administer(identity);
        }
        try (RunningIdentity identity = start(Map.of("token-life", "10m"))) {
            stays(identity, renewed);
            assertThat(token(identity, renewed).body().get("expires_in").asInt()).isBetween(590, 600);
            assertThat(configured(identity)).hasSize(1);
        }
    }

    @Test
    void anUpgradeChangesNothing() throws Exception {
        String renewed;
        try (RunningIdentity identity = start(Map.of("token-life", "15m"))) {
            renewed = administer(identity);
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(KEY_SECRET), "HmacSHA256"));
        define(HexFormat.of().formatHex(mac.doFinal(EARLIER.getBytes(StandardCharsets.UTF_8))));
        try (RunningIdentity identity = start(Map.of("token-life", "15m"))) {
            stays(identity, renewed);
            assertThat(configured(identity)).hasSize(1);
        }
        try (RunningIdentity identity = start(Map.of("token-life", "10m"))) {
            stays(identity, renewed);
        }
    }

    @Test
    void aChangedEntryOverrulesAndIsInTheHistoryButARenewedSecretStays() {
        String renewed;
        try (RunningIdentity identity = start(Map.of())) {
            renewed = administer(identity);
        }
        try (RunningIdentity identity = start(Map.of("clients[0].org", "o-2"))) {
            assertThat(token(identity, "first-secret").status()).isEqualTo(401);
            assertThat(token(identity, renewed).body().get("scope").asString()).isEqualTo("pharmacy.read");
            JsonNode entry = configured(identity).getFirst();
            assertThat(entry.at("/details/before/org").asString()).isEqualTo("o-9");
            assertThat(entry.at("/details/after/org").asString()).isEqualTo("o-2");
            assertThat(entry.at("/details/secretChanged").asBoolean()).isFalse();
        }
        try (RunningIdentity identity = start(Map.of("clients[0].org", "o-2", "clients[0].secret", "second-secret"))) {
            assertThat(token(identity, renewed).status()).isEqualTo(401);
            assertThat(token(identity, "second-secret").status()).isEqualTo(200);
            assertThat(configured(identity).getFirst().at("/details/secretChanged").asBoolean()).isTrue();
            assertThat(configured(identity).toString()).doesNotContain("second-secret", renewed);
        }
    }

    /** Renews the secret, without overlap, and takes the scope and the organisation away. */
    private static String administer(RunningIdentity identity) {
        assertThat(token(identity, "first-secret").status()).isEqualTo(200);
        Management admin = Management.of(identity);
        String renewed = admin.post("/clients/" + CLIENT + "/secrets", "{\"overlap\":\"PT0S\"}",
                Management.etag(admin.get("/clients/" + CLIENT))).body().get("secret").asString();
        var changed = admin.put("/clients/" + CLIENT,
                "{\"name\":\"药店\",\"authentication\":\"secret\",\"scopes\":[\"policy.read\"],\"org\":\"o-9\"}",
                Management.etag(admin.get("/clients/" + CLIENT)));
        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
        return renewed;
    }

    private static void stays(RunningIdentity identity, String renewed) {
        assertThat(token(identity, "first-secret").status()).as("the secret that leaked").isEqualTo(401);
        assertThat(token(identity, renewed).body().get("scope").asString()).isEqualTo("policy.read");
    }

    private static List<JsonNode> configured(RunningIdentity identity) {
        return Management.of(identity).get("/clients/" + CLIENT + "/history").body().get("items").valueStream()
                .filter(entry -> entry.get("action").asString().equals("client.configured")).toList();
    }

    private static RunningIdentity.Answer token(RunningIdentity identity, String secret) {
        return identity.token(CLIENT, secret, Map.of("grant_type", "client_credentials"));
    }

    private RunningIdentity start(Map<String, String> more) {
        // a first start brings the administrator; a list in the arguments replaces that of the profile
        RunningIdentity.start(database, settings(Map.of())).close();
        Map<String, String> registrations = new HashMap<>(Map.of("clients[0].id", CLIENT, "clients[0].name", "药店",
                "clients[0].secret", "first-secret", "clients[0].org", "o-1", "clients[0].scopes", "pharmacy.read"));
        registrations.putAll(more);
        return RunningIdentity.start(database, settings(registrations));
    }

    private static Map<String, Object> settings(Map<String, String> registrations) {
        Map<String, Object> all = new HashMap<>(
                Map.of("spring.profiles.active", "development", "IDENTITY_KEY_SECRET", KEY_SECRET));
        registrations.forEach((name, value) -> all.put("identity.registrations." + name, value));
        return all;
    }

    private void define(String definition) throws Exception {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection
                        .prepareStatement("UPDATE client_profile SET definition = ? WHERE client_id = ?")) {
            statement.setString(1, definition);
            statement.setString(2, CLIENT);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}
