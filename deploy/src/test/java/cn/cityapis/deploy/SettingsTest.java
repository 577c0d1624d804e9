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

    private static final List<String> APPS = List.of("gateway", "identity", "policy", "eldercare", "subsidy",
            "pharmacy");
    private static final Pattern WITHOUT_DEFAULT = Pattern.compile("\\$\\{([A-Z_]+):}");
    /** A city's choice, off unless set: where it is set differs. */
    private static final Pattern OPTIONAL = Pattern
            .compile("REDIS_(URL|PASSWORD)|GATEWAYS|CORS_ORIGINS|MOST_IN_FLIGHT|PAGES_.*");
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

    /** A file that lists its variables passes on nothing else from the env file. */
    @Test
    void whatTheRunbookSaysToSetReachesTheContainers() {
        Set<String> read = names(ANY, Project.text("gateway/src/main/resources/application.yml")
                + Project.text("identity/src/main/resources/application.yml")
                + Project.text("platform/src/main/resources/platform.yml"));
        Set<String> told = Pattern.compile("`([A-Z][A-Z_]+)`").matcher(Project.text("docs/operation/runbook.md"))
                .results().map(name -> name.group(1)).filter(read::contains)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).contains("RATE_LIMIT_BURST", "DB_POOL_SIZE");
        String image = Project.text("deploy/Dockerfile");
        told.removeIf(name -> image.contains(name + "=") || OPTIONAL.matcher(name).matches());
        assertThat(APPS.stream().flatMap(app -> compose(app).keySet().stream())).containsAll(told);
        assertThat(APPS.stream().flatMap(app -> Manifests.environment(app).keySet().stream())).containsAll(told);
    }

    @Test
    void theExampleOfAnEnvFileNamesEveryVariableWithItsDefault() {
        String example = Project.text("deploy/compose/env.example");
        Pattern.compile("\\$\\{(\\w+):-([^}]*)}").matcher(Project.text("docker-compose.yml")).results()
                .forEach(variable -> assertThat(example).containsPattern(
                        "(?m)^(# )?" + variable.group(1) + "=" + Pattern.quote(variable.group(2)) + "$"));
    }

    /** Behind an ingress that is not believed all users are one address. */
    @Test
    void aSiteWithAnIngressSaysWhomTheGatewayBelieves() {
        Map<String, Object> site = Manifests.read(Manifests.FOLDER.resolve("site/kustomization.yaml"));
        assertThat(site.get("resources").toString()).contains("ingress.yaml");
        assertThat(site.get("patches").toString()).containsPattern("path: /data/TRUSTED_PROXIES\\s+value: \\d");
        assertThat(((Map<String, String>) Manifests.of("ConfigMap", "settings").get("data")))
                .containsKey("TRUSTED_PROXIES");
    }

    @Test
    void severalGatewaysCountTogetherAndKnowHowManyTheyMayBecome() {
        assertThat(Manifests.read(Manifests.FOLDER.resolve("site/kustomization.yaml")).get("components").toString())
                .contains("../components/redis");
        String most = String.valueOf((Object) at(Manifests.of("HorizontalPodAutoscaler", "gateway"), "spec",
                "maxReplicas"));
        List<Object> gateways = Manifests.objects().stream()
                .filter(object -> object.get("kind").equals("Deployment")
                        && "gateway".equals(at(object, "metadata", "name")))
                .map(object -> at(object, "spec", "template", "spec", "containers", 0, "env"))
                .filter(environment -> environment.toString().contains("REDIS_URL")).toList();
        assertThat(gateways).hasSize(1).first().asString().contains("{name=GATEWAYS, value=" + most + "}");
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
        assertThat(values.get("id-number-keys/ID_NUMBER_KEYS")).matches("k1:[0-9a-f]{64}");
        assertThat(new TreeSet<>(values.values())).hasSameSizeAs(values.keySet());
    }

    @Test
    void theImagesAreThoseThatComposeBuilds() throws IOException {
        Set<String> built = ((Map<String, Map<String, Object>>) at(Project.yaml("docker-compose.yml"), "services"))
                .values().stream().filter(service -> service.containsKey("build"))
                .map(service -> ((String) service.get("image")).replace(":${VERSION:?set it in the env file}", ""))
                .collect(Collectors.toSet());
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
