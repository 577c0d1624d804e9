package cn.cityapis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build that did not check something says so, and is not green where it could have. */
class GateTest {

    @TempDir
    private Path folder;
    private Path begun;

    @BeforeEach
    void aBuildBegan() throws IOException {
        begun = Files.createFile(folder.resolve("begun"));
        Files.setLastModifiedTime(begun, FileTime.from(Instant.now().minusSeconds(60)));
        report("AlertsTest", "<skipped type=\"x\"><![CDATA[org.opentest4j.TestAbortedException: Assumption failed: "
                + "promtool is not installed on this machine\n at x]]></skipped>");
    }

    private Path report(String test, String inside) throws IOException {
        Path reports = Files.createDirectories(folder.resolve("deploy/target/surefire-reports"));
        return Files.writeString(reports.resolve("TEST-" + test + ".xml"), """
                <testsuite name="%s">
                  <testcase name="other()" classname="cn.cityapis.deploy.%s" time="0.0"/>
                  <testcase name="checks()" classname="cn.cityapis.deploy.%s" time="0.0">
                    %s
                  </testcase>
                </testsuite>
                """.formatted(test, test, test, inside));
    }

    private Shell.Result skipped(String... missing) {
        List<String> command = new ArrayList<>(
                List.of(Project.ROOT.resolve(".ci/skipped").toString(), begun.toString()));
        command.addAll(List.of(missing));
        return Shell.run(folder, Map.of(), command);
    }

    @Test
    void whatWasSkippedIsNamedWithItsReason() {
        Shell.Result result = skipped("promtool");
        assertThat(result.exit()).isZero();
        assertThat(result.said()).isEqualTo("""
                Not checked, because skipped (not installed: promtool):
                  AlertsTest.checks(): promtool is not installed on this machine
                """);
    }

    @Test
    void whereNothingIsMissingNothingMayBeSkipped() {
        Shell.Result result = skipped();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.said()).contains("Red:").contains("AlertsTest.checks()");
    }

    @Test
    void whatIsNeverInTheRepositoryMayBeMissing() throws IOException {
        report("AlertsTest", "<skipped message=\"Assumption failed: skipped: the official text is not there\"/>");
        report("PaintTest", "<skipped message=\"System property [pages.url] does not exist\"/>");
        Shell.Result result = skipped();
        assertThat(result.exit()).as(result.said()).isZero();
        assertThat(result.said()).contains("official text", "pages.url").doesNotContain("Red");
    }

    @Test
    void reportsOfAnEarlierBuildDoNotCount() throws IOException {
        Files.setLastModifiedTime(report("AlertsTest", "<skipped/>"),
                FileTime.from(Instant.now().minusSeconds(3600)));
        Shell.Result result = skipped();
        assertThat(result.exit()).isZero();
        assertThat(result.said()).isEmpty();
    }

    @Test
    void benchmarksOfWhichOneDidNotEndWellDoNotEndWell() {
        Shell.Result result = Shell.run(Project.ROOT,
                Map.of("MVN", "false", "JAVA_HOME", System.getProperty("java.home")), List.of("bench/run", "all"));
        assertThat(result.said()).contains("gateway did not end well", "policy did not end well");
        assertThat(result.exit()).isEqualTo(1);
    }
}
