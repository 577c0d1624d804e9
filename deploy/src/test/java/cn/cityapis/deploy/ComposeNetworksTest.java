package cn.cityapis.deploy;

import static cn.cityapis.deploy.Manifests.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who is connected with what in docker-compose.yml. */
@SuppressWarnings("unchecked")
class ComposeNetworksTest {

    private final Map<String, Map<String, Object>> services = (Map<String, Map<String, Object>>) at(
            Project.yaml("docker-compose.yml"), "services");

    /** Webhooks leave for the internet; from a network that is internal nothing does. */
    @Test
    void whoMayReachTheInternetOnKubernetesCanOnCompose() {
        assertThat(services.keySet().stream().filter(name -> !name.equals("gateway")).filter(this::getsOut))
                .containsExactlyInAnyOrderElementsOf(allowedOutOnKubernetes())
                .contains("policy", "eldercare", "subsidy", "pharmacy");
    }

    @Test
    void whereTheDatabasesAreNothingLeadsOut() {
        assertThat(getsOut("postgres")).isFalse();
        assertThat((List<String>) services.get("gateway").get("networks")).doesNotContain("storage");
    }

    private boolean getsOut(String service) {
        return ((List<String>) services.get(service).getOrDefault("networks", List.of("default"))).stream()
                .anyMatch(network -> !Boolean.TRUE
                        .equals(at(Project.yaml("docker-compose.yml"), "networks", network, "internal")));
    }

    private Set<String> allowedOutOnKubernetes() {
        return Manifests.objects().stream().filter(object -> object.get("kind").equals("NetworkPolicy"))
                .filter(policy -> String.valueOf(at(policy, "spec", "egress")).contains("cidr=0.0.0.0/0"))
                .map(policy -> (String) at(policy, "metadata", "name"))
                // what a component opens besides is a city's choice, as a file laid over Compose's is
                .filter(services::containsKey).collect(Collectors.toCollection(TreeSet::new));
    }
}
