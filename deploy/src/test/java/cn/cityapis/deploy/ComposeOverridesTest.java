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
    @ValueSource(strings = {"deploy/compose/backup.yml", "deploy/compose/calendar.yml", "deploy/compose/city.yml",
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
            for (Object volume : (List<Object>) service.getOrDefault("volumes", List.of())) {
                fits(volume instanceof String words
                        ? words.split(":", -1)[0]
                        : (String) ((Map<String, Object>) volume).get("source"), base, over, file);
            }
            Map<String, Object> under = ((Map<String, Map<String, Object>>) base.get("services")).get(name);
            if (under != null && service.containsKey("command")) {
                // a command takes the place of the one below it
                assertThat((List<String>) service.get("command")).as("%s in %s", name, file)
                        .containsSubsequence((List<String>) under.getOrDefault("command", List.of()));
            }
        });
    }

    private static void fits(String source, Map<String, Object> base, Map<String, Object> over, String file) {
        if (source.startsWith("./")) {
            // paths are those of the first file's folder; these are made by the runbook
            assertThat(Set.of("./deploy/compose/calendar", "./deploy/compose/city", "./deploy/compose/alert-receiver")
                    .contains(source)
                    || Project.ROOT.resolve(source.substring(2)).toFile().exists()).as("%s in %s", source, file)
                    .isTrue();
        } else {
            assertThat(Stream.of(base, over).anyMatch(any -> ((Map<String, Object>) any.get("volumes")) != null
                    && ((Map<String, Object>) any.get("volumes")).containsKey(source))).as("%s in %s", source, file)
                    .isTrue();
        }
    }
}
