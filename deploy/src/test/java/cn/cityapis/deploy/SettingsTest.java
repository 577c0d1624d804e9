package cn.cityapis.deploy;

import static cn.cityapis.deploy.Manifests.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Compose and Kubernetes start the same jars: with the same settings, which are those that the jars ask for. */
@SuppressWarnings("unchecked")
class SettingsTest {

    private static final Pattern WITHOUT_DEFAULT = Pattern.compile("\\$\\{([A-Z_]+):}");
    /** A city's choice, off unless set: where it is set differs. */
    private static final Pattern OPTIONAL = Pattern
            .compile("REDIS_(URL|PASSWORD)|GATEWAYS|TRUSTED_PROXIES|CORS_ORIGINS|MOST_IN_FLIGHT|PAGES_.*");
    private static final Pattern ANY = Pattern.compile("\\$\\{([A-Z][A-Z_]+)");

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "identity", "policy", "eldercare", "subsidy", "pharmacy"})
    void composeAndKubernetesSetTheSame(String app) {
        Map<String, String> compose = compose(app);
        Map<String, Object> kubernetes = Manifests.environment(app);
        compose.keySet().removeIf(OPTIONAL.asMatchPredicate());
        assertThat(kubernetes.keySet()).isEqualTo(compose.keySet());
        kubernetes.forEach((name, value) -> {
            if (value instanceof String plain && !name.equals("DB_HOST")) {
                assertThat(plain).as(name).isEqualTo(compose.get(name));
            }
        });
        if (!app.equals("gateway")) {
            assertThat(kubernetes.get("DB_HOST")).isEqualTo(app + "-db-rw");
        }
    }

    @ParameterizedTest
    @CsvSource({"gateway,gateway", "identity,identity", "policy,policy-service", "eldercare,eldercare-service",
            "subsidy,subsidy-service", "pharmacy,pharmacy-service"})
    void whatHasNoDefaultIsSetAndWhatIsSetIsRead(String app, String module) throws IOException {
        String own = Project.text(module + "/src/main/resources/application.yml");
        boolean onPlatform = own.contains("classpath:platform.yml");
        Set<String> required = onPlatform
                ? names(WITHOUT_DEFAULT, Project.text("platform/src/main/resources/platform.yml"))
                : names(WITHOUT_DEFAULT, own);
        required.removeIf(OPTIONAL.asMatchPredicate());
        assertThat(required).hasSizeGreaterThan(3);
        assertThat(compose(app).keySet()).containsAll(required);
        assertThat(Manifests.environment(app).keySet()).containsAll(required);

        Set<String> read = names(ANY, own + (onPlatform
                ? Project.text("platform/src/main/resources/platform.yml")
                : ""));
        assertThat(compose(app).keySet().stream().filter(name -> !name.startsWith("SPRING_"))).isSubsetOf(read);
    }

    @Test
    void aSecretIsNeverWrittenOut() {
        for (Map<String, Object> deployment : deployments()) {
            for (Object container : (List<Object>) at(deployment, "spec", "template", "spec", "containers")) {
                for (Object variable : (List<Object>) ((Map<String, Object>) container).getOrDefault("env",
                        List.of())) {
                    if (((String) at(variable, "name")).matches(".*(PASSWORD|KEYS?|SECRET)")) {
                        assertThat(at(variable, "valueFrom", "secretKeyRef", "name")).as(variable.toString())
                                .isNotNull();
                    }
                }
            }
        }
        assertThat(Manifests.objects()).noneMatch(object -> object.get("kind").equals("Secret"));
    }

    @Test
    void newSecretsMakesEverySecretThatIsReferredTo() {
        Shell.Result made = Shell.run(Manifests.FOLDER, "./new-secrets");
        assertThat(made.exit()).as(made.said()).isZero();
        Map<String, String> values = new TreeMap<>();
        new Yaml().loadAll(made.said()).forEach(secret -> {
            KubernetesModel.validate((Map<String, Object>) secret);
            ((Map<String, String>) at(secret, "stringData"))
                    .forEach((key, value) -> values.put(at(secret, "metadata", "name") + "/" + key, value));
        });
        Set<String> wanted = deployments().stream().map(Object::toString)
                .flatMap(text -> Pattern.compile("secretKeyRef=\\{name=([\\w-]+), key=([\\w-]+)}").matcher(text)
                        .results().map(ref -> ref.group(1) + "/" + ref.group(2)))
                // the operator of the databases makes these; OpenSearch's belong to its own cluster
                .filter(ref -> !ref.matches(".*-db-app/password|opensearch/.*"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(values.keySet()).isEqualTo(wanted);
        assertThat(values.get("policy-keys/PII_KEYS")).matches("k1:[0-9a-f]{32}");
        assertThat(values.get("identity-keys/IDENTITY_KEY_SECRET")).matches("[0-9a-f]{64}");
        assertThat(new TreeSet<>(values.values())).hasSameSizeAs(values.keySet());
    }

    @Test
    void theImagesAreThoseThatComposeBuilds() throws IOException {
        Set<String> built = ((Map<String, Map<String, Object>>) at(Project.yaml("docker-compose.yml"), "services"))
                .values().stream().filter(service -> service.containsKey("build"))
                .map(service -> (String) service.get("image")).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(Manifests.FOLDER.resolve("base"))) {
            assertThat(files.map(Project::yaml).flatMap(List::stream).filter(o -> "Deployment".equals(at(o, "kind")))
                    .map(o -> at(o, "spec", "template", "spec", "containers", 0, "image")).map(String.class::cast)
                    .collect(Collectors.toSet())).isEqualTo(built);
        }
    }

    private static List<Map<String, Object>> deployments() {
        return Manifests.objects().stream().filter(object -> object.get("kind").equals("Deployment")).toList();
    }

    /** As Compose gives it without an env file: variables of the operator are left as the name that they have. */
    private static Map<String, String> compose(String app) {
        Map<String, String> environment = new LinkedHashMap<>();
        ((Map<String, Object>) at(Project.yaml("docker-compose.yml"), "services", app, "environment"))
                .forEach((name, value) -> environment.put(name,
                        Pattern.compile("\\$\\{\\w+:-([^}]*)}").matcher(value.toString())
                                .replaceAll(variable -> variable.group(1))));
        return environment;
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult name) -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
