package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.policy.Gazettes;
import cn.cityapis.policy.Policy;
import cn.cityapis.policy.PolicyApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
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
        try (ConfigurableApplicationContext second = start(folder)) {
            Policy other = policy(second);
            first.load(Gazettes.digest());
            assertThat(items(other, "威金监发〔2023〕25号", "养老机构轮候")).isEqualTo(items(first, "威金监发〔2023〕25号", "养老机构轮候"));
            other.load(Gazettes.madeUp());
            assertThat(items(first, "海政字〔2031〕20号", "社区食堂")).isEqualTo(items(other, "海政字〔2031〕20号", "社区食堂"));
        }
        first.load("海岚市民政局\n关于停机的通知\n海民发〔2031〕99号\n各区民政局：\n第一条 停机时也要亮灯。\n海岚市民政局\n2031年5月1日\n");
        try (ConfigurableApplicationContext again = start(folder)) {
            assertThat(items(policy(again), "海民发〔2031〕99号", "停机时也要亮灯"))
                    .isEqualTo(items(first, "海民发〔2031〕99号", "停机时也要亮灯"));
        }
        try (ConfigurableApplicationContext fresh = start(folder.resolve("deleted"))) {
            assertThat(items(policy(fresh), "海民发〔2031〕99号", "社区食堂")).isEqualTo(items(first, "海民发〔2031〕99号", "社区食堂"));
        }
    }

    /** What a search answers once the last document that was loaded is found. */
    private static JsonNode items(Policy policy, String last, String query) {
        policy.search(last, found -> last.equals(found.at("/items/0/number").asString("")));
        return policy.get("/api/policy/v1/documents?q={q}", query).get("items");
    }

    private static Policy policy(ConfigurableApplicationContext context) {
        return new Policy(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    private ConfigurableApplicationContext start(Path data) {
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=0", "--DATA_DIR=" + data, "--policy.digest=false"));
        for (String name : List.of("DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD", "OIDC_ISSUER",
                "OIDC_JWKS_URI")) {
            arguments.add("--" + name + "=" + environment.getRequiredProperty(name));
        }
        return new SpringApplicationBuilder(PolicyApplication.class).profiles("development")
                .run(arguments.toArray(String[]::new));
    }
}
