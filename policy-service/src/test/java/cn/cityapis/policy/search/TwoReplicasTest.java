package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.policy.Gazettes;
import cn.cityapis.policy.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;

/** Two instances on one database, each with an index of its own. */
@ServiceTest(properties = {"policy.digest=false", "replica=first"})
class TwoReplicasTest {

    @LocalServerPort
    int port;
    @Autowired
    Environment environment;
    @TempDir
    Path folder;

    @Test
    void showTheSameAndBothCatchUpAfterDowntime() {
        Policy first = new Policy(port);
        try (Replica second = start(folder)) {
            Policy other = second.policy();
            first.load(Gazettes.digest());
            assertThat(items(other, "威金监发〔2023〕25号", "养老机构轮候")).isEqualTo(items(first, "威金监发〔2023〕25号", "养老机构轮候"));
            other.load(Gazettes.madeUp());
            assertThat(items(first, "海政字〔2031〕20号", "社区食堂")).isEqualTo(items(other, "海政字〔2031〕20号", "社区食堂"));
        }
        first.load("海岚市民政局\n关于停机的通知\n海民发〔2031〕99号\n各区民政局：\n第一条 停机时也要亮灯。\n海岚市民政局\n2031年5月1日\n");
        try (Replica again = start(folder)) {
            assertThat(items(again.policy(), "海民发〔2031〕99号", "停机时也要亮灯"))
                    .isEqualTo(items(first, "海民发〔2031〕99号", "停机时也要亮灯"));
        }
        try (Replica fresh = start(folder.resolve("deleted"))) {
            assertThat(items(fresh.policy(), "海民发〔2031〕99号", "社区食堂")).isEqualTo(items(first, "海民发〔2031〕99号", "社区食堂"));
        }
    }

    /** What a search answers once the last document that was loaded is found. */
    private static JsonNode items(Policy policy, String last, String query) {
        policy.search(last, found -> last.equals(found.at("/items/0/number").asString("")));
        return policy.get("/api/policy/v1/documents?q={q}", query).get("items");
    }

    private Replica start(Path data) {
        List<String> settings = new ArrayList<>(List.of("--policy.digest=false"));
        for (String name : List.of("DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD")) {
            settings.add("--" + name + "=" + environment.getRequiredProperty(name));
        }
        return Replica.start(data, settings);
    }
}
