package cn.cityapis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Every command of every document of operation, typed in its order into one shell in a copy of the project. Our own programs are
 * the real ones; Docker, Kubernetes, Maven, Git, the network and {@code sudo} write down what they are told, and what they
 * are told is held against the files.
 */
@SuppressWarnings("unchecked")
class EveryCommandTest {

    private static final List<String> OUTSIDE = List.of("docker", "kubectl", "mvn", "git", "curl", "sudo", "psql",
            "htpasswd", "vi");
    private static final List<String> COPIED = List.of("deploy", "docs/examples", "docker-compose.yml",
            "platform/src/main/resources/cn-working-calendar.csv");
    /** What the documents take for granted. */
    private static final Map<String, String> GIVEN = Map.of("TOKEN", "a-token", "ETAG", "\"1\"", "PROPOSAL",
            "0195d3f0-0000-7000-8000-000000000001", "WEBHOOK", "0195d3f0-0000-7000-8000-000000000002", "POD",
            "policy-1", "ID", "id", "KEY", "key");

    @TempDir
    private Path folder;

    private record Call(String program, List<String> words, String stdin) {

        String line() {
            return program + " " + String.join(" ", words);
        }
    }

    static List<String> documents() {
        return Documents.shell().stream().map(Documents.Block::document).distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void canBeTyped(String document) throws IOException {
        List<Call> calls = type(document);
        assertThat(calls.stream().filter(call -> call.program().equals("kubectl"))).allSatisfy(this::isOfOurCluster);
        assertThat(calls.stream().filter(call -> call.program().equals("mvn")))
                .allSatisfy(EveryCommandTest::isOfOurBuild);
        assertThat(calls.stream().filter(call -> call.program().equals("curl"))).allSatisfy(this::isOfOurInterfaces);
    }

    @Test
    void eachKindOfCommandIsSeen() throws IOException {
        List<Call> calls = type("docs/operation/runbook.md");
        for (String program : List.of("docker", "kubectl", "mvn", "git", "curl", "htpasswd")) {
            assertThat(calls).as(program).anyMatch(call -> call.program().equals(program));
        }
        assertThat(calls.stream().filter(call -> call.program().equals("docker") && call.words().contains("build")))
                .hasSize(12);
    }

    private List<Call> type(String document) throws IOException {
        Path project = Files.createDirectory(folder.resolve("project"));
        for (String name : COPIED) {
            Files.createDirectories(project.resolve(name).getParent());
            Shell.run(Project.ROOT, "cp", "-a", name, project.resolve(name).toString());
        }
        Path outside = Files.createDirectory(folder.resolve("outside"));
        for (String name : OUTSIDE) {
            Shell.run(Project.ROOT, "cp", "-a", "deploy/src/test/resources/outside", outside.resolve(name).toString());
        }
        Shell.run(Project.ROOT, "cp", "-a", "deploy/src/test/resources/outside", project.resolve("run").toString());
        Shell.run(Project.ROOT, "cp", "docs/examples/rule-book.json", project.resolve("new-rule-book.json").toString());
        Shell.run(Project.ROOT, "cp", "subsidy-service/src/main/resources/schemes/talent-living-allowance.yaml",
                project.resolve("changed-scheme.yaml").toString());
        for (String name : List.of("city.crt", "city.key", "gazette.txt")) {
            Files.writeString(project.resolve(name), "x");
        }

        List<String> blocks = new ArrayList<>();
        if (!document.equals("docs/operation/runbook.md")) {
            blocks.add(firstOf("docs/operation/runbook.md"));
        }
        Documents.shell().stream().filter(block -> block.document().equals(document))
                .forEach(block -> blocks.add(block.text()));
        Path calls = Files.createDirectory(folder.resolve("calls"));
        Map<String, String> environment = new HashMap<>(GIVEN);
        environment.put("PATH", outside + ":" + System.getenv("PATH"));
        environment.put("CALLS", calls.toString());
        environment.put("EDITOR", "vi");
        Shell.Result typed = Shell.run(project, environment,
                List.of("bash", "-euo", "pipefail", "-c", String.join("\n", blocks)));
        assertThat(typed.exit()).as("%s:\n%s", document, typed.said()).isZero();
        try (Stream<Path> written = Files.list(calls)) {
            return written.filter(file -> file.toString().endsWith(".call")).sorted().map(EveryCommandTest::read)
                    .toList();
        }
    }

    private static String firstOf(String document) {
        return Documents.shell().stream().filter(block -> block.document().equals(document)).findFirst().orElseThrow()
                .text();
    }

    private static Call read(Path file) {
        try {
            List<String> words = List.of(Files.readString(file).split("\\x1f", -1));
            Path stdin = Path.of(file.toString().replace(".call", ".stdin"));
            return new Call(words.get(0), words.subList(1, words.size() - 1),
                    Files.exists(stdin) ? Files.readString(stdin) : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void isOfOurCluster(Call call) {
        Set<String> deployments = names("Deployment");
        Set<String> clusters = names("Cluster");
        clusters.add("subsidy-db-2"); // made by the restore
        List<String> words = call.words();
        words.stream().filter(word -> word.startsWith("deployment/"))
                .forEach(word -> assertThat(deployments).as(call.line()).contains(word.substring(11)));
        words.stream().filter(word -> word.startsWith("cluster/"))
                .forEach(word -> assertThat(clusters).as(call.line()).contains(word.substring(8)));
        int scaled = words.indexOf("deployment");
        if (scaled >= 0) {
            assertThat(words.subList(scaled + 1, words.size()).stream().filter(word -> !word.startsWith("-")))
                    .as(call.line()).isNotEmpty().allMatch(deployments::contains);
        }
        if (words.contains("namespace")) {
            assertThat(words).endsWith("city-apis");
        } else if (!words.contains("apply")) {
            assertThat(words).as(call.line()).containsSequence("-n", "city-apis");
        }
        if (!call.stdin().isEmpty()) {
            new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(call.stdin())
                    .forEach(object -> KubernetesModel.validate((Map<String, Object>) object));
        }
    }

    private static Set<String> names(String kind) {
        return Manifests.objects().stream().filter(object -> object.get("kind").equals(kind))
                .map(object -> (String) Manifests.at(object, "metadata", "name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void isOfOurBuild(Call call) {
        String pom = Project.text("pom.xml");
        for (int i = 0; i < call.words().size(); i++) {
            String word = call.words().get(i);
            if (word.equals("-pl")) {
                assertThat(pom).as(call.line()).contains("<module>" + call.words().get(i + 1) + "</module>");
            } else if (word.startsWith("-P")) {
                assertThat(pom).as(call.line()).contains("<id>" + word.substring(2) + "</id>");
            }
        }
    }

    private void isOfOurInterfaces(Call call) {
        String address = call.words().stream().filter(word -> word.startsWith("https://city.example/")).findFirst()
                .orElseThrow(() -> new AssertionError(call.line()));
        String path = address.substring("https://city.example".length());
        if (path.startsWith("/oauth2/")) {
            return;
        }
        int method = call.words().indexOf("-X");
        Interfaces.assertTakes(call.words().get(method + 1), path, data(call), call.line());
    }

    private static String data(Call call) {
        int data = call.words().indexOf("-d");
        return data < 0 ? "" : call.words().get(data + 1);
    }
}
