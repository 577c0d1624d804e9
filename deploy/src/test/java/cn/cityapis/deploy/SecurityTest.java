package cn.cityapis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/security.md against the databases, and the repository against secrets. */
class SecurityTest {

    /** Whatever is sealed or hashed, and names under which people and what is known of them are kept. */
    private static final Pattern OF_PEOPLE = Pattern
            .compile(".*(masked|sealed|person|facts|owner|recipient|applicant_).*|.*subject|sub|external_id|assessor");
    private static final Pattern NAMED = Pattern.compile("`((?:platform|identity|policy|eldercare|subsidy|pharmacy)"
            + "\\.\\w+\\.\\w+)`");

    @Test
    void theDataMapNamesEveryColumnThatMayHoldPersonalDataAndNoOther() {
        List<DatabaseColumns.Column> columns = DatabaseColumns.all();
        assertThat(columns).hasSizeGreaterThan(500);
        Set<String> wanted = columns.stream()
                .filter(column -> column.type().equalsIgnoreCase("bytea") || OF_PEOPLE.matcher(column.name()).matches())
                .map(DatabaseColumns.Column::path).collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = NAMED.matcher(Project.text("docs/security.md")).results().map(path -> path.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).containsAll(wanted);
        assertThat(columns.stream().map(DatabaseColumns.Column::path).collect(Collectors.toSet())).containsAll(named);
    }

    /** Or a key could never be retired. */
    @Test
    void everySealedColumnIsToldToWhoSealsAnew() {
        String told = Stream.of("platform/src/main/java/cn/cityapis/platform/web/Idempotency.java",
                "platform/src/main/java/cn/cityapis/platform/webhooks/WebhookConfiguration.java",
                "eldercare-service/src/main/java/cn/cityapis/eldercare/EldercareApplication.java",
                "subsidy-service/src/main/java/cn/cityapis/subsidy/SubsidyApplication.java")
                .map(Project::text).collect(Collectors.joining());
        List<String> sealed = Project.text("docs/security.md").lines().filter(line -> line.contains("| SM4-GCM |"))
                .flatMap(line -> NAMED.matcher(line).results().map(path -> path.group(1))).toList();
        assertThat(sealed).hasSizeGreaterThan(18);
        assertThat(sealed).allSatisfy(path -> {
            String[] names = path.split("\\.", -1);
            assertThat(told).contains("(\"" + names[1] + "\", \"" + names[2] + "\"");
        });
    }

    @Test
    void noSecretLiesInTheRepository() {
        List<String> found = new ArrayList<>();
        List<String> files = SecretScan.files();
        assertThat(files).hasSizeGreaterThan(1000);
        for (String file : files) {
            found.addAll(SecretScan.in(file));
        }
        assertThat(found).as("secrets in committed files; what is public on purpose: SecretScan.PUBLIC").isEmpty();
    }

    @Test
    void whatIsPublicOnPurposeIsStillThere() {
        assertThat(SecretScan.PUBLIC).allSatisfy((file, why) -> assertThat(Project.ROOT.resolve(file)).exists());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-----BEGIN PRIVATE" + " KEY-----", "-----BEGIN RSA PRIVATE" + " KEY-----",
            "password: \"hJ8" + "kLm2Qx9vB4nT7wZ1c\"", "api_key = 'AKIA" + "J5Q7XN3WVL2ODRTM'",
            "PII_INDEX_KEY=" + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "token: eyJhbGciOi" + "JSUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJlLW9mLWl0"})
    void aSecretIsSeen(String line) {
        assertThat(SecretScan.suspicious(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_PASSWORD: ${POLICY_DB_PASSWORD:?set it in the env file}", "secret: demo-app-secret",
            "String password = secrets.databasePassword(owner);", "key: app.kubernetes.io/name, operator: In",
            "password(\"0123456789abcdef0123456789abcdef\")", "\"-----BEGIN PRIVATE KEY-----\\n\" + generated"})
    void whatOnlySpeaksOfSecretsIsNone(String line) {
        assertThat(SecretScan.suspicious(line)).isFalse();
    }
}
