package cn.cityapis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is laid over docker-compose.yml fits it. */
@SuppressWarnings("unchecked")
class ComposeOverridesTest {

    @ParameterizedTest
    @ValueSource(strings = {"deploy/compose/backup.yml", "deploy/compose/calendar.yml",
            "deploy/compose/heap-dump.yml", "deploy/compose/wechat.yml",
            "deploy/prometheus/compose.yml"})
    void namesWhatIsThereOrBringsItAlong(String file) {
        Map<String, Object> base = (Map<String, Object>) Project.yaml("docker-compose.yml");
        Map<String, Object> over = (Map<String, Object>) Project.yaml(file);
        Set<String> known = ((Map<String, Object>) base.get("services")).keySet();
        ((Map<String, Map<String, Object>>) over.get("services")).forEach((name, service) -> {
            assertThat(known.contains(name) || service.containsKey("image")).as("%s in %s", name, file).isTrue();
            for (String network : (List<String>) service.getOrDefault("networks", List.of())) {
                assertThat((Map<String, Object>) base.get("networks")).containsKey(network);
            }
            for (String volume : (List<String>) service.getOrDefault("volumes", List.of())) {
                fits(volume.split(":", -1)[0], base, over, file);
            }
        });
    }

    private static void fits(String source, Map<String, Object> base, Map<String, Object> over, String file) {
        if (source.startsWith("./")) {
            // paths are those of the first file's folder; the calendar is made by the runbook
            assertThat(source.equals("./deploy/compose/calendar")
                    || Project.ROOT.resolve(source.substring(2)).toFile().exists()).as("%s in %s", source, file)
                    .isTrue();
        } else {
            assertThat(Stream.of(base, over).anyMatch(any -> ((Map<String, Object>) any.get("volumes")) != null
                    && ((Map<String, Object>) any.get("volumes")).containsKey(source))).as("%s in %s", source, file)
                    .isTrue();
        }
    }
}
