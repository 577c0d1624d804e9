package cn.cityapis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The alerts, their tests and what the runbook says of them. */
class AlertsTest {

    private static final String RUNBOOK = "docs/operation/runbook.md";
    private final List<Map<String, Object>> rules = rules();

    @Test
    void everyAlertHasASectionInTheRunbookAndNoSectionIsLeftOver() {
        Set<String> sections = Pattern.compile("^### (\\w+)$", Pattern.MULTILINE).matcher(Project.text(RUNBOOK))
                .results().map(heading -> heading.group(1)).collect(Collectors.toSet());
        assertThat(sections).isEqualTo(names());
    }

    @Test
    void everyAlertSaysWhereItIsExplainedAndWhomItWakes() {
        for (Map<String, Object> rule : rules) {
            String name = (String) rule.get("alert");
            assertThat(map(rule, "annotations")).as(name).containsKey("summary").containsEntry("runbook",
                    RUNBOOK + "#" + name.toLowerCase(Locale.ROOT));
            assertThat(map(rule, "labels").get("severity")).as(name).isIn("page", "ticket");
        }
    }

    @Test
    void everyAlertIsTestedBothWays() {
        String tests = Project.text("deploy/prometheus/alerts-test.yml");
        for (String name : names()) {
            assertThat(tests).as(name).containsPattern("alertname: " + name + "\\n        exp_alerts:")
                    .containsPattern("\\{eval_time: \\w+, alertname: " + name + "}");
        }
    }

    @ParameterizedTest
    @CsvSource({"check rules alerts.yml", "check config prometheus.yml", "test rules alerts-test.yml"})
    void promtoolIsContent(String words) {
        Shell.require("promtool");
        Shell.Result result = Shell.run(Project.ROOT.resolve("deploy/prometheus"),
                ("promtool " + words).split(" ", -1));
        assertThat(result.exit()).as(result.said()).isZero();
    }

    private Set<String> names() {
        return rules.stream().map(rule -> (String) rule.get("alert")).collect(Collectors.toSet());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> map(Map<String, Object> rule, String key) {
        return (Map<String, String>) rule.get(key);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rules() {
        Map<String, List<Map<String, Object>>> file = (Map<String, List<Map<String, Object>>>) Project
                .yaml("deploy/prometheus/alerts.yml");
        return file.get("groups").stream().flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
                .toList();
    }
}
