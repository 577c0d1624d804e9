package cn.cityapis.stack;

import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.Secrets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables of each process: all that it is told about where it is. */
public record Environment(StartOptions options, DataFolder data, Secrets secrets, int postgresPort,
        Map<Component, Integer> ports, Path demoCitizenKey) {

    /** Port on which the process answers; the gateway's is the one seen from outside. */
    public int port(Component component) {
        return component == Component.GATEWAY ? options.port() : internal(component);
    }

    /** Port on which health is asked: the gateway's outside port shows nothing of itself. */
    public int healthPort(Component component) {
        return internal(component);
    }

    public String outsideUrl() {
        return "http://localhost:" + options.port();
    }

    public Map<String, String> of(Component component) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("SPRING_PROFILES_ACTIVE", "development");
        all.put("MALLOC_ARENA_MAX", "2");
        all.put("SERVER_PORT", Integer.toString(port(component)));
        all.put("SERVER_ADDRESS", component == Component.GATEWAY ? options.bind() : "127.0.0.1");
        all.put("OIDC_ISSUER", outsideUrl());
        all.put("OIDC_JWKS_URI", url(Component.IDENTITY) + "/oauth2/jwks");
        all.put("DEMO_DATA", Boolean.toString(options.demoData()));
        all.put("DEV_CLOCK_FILE", data.clockOffset().toString());
        all.put("DATA_DIR", data.files(component).toString());
        for (Component other : Component.values()) {
            if (other != component && other != Component.GATEWAY) {
                all.put(other.urlVariable(), url(other));
            }
        }
        if (component.ownsDatabase()) {
            all.putAll(database(component));
        } else {
            all.put("MANAGEMENT_PORT", Integer.toString(internal(component)));
            all.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        }
        if (component == Component.GATEWAY) {
            all.putAll(pages());
        }
        if (component == Component.IDENTITY) {
            all.put("IDENTITY_KEY_SECRET", secrets.signingKeySecret());
        }
        if (component == Component.ELDERCARE) {
            // the citizen of the pages files for made-up people, and nobody vouches for his number
            all.put("ID_NUMBER_PROOF", "if-told");
        }
        if (component == Component.POLICY && !options.demoData()) {
            all.put("POLICY_DIGEST", "false");
        }
        if (component == Component.POLICY && options.gazette() != null) {
            all.put("GAZETTE_FILE", options.gazette().toString());
        }
        all.putAll(options.settings());
        return all;
    }

    /** The citizen pages show the demonstration's citizen; elsewhere they have no token unless somebody sets one. */
    private Map<String, String> pages() {
        return Map.of("PAGES_CLIENT_ID", "demo-app", "PAGES_CLIENT_SECRET", "demo-app-secret",
                "PAGES_DEMO_CITIZEN_KEY", demoCitizenKey.toString());
    }

    private Map<String, String> database(Component owner) {
        return Map.of("DB_HOST", "127.0.0.1", "DB_PORT", Integer.toString(postgresPort), "DB_NAME", owner.shortName(),
                "DB_USER", owner.shortName(), "DB_PASSWORD", secrets.databasePassword(owner), "PII_KEYS",
                "k1:" + secrets.fieldKey(owner), "PII_INDEX_KEY", secrets.indexKey(owner));
    }

    private String url(Component component) {
        return "http://127.0.0.1:" + internal(component);
    }

    private int internal(Component component) {
        Integer port = ports.get(component);
        if (port == null) {
            throw new IllegalArgumentException("no port for " + component);
        }
        return port;
    }
}
