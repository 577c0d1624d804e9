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
    private static final Pattern SWALLOWED = Pattern
            .compile("onErrorResume\\(\\w+ -> |onErrorComplete\\(\\)|onErrorContinue\\(|onErrorReturn\\(");
    /** A load that fails is an error in the log, and its state; what is read ahead in vain is read again. */
    private static final Map<String, Set<String>> TOLD_OTHERWISE = Map.of(
            "policy-service/src/main/java/cn/cityapis/policy/load/RunLoads.java",
            Set.of("onErrorResume(error -> ", "onErrorComplete()"),
            // both hand the error on
            "policy-service/src/main/java/cn/cityapis/policy/search/FollowCorpusIntoCluster.java",
            Set.of("onErrorResume(error -> "),
            "eldercare-service/src/main/java/cn/cityapis/eldercare/offer/PlaceWaiting.java",
            Set.of("onErrorResume(error -> "));
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

    /** Spring counts a run as failed if its Mono fails: what is caught before that, nobody is told. */
    @Test
    void noScheduledWorkKeepsItsFailuresToItself() {
        Map<String, String> scheduled = Project.sources("@Scheduled(");
        assertThat(scheduled).hasSizeGreaterThan(35);
        assertThat(scheduled).allSatisfy((file, text) -> assertThat(SWALLOWED.matcher(text).results()
                .map(found -> found.group())).as(file).isSubsetOf(TOLD_OTHERWISE.getOrDefault(file, Set.of())));
    }

    @Test
    void theJobsThatMayTakeLongAreThere() {
        Set<String> scheduled = Project.sources("@Scheduled(").keySet().stream()
                .map(file -> file.replaceAll(".*/|\\.java", "")).collect(Collectors.toSet());
        String named = Pattern.compile("\\[\\.]\\((.*?)\\)").matcher(Project.text("deploy/prometheus/alerts.yml"))
                .results().map(found -> found.group(1)).findFirst().orElseThrow();
        assertThat(scheduled).contains(named.split("\\|", -1));
    }

    /** Sentences in quotation marks in the sections of the alerts are lines of the log, … for what is filled in. */
    @Test
    void theRunbookQuotesTheLogAsItIsWritten() {
        String alerts = Project.text(RUNBOOK).split("\n# Alerts\n", -1)[1].replaceAll("(?s)```.*?```", "")
                .replace('\n', ' ');
        String written = String.join("\n", Project.sources("\"").values()).replaceAll("\"\\s*\\+\\s*\"", "");
        List<String> quoted = Pattern.compile("\"([^\"]+ [^\"]+)\"").matcher(alerts).results()
                .map(found -> found.group(1)).filter(line -> !line.startsWith("Unexpected error occurred in scheduled"))
                .toList();
        assertThat(quoted).hasSizeGreaterThan(8).allSatisfy(line -> {
            for (String part : line.split("…", -1)) {
                assertThat(written).as(line).contains(part.strip());
            }
        });
    }

    /** Where the operator of Prometheus is, the rules are an object. */
    @Test
    void kubernetesHasTheSameAlerts() {
        assertThat(Manifests.at(Manifests.of("PrometheusRule", "alerts"), "spec"))
                .as("deploy/operate/prometheus-rule makes it anew")
                .isEqualTo(Project.yaml("deploy/prometheus/alerts.yml"));
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
