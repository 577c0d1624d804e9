package cn.cityapis.deploy;

import static cn.cityapis.deploy.Manifests.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What {@code deploy/kubernetes/restore} writes hangs together; no test here has a cluster. */
@SuppressWarnings("unchecked")
class RestoreComponentTest {

    private static final String MOMENT = "2026-11-21T14:30:00+08:00";

    @TempDir
    private Path folder;

    private Shell.Result restore(String... arguments) {
        return Shell.run(folder, Stream.concat(
                Stream.of(Manifests.FOLDER.resolve("restore").toString()),
                Stream.of(arguments)).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "policy", "eldercare", "subsidy", "pharmacy"})
    void theNewClusterBeginsFromTheOldOneAndTheServiceFindsIt(String service) {
        String from = service + "-db";
        String to = service + "-db-2";
        Shell.Result made = restore(service, from, to, MOMENT, "restored");
        assertThat(made.exit()).as(made.said()).isZero();

        List<Object> database = Project.yaml(folder.resolve("restored/database.yaml"));
        assertThat(database).hasSize(2).allSatisfy(object -> {
            KubernetesModel.validate((Map<String, Object>) object);
            assertThat((String) at(object, "metadata", "name")).isEqualTo(to);
        });
        Object before = Manifests.of("Cluster", from);
        Object cluster = database.get(0);
        assertThat((Map<String, Object>) at(cluster, "spec", "bootstrap")).containsOnlyKeys("recovery");
        assertThat((Object) at(cluster, "spec", "bootstrap", "recovery")).isEqualTo(Map.of("source", from, "database",
                service, "owner", service, "recoveryTarget", Map.of("targetTime", MOMENT)));
        assertThat((Object) at(cluster, "spec", "externalClusters", 0, "name")).isEqualTo(from);
        assertThat((Object) at(cluster, "spec", "externalClusters", 0, "plugin", "parameters"))
                .isEqualTo(Map.of("barmanObjectName", "backup-store", "serverName", from));
        for (String same : List.of("instances", "imageName", "postgresql", "storage", "walStorage", "resources")) {
            assertThat((Object) at(cluster, "spec", same)).as(same).isEqualTo(at(before, "spec", same));
        }
        String policy = database.get(1).toString();
        assertThat(policy).contains("cnpg.io/cluster=" + to, "app.kubernetes.io/name=" + service)
                .doesNotContain("cnpg.io/cluster=" + from + "}");
        assertThat(policy.replace(to, from)).isEqualTo(Manifests.of("NetworkPolicy", from).toString());

        Map<String, Object> component = (Map<String, Object>) Project
                .yaml(folder.resolve("restored/kustomization.yaml"))
                .get(0);
        List<Object> patches = (List<Object>) component.get("patches");
        Object deployment = new Yaml().load((String) at(patches.get(0), "patch"));
        assertThat((Object) at(deployment, "metadata", "name")).isEqualTo(service);
        assertThat((Object) at(deployment, "spec", "template", "spec", "containers", 0, "name"))
                .isEqualTo(Manifests.container(service).get("name"));
        assertThat(Manifests.environment(service)).containsKeys("DB_HOST", "DB_PASSWORD");
        assertThat(deployment.toString()).contains("{name=DB_HOST, value=" + to + "-rw}", "name=" + to + "-app");
        assertThat(at(patches.get(1), "patch").toString()).contains("cnpg.io/cluster: " + to);
        assertThat((Object) at(Manifests.of("NetworkPolicy", service), "spec", "egress")).isInstanceOf(List.class);

        Object backup = Project.yaml(folder.resolve("restored/backup.yaml")).get(0);
        assertThat((Object) at(backup, "spec", "cluster", "name")).isEqualTo(to);
        assertThat((Object) at(backup, "spec", "schedule"))
                .isEqualTo(at(Manifests.of("ScheduledBackup", from), "spec", "schedule"));
    }

    @Test
    void whatWouldHarmTheOldClusterOrMeansNothingIsRefused() {
        for (List<String> wrong : List.of(List.of("subsidy", "subsidy-db", "subsidy-db", MOMENT, "x"),
                List.of("nothing", "nothing-db", "nothing-db-2", MOMENT, "x"),
                List.of("subsidy", "subsidy-db", "subsidy-db-2", "2026-11-21 14:30", "x"),
                List.of("subsidy", "subsidy-db", "Subsidy_2", MOMENT, "x"), List.of("subsidy"))) {
            assertThat(restore(wrong.toArray(String[]::new)).exit()).as(wrong.toString()).isEqualTo(2);
            assertThat(folder.resolve("x")).doesNotExist();
        }
        assertThat(restore("subsidy", "subsidy-db", "subsidy-db-2", MOMENT, "y").exit()).isZero();
        assertThat(restore("subsidy", "subsidy-db", "subsidy-db-3", MOMENT, "y").exit()).isEqualTo(2);
    }
}
