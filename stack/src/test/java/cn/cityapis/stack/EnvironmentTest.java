package cn.cityapis.stack;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.Secrets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

    @TempDir
    Path folder;
    private Environment environment;

    @BeforeEach
    void open() {
        Map<Component, Integer> ports = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            ports.put(component, 20_000 + component.ordinal());
        }
        StartOptions options = StartOptions.defaults().withPort(9090).withGazette(folder.resolve("gazette.txt"));
        DataFolder data = new DataFolder(folder);
        environment = new Environment(options, data, Secrets.open(data), 15_432, ports,
                folder.resolve("demo-key.pem"));
    }

    @Test
    void tellsAServiceItsPortDatabaseIssuerAndFolders() {
        assertThat(environment.of(Component.ELDERCARE)).containsEntry("SERVER_PORT", "20002")
                .containsEntry("SERVER_ADDRESS", "127.0.0.1").containsEntry("DB_HOST", "127.0.0.1")
                .containsEntry("DB_PORT", "15432").containsEntry("DB_NAME", "eldercare")
                .containsEntry("DB_USER", "eldercare")
                .containsEntry("OIDC_ISSUER", "http://localhost:9090")
                .containsEntry("OIDC_JWKS_URI", "http://127.0.0.1:20000/oauth2/jwks").containsEntry("DEMO_DATA", "true")
                .containsEntry("DATA_DIR", folder.resolve("eldercare").toString())
                .containsEntry("DEV_CLOCK_FILE", folder.resolve("clock-offset").toString());
    }

    @Test
    void givesEachServiceAPasswordAndKeysOfItsOwn() {
        Map<String, String> eldercare = environment.of(Component.ELDERCARE);
        Map<String, String> subsidy = environment.of(Component.SUBSIDY);
        for (String secret : new String[]{"DB_PASSWORD", "PII_KEYS", "PII_INDEX_KEY"}) {
            assertThat(eldercare.get(secret)).isNotBlank().isNotEqualTo(subsidy.get(secret));
        }
        assertThat(eldercare.get("PII_KEYS")).matches("k1:[0-9a-f]{32}");
        assertThat(eldercare.get("PII_INDEX_KEY")).matches("[0-9a-f]{64}");
    }

    @Test
    void givesTheGatewayTheOutsidePortAllAddressesAndNoDatabase() {
        assertThat(environment.of(Component.GATEWAY)).containsEntry("SERVER_PORT", "9090")
                .containsEntry("MANAGEMENT_PORT", "20005").containsEntry("POLICY_URL", "http://127.0.0.1:20001")
                .containsEntry("IDENTITY_URL", "http://127.0.0.1:20000").doesNotContainKeys("DB_PASSWORD", "PII_KEYS");
    }

    @Test
    void givesThePagesTheDemonstrationsClientAtTheGatewayOnly() {
        assertThat(environment.of(Component.GATEWAY)).containsEntry("PAGES_CLIENT_ID", "demo-app")
                .containsEntry("PAGES_DEMO_CITIZEN_KEY", folder.resolve("demo-key.pem").toString());
        assertThat(environment.of(Component.POLICY)).doesNotContainKey("PAGES_CLIENT_SECRET");
    }

    @Test
    void namesTheGazetteToPolicyServiceOnly() {
        assertThat(environment.of(Component.POLICY)).containsKey("GAZETTE_FILE");
        assertThat(environment.of(Component.SUBSIDY)).doesNotContainKey("GAZETTE_FILE");
    }
}
