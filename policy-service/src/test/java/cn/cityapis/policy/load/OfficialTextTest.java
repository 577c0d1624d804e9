package cn.cityapis.policy.load;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.policy.Gazettes;
import cn.cityapis.policy.Policy;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The real issue takes the place of the digest, where it is there. */
// the second property keeps this database apart from that of other tests
@ServiceTest(properties = {"policy.digest=true", "policy.gazette-file="})
class OfficialTextTest {

    @LocalServerPort
    int port;

    @Test
    void replacesTheDigestAsSoonAsItIsLoaded() {
        String official = Gazettes.official();
        Policy policy = new Policy(port);
        policy.search("老年人能力评估费用", answer -> answer.at("/items/0/sourceKind").asString("").equals("digest"));
        JsonNode load = policy.load(official);
        assertThat(load.at("/progress/documentsStored").asInt()).isEqualTo(15);
        JsonNode best = policy
                .search("老年人能力评估费用", answer -> answer.at("/items/0/sourceKind").asString("").equals("official"))
                .at("/items/0");
        assertThat(best.get("number").asString()).isEqualTo("威民发〔2023〕17号");
        assertThat(best.at("/articles/0/key").asString()).isEqualTo("19");
        JsonNode document = policy.get("/api/policy/v1/documents/by-number/威民发〔2023〕17号");
        assertThat(document.get("sourceKind").asString()).isEqualTo("official");
        assertThat(document.get("versions").findValuesAsString("sourceKind")).containsExactly("digest", "official");
        assertThat(policy.load(official).at("/progress/documentsUnchanged").asInt()).isEqualTo(15);
    }
}
