package cn.cityapis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder.BCryptVersion;

/** The example of a city's clients, with a secret encoded as htpasswd does it: docs/operation/runbook.md, Add a partner. */
class FirstAdministratorTest {

    private static final String SECRET = "5e".repeat(32);

    @TempDir
    private Path folder;

    @Test
    void theFirstAdministratorAddsTheNext() throws IOException {
        BCryptPasswordEncoder htpasswd = new BCryptPasswordEncoder(BCryptVersion.$2Y, 12);
        Files.writeString(folder.resolve("application.yml"),
                Files.readString(Path.of("../deploy/compose/identity/application.yml.example"))
                        .replaceFirst("(?<=\")\\{bcrypt}…",
                                Matcher.quoteReplacement("{bcrypt}" + htpasswd.encode(SECRET)))
                        .replace("\"{bcrypt}…", "\"{bcrypt}" + htpasswd.encode("another")));
        try (RunningIdentity identity = RunningIdentity.start(TestDatabase.create(), Map.of("OIDC_ISSUER",
                "https://city.test", "IDENTITY_KEY_SECRET", "a1".repeat(32), "ID_NUMBER_KEYS",
                "k1:" + "b2".repeat(32), "spring.config.additional-location", "file:" + folder + "/"))) {
            String token = identity.token("first-administrator", SECRET,
                    Map.of("grant_type", "client_credentials", "scope", "identity.admin")).body().get("access_token")
                    .asString();
            RunningIdentity.Answer made = new Management(identity, token).post("/clients",
                    "{\"clientId\":\"hospital-1\",\"name\":\"医院集团\",\"authentication\":\"secret\",\"scopes\":[\"pharmacy.read\"]}");
            assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
            assertThat(identity.token("hospital-1", made.body().get("secret").asString(),
                    Map.of("grant_type", "client_credentials")).body().get("scope").asString())
                    .isEqualTo("pharmacy.read");
        }
    }
}
