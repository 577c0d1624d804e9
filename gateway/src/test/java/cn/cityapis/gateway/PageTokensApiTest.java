package cn.cityapis.gateway;

import static cn.cityapis.gateway.ProblemAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.gateway.settings.SettingException;
import cn.cityapis.platform.test.Tokens;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages are given to ask the services with: nothing unless it is configured, and then only reading. */
class PageTokensApiTest {

    private static final Map<String, Object> CONFIGURED = Map.of("PAGES_CLIENT_ID", "pages", "PAGES_CLIENT_SECRET",
            "very-secret", "PAGES_TILES", "https://tiles.test:8443/{z}/{x}/{y}.png");
    private static final String[] READING = {"policy.read", "eldercare.read", "subsidy.read", "pharmacy.read"};

    private static HttpResponse<String> post(RunningGateway gateway, String path) {
        return gateway.send(gateway.request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static void issues(RunningGateway gateway, Tokens token) {
        gateway.service("identity").answer("/oauth2/token", "{\"access_token\":\"" + token.token() + "\"}");
    }

    @Test
    void oneTokenForReadingServesAllVisitorsAndTheSecretStaysInside() {
        try (RunningGateway gateway = RunningGateway.start(CONFIGURED)) {
            issues(gateway, Tokens.client("pages").scopes(READING));
            HttpResponse<String> first = post(gateway, "/pages/token");
            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
            assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(first.body()).doesNotContain("very-secret").contains("\"demo\":false", "expiresAt");
            String token = RunningGateway.json(first).get("accessToken").asString();
            assertThat(gateway.send(gateway.request("/api/policy/v1/documents").header("Authorization",
                    "Bearer " + token).GET()).statusCode()).isEqualTo(200);
            assertThat(RunningGateway.json(post(gateway, "/pages/token")).get("accessToken").asString())
                    .isEqualTo(token);
            assertThat(gateway.service("identity").seen()).hasSize(1);
            assertThat(gateway.service("identity").last().start()).contains("grant_type=client_credentials",
                    "policy.read", "pharmacy.read").doesNotContain("apply", "decide", "admin");
            anotherSitesPageGetsNothing(gateway);
            onlyTheTilesOfTheSettingsMayBeLoadedFromElsewhere(gateway);
        }
    }

    private static void anotherSitesPageGetsNothing(RunningGateway gateway) {
        for (String site : new String[]{"cross-site", "same-site", "none"}) {
            refused(gateway.send(gateway.request("/pages/token").header("Sec-Fetch-Site", site)
                    .POST(HttpRequest.BodyPublishers.noBody())), 404, "not-found");
        }
        assertThat(gateway.send(gateway.request("/pages/token").header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.noBody())).statusCode()).isEqualTo(200);
    }

    private static void onlyTheTilesOfTheSettingsMayBeLoadedFromElsewhere(RunningGateway gateway) {
        assertThat(gateway.get("/medicine").headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("img-src 'self' data: https://tiles.test:8443;", "script-src 'self';");
        assertThat(gateway.get("/pages/settings").body()).contains("https://tiles.test:8443/{z}/{x}/{y}.png");
    }

    @Test
    void aTokenThatCanDoMoreIsNotHandedOutAndWithoutTheIdentityServerItSaysLater() {
        try (RunningGateway gateway = RunningGateway.start(CONFIGURED)) {
            gateway.service("identity").answer("/oauth2/token", "{\"error\":\"server_error\"}");
            HttpResponse<String> later = post(gateway, "/pages/token");
            refused(later, 503, "unavailable");
            assertThat(later.headers().firstValue("Retry-After")).isPresent();
            issues(gateway, Tokens.operator("officer", "371000", "city").scopes(READING));
            refused(post(gateway, "/pages/token"), 503, "unavailable");
            issues(gateway, Tokens.client("pages").scopes("policy.read", "policy.admin"));
            refused(post(gateway, "/pages/token"), 503, "unavailable");
            issues(gateway, Tokens.client("pages").scopes(READING));
            assertThat(post(gateway, "/pages/token").statusCode()).as("a refusal is not kept").isEqualTo(200);
        }
    }

    @Test
    void theDemonstrationCitizenIsKnownInDevelopmentOnly(@TempDir Path folder) throws Exception {
        Map<String, Object> demo = Map.of("PAGES_CLIENT_ID", "pages", "PAGES_CLIENT_SECRET", "s",
                "PAGES_DEMO_CITIZEN_KEY", key(folder));
        assertThatThrownBy(() -> RunningGateway.start(demo).close()).hasRootCauseInstanceOf(SettingException.class)
                .rootCause().hasMessageContaining("PAGES_DEMO_CITIZEN_KEY");
        try (RunningGateway gateway = RunningGateway.start(
                Map.of("PAGES_CLIENT_ID", "pages", "PAGES_CLIENT_SECRET", "s", "PAGES_DEMO_CITIZEN_KEY", key(folder),
                        "spring.profiles.active", "development"))) {
            issues(gateway, Tokens.citizen("demo-citizen").scopes("eldercare.read", "eldercare.apply"));
            HttpResponse<String> answer = post(gateway, "/pages/demo-citizen-token");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"demo\":true");
            assertThat(gateway.service("identity").last().start()).contains("token-exchange", "subject_token=ey");
        }
    }

    private static String key(Path folder) throws GeneralSecurityException, IOException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(256);
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return Files.writeString(folder.resolve("key.pem"), pem).toString();
    }
}
