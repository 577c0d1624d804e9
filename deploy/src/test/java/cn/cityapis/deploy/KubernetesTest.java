package cn.cityapis.deploy;

import static cn.cityapis.deploy.Manifests.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** deploy/kubernetes: valid by the API's own models, complete, and nothing but the gateway open to the outside. */
@SuppressWarnings("unchecked")
class KubernetesTest {

    @Test
    void everyObjectIsValid() {
        assertThat(Manifests.objects()).hasSizeGreaterThan(55).allSatisfy(KubernetesModel::validate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spec: {ports: [{prot: 8080}], selector: {a: b}}", "spec: {ports: [{port: many}]}",
            "spec: {ports: [{name: http}]}", "sepc: {}"})
    void whatIsNoServiceIsRefused(String wrong) {
        Map<String, Object> object = new Yaml().load("{apiVersion: v1, kind: Service, metadata: {name: x}}");
        KubernetesModel.validate(object);
        object.putAll(new Yaml().load(wrong));
        assertThatThrownBy(() -> KubernetesModel.validate(object)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyFileIsUsedAndEveryNameLeadsToAFile() {
        Set<Path> used = new HashSet<>();
        for (Path file : Manifests.kustomizations()) {
            Map<String, Object> kustomization = Manifests.read(file);
            assertThat(kustomization.keySet()).as(file.toString()).isSubsetOf("apiVersion", "kind", "namespace",
                    "resources", "components", "images", "patches");
            Stream.of("resources", "components")
                    .flatMap(key -> ((List<String>) kustomization.getOrDefault(key, List.of())).stream())
                    .map(name -> file.resolveSibling(name).normalize()).forEach(named -> {
                        assertThat(named).as("named in %s", file).exists();
                        used.add(Files.isDirectory(named) ? named.resolve("kustomization.yaml") : named);
                    });
        }
        assertThat(Manifests.files().stream().filter(file -> !used.contains(file))
                .map(file -> Manifests.FOLDER.relativize(file).toString()))
                // the site uses the others, or names them for those who want them
                .containsExactlyInAnyOrder("site/kustomization.yaml", "components/calendar/kustomization.yaml",
                        "components/city/kustomization.yaml",
                        "components/opensearch/kustomization.yaml", "components/wechat/kustomization.yaml");
    }

    @Test
    void everyPatchHasATarget() {
        for (Path file : Manifests.kustomizations()) {
            for (Object patch : (List<Object>) Manifests.read(file).getOrDefault("patches", List.of())) {
                String kind = (String) at(patch, "target", "kind");
                Object name = at(patch, "target", "name");
                assertThat(Manifests.objects()).as("%s in %s", patch, file).anySatisfy(object -> {
                    assertThat(object.get("kind")).isEqualTo(kind);
                    assertThat(name == null || name.equals(at(object, "metadata", "name"))).isTrue();
                });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "identity", "policy", "eldercare", "subsidy", "pharmacy"})
    void aReplicaIsAskedWhetherItLivesAndWhetherItIsReady(String app) {
        String port = app.equals("gateway") ? "management" : "http";
        Map<String, Object> container = Manifests.container(app);
        assertThat(at(container, "livenessProbe", "httpGet"))
                .isEqualTo(Map.of("path", "/actuator/health/liveness", "port", port));
        assertThat(at(container, "readinessProbe", "httpGet"))
                .isEqualTo(Map.of("path", "/actuator/health/readiness", "port", port));
        assertThat(at(container, "securityContext", "readOnlyRootFilesystem")).isEqualTo(true);
        assertThat(at(container, "resources", "limits", "memory")).isNotNull();
        assertThat(at(Manifests.of("Deployment", app), "spec", "strategy", "rollingUpdate", "maxUnavailable"))
                .isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "identity", "policy", "eldercare", "subsidy", "pharmacy"})
    void thereAreAlwaysTwoAndOneAtATimeMayGo(String app) {
        Object scaler = Manifests.of("HorizontalPodAutoscaler", app);
        assertThat((Integer) at(scaler, "spec", "minReplicas")).isGreaterThanOrEqualTo(2);
        assertThat(at(scaler, "spec", "scaleTargetRef", "name")).isEqualTo(app);
        assertThat(at(Manifests.of("PodDisruptionBudget", app), "spec", "maxUnavailable")).isEqualTo(1);
    }

    @Test
    void whatIsNotOpenedIsClosed() {
        Object shut = Manifests.of("NetworkPolicy", "default-deny");
        assertThat(at(shut, "spec", "podSelector")).isEqualTo(Map.of());
        assertThat(at(shut, "spec", "policyTypes")).isEqualTo(List.of("Ingress", "Egress"));
        assertThat(at(shut, "spec", "ingress")).isNull();
        List<Object> openToAll = Manifests.objects().stream()
                .filter(object -> object.get("kind").equals("NetworkPolicy"))
                .filter(policy -> at(policy, "spec", "ingress") instanceof List<?> rules
                        && rules.stream().anyMatch(rule -> at(rule, "from") == null))
                .map(policy -> at(policy, "metadata", "name")).toList();
        assertThat(openToAll).containsExactly("gateway");
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "policy", "eldercare", "subsidy", "pharmacy"})
    void aDatabaseBelongsToItsServiceAlone(String app) {
        Object cluster = Manifests.of("Cluster", app + "-db");
        assertThat(at(cluster, "spec", "bootstrap", "initdb", "database")).isEqualTo(app);
        assertThat(at(cluster, "spec", "bootstrap", "initdb", "owner")).isEqualTo(app);
        assertThat(at(cluster, "spec", "postgresql", "synchronous", "number")).isEqualTo(1);
        List<Map<String, Object>> rules = (List<Map<String, Object>>) at(Manifests.of("NetworkPolicy", app + "-db"),
                "spec", "ingress");
        assertThat(rules.toString()).contains("app.kubernetes.io/name=" + app + "}");
        assertThat(Stream.of("identity", "policy", "eldercare", "subsidy", "pharmacy", "gateway")
                .filter(other -> rules.toString().contains("app.kubernetes.io/name=" + other + "}")))
                .containsExactly(app);
    }
}
