package cn.cityapis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard asks for series that the gateway really writes. */
class DashboardTest {

    private static final Pattern SERIES = Pattern.compile("\\b((?:gateway|resilience4j)_\\w+)");

    @Test
    void everySeriesOfItIsWritten() throws IOException {
        JsonNode dashboard = new JsonMapper()
                .readTree(Files.readString(Path.of("../deploy/grafana/gateway.json")));
        List<String> queries = dashboard.get("panels").valueStream()
                .flatMap(panel -> panel.get("targets").valueStream()).map(target -> target.get("expr").asString())
                .toList();
        Set<String> wanted = queries.stream().flatMap(query -> SERIES.matcher(query).results())
                .map(series -> series.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertThat(wanted).hasSizeGreaterThan(7);
        try (RunningGateway gateway = RunningGateway.start(Map.of("RATE_LIMIT_BURST", 2, "RATE_LIMIT_PER_SECOND", 1,
                "REDIS_URL", "redis://127.0.0.1:1"))) {
            gateway.service("policy").breakOff(1);
            for (int i = 0; i < 5; i++) {
                gateway.authorized("/api/policy/v1/x");
                gateway.send(gateway.request("/nothing").POST(HttpRequest.BodyPublishers.noBody()));
            }
            assertThat(gateway.metrics().lines().map(line -> line.replaceFirst("[{ ].*", "")).toList())
                    .containsAll(wanted);
        }
    }
}
