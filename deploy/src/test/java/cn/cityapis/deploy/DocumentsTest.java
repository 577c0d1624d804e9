package cn.cityapis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents tell somebody to type, to open and to call is there. */
class DocumentsTest {

    private static final Pattern FILE = Pattern.compile("(?<![\\w/.-])((?:deploy|docs|platform|stack|e2e|bench|identity"
            + "|gateway|policy-service|eldercare-service|subsidy-service|pharmacy-service|build-config)/[\\w./-]*\\w)");
    /** Made by what the documents say. */
    private static final Set<String> MADE = Set.of("deploy/compose/.env", "deploy/compose/identity/application.yml",
            "deploy/compose/calendar", "deploy/compose/calendar/cn-working-calendar.csv",
            "deploy/compose/alert-receiver", "deploy/compose/city", "deploy/compose/city/application.yml",
            "deploy/kubernetes/site/restored-subsidy");
    private static final Pattern RUN = Pattern.compile("\\./run +([a-z]+)?([^#\\n]*)");
    private static final Pattern CALL = Pattern
            .compile("/api/(policy|eldercare|subsidy|pharmacy|\\{service})/v1(/[\\w/{}$-]*[\\w}])");

    @Test
    void everyBlockOfShellCanBeRead(@TempDir Path folder) throws IOException {
        assertThat(Documents.shell()).hasSizeGreaterThan(20);
        for (Documents.Block block : Documents.shell()) {
            Path script = Files.writeString(folder.resolve("block.sh"), block.text());
            Shell.Result read = Shell.run(folder, "bash", "-n", script.toString());
            assertThat(read.exit()).as("%s:\n%s\n%s", block.document(), block.text(), read.said()).isZero();
        }
    }

    @Test
    void everyFileThatIsNamedIsThere() {
        for (String document : Documents.all()) {
            String text = Project.text(document).replaceAll("\\]\\([^)]*\\)", "]").replaceAll("docs/[\\w/.]+#\\w+", "");
            assertThat(FILE.matcher(text).results().map(file -> file.group(1)).filter(file -> !MADE.contains(file))
                    .filter(file -> !Files.exists(Project.ROOT.resolve(file)))).as(document).isEmpty();
        }
    }

    @Test
    void everyLinkLeadsSomewhere() {
        for (String document : Documents.all()) {
            for (String link : Documents.links(document)) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty()
                        ? Project.ROOT.resolve(document)
                        : Project.ROOT.resolve(document).resolveSibling(parts[0]).normalize();
                assertThat(target).as("%s in %s", link, document).exists();
                if (parts.length > 1) {
                    assertThat(Documents.anchors(target)).as("%s in %s", link, document).contains(parts[1]);
                }
            }
        }
    }

    @Test
    void everyCommandAndOptionOfRunExists() {
        String help = Project.text("stack/src/main/java/cn/cityapis/stack/CommandLine.java");
        for (Documents.Block block : Documents.shell()) {
            RUN.matcher(block.text()).results().forEach(line -> {
                if (line.group(1) != null) {
                    assertThat(help).as(line.group()).contains("case \"" + line.group(1) + "\"");
                }
                Stream.of(line.group(2).split(" ", -1)).filter(word -> word.startsWith("--"))
                        .forEach(option -> assertThat(help).as(line.group()).contains("\"" + option + "\""));
            });
        }
    }

    @Test
    void everyCallOfTheApiIsInItsDocument() {
        Map<String, Set<String>> known = Stream.of("policy", "eldercare", "subsidy", "pharmacy")
                .collect(Collectors.toMap(service -> service, DocumentsTest::paths));
        for (String document : Documents.all()) {
            CALL.matcher(Project.text(document)).results().forEach(call -> {
                String service = call.group(1).startsWith("{") ? "eldercare" : call.group(1);
                assertThat(known.get(service)).as("%s in %s", call.group(), document)
                        .contains(plain("/api/" + service + "/v1" + call.group(2)));
            });
        }
    }

    @Test
    void whatCanBeRunIsRun(@TempDir Path folder) throws IOException {
        List<String> needed = List.of("deploy/operate", "platform/src/main/resources/cn-working-calendar.csv");
        for (String path : needed) {
            Files.createDirectories(folder.resolve(path).getParent());
            Shell.run(Project.ROOT, "cp", "-a", path, folder.resolve(path).toString());
        }
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        List<Documents.Block> blocks = Documents.shell().stream().filter(block -> block.marks().equals("sh run"))
                .toList();
        assertThat(blocks).isNotEmpty();
        // and the same again a year later
        for (String year : List.of("2027", "2028")) {
            for (Documents.Block block : blocks) {
                Shell.Result done = Shell.run(folder, Map.of("T", scratch.toString()),
                        List.of("bash", "-euo", "pipefail", "-c", block.text().replace("2027", year)));
                assertThat(done.exit()).as(done.said()).isZero();
            }
        }
        assertThat(folder.resolve("deploy/compose/calendar/cn-working-calendar.csv")).content()
                .endsWith("\n2027-01-01,holiday,元旦\n2028-01-01,holiday,元旦\n");
    }

    /** What is made once for each year or key is made again: "create" refuses what is there. */
    @Test
    void whatIsDoneEveryYearCanBeDoneTwice() {
        for (Documents.Block block : Documents.shell()) {
            String joined = block.text().replace("\\\n", " ");
            assertThat(joined.lines().filter(line -> line.matches(".*kubectl .*create (configmap|secret).*")))
                    .as(block.document()).allMatch(line -> line.contains("--dry-run=client -o yaml | kubectl apply"));
        }
    }

    @Test
    void noCommandOfAJdkIsAskedOfAnImageWithoutOne() {
        String image = Project.text("deploy/Dockerfile").lines().filter(line -> line.startsWith("FROM "))
                .reduce((first, last) -> last).orElseThrow();
        assertThat(image).endsWith("-jre");
        for (String document : Documents.all()) {
            assertThat(Project.text(document)).as(document).doesNotContainPattern("\\bj(cmd|map|stack|stat|hsdb) ");
        }
    }

    private static Set<String> paths(String service) {
        return Pattern.compile("\"(/api/[^\"]*)\" ?:").matcher(Project.text(service + "-service/openapi.json"))
                .results()
                .map(path -> plain(path.group(1))).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What stands for a value becomes the same, whatever it is called. */
    private static String plain(String path) {
        return path.replaceAll("\\{[^}]*}|\\$\\w+|…", "*");
    }
}
