package cn.cityapis.deploy;

import static cn.cityapis.deploy.Manifests.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents tell somebody to type of Compose, typed to a docker that only writes down what it is told. */
class ComposeCommandsTest {

    private static final Pattern COMPOSE_FILE = Pattern.compile("(?m)^COMPOSE_FILE=(.*)$");
    private static final Set<String> WITH_A_VALUE = Set.of("--user", "--entrypoint", "--signal", "--tail", "--since",
            "--env-file");
    private static final Set<String> OF_SERVICES = Set.of("up", "stop", "start", "restart", "logs", "kill", "build");

    @TempDir
    Path folder;

    /** With other files than the running ones PostgreSQL would be made anew without its archive. */
    @Test
    void noCommandNamesFilesOfItsOwn() throws IOException {
        List<String> texts = new ArrayList<>(Documents.all());
        texts.addAll(List.of("README.md", "README.zh-CN.md", "docker-compose.yml", "deploy/compose/env.example"));
        try (Stream<Path> files = Files.walk(Project.ROOT.resolve("deploy"))) {
            files.filter(file -> file.toString().endsWith(".yml") && !file.toString().contains("target"))
                    .map(file -> Project.ROOT.relativize(file).toString()).forEach(texts::add);
        }
        for (String name : texts) {
            assertThat(Project.text(name).replace("\\\n", " ")).as(name)
                    .doesNotContainPattern("docker compose[^\\n|;&]* (-f|--file|--scale)\\b");
        }
    }

    @Test
    void aNewEnvFileNamesFilesThatAreThereAndArchivesTheLog() {
        String example = Project.text("deploy/compose/env.example");
        List<String> named = List.of(COMPOSE_FILE.matcher(example).results().findFirst().orElseThrow().group(1)
                .split(":", -1));
        assertThat(named).startsWith("docker-compose.yml").contains("deploy/compose/backup.yml")
                .allSatisfy(file -> assertThat(Project.ROOT.resolve(file)).exists());
    }

    @Test
    void everyServiceThatIsNamedIsThere() throws IOException {
        Set<String> known = services();
        int named = 0;
        for (Documents.Block block : Documents.shell()) {
            List<String> commands = block.text().replace("\\\n", " ").lines()
                    .filter(line -> line.startsWith("docker compose ") && !line.contains("sh -c 'until")).toList();
            for (String command : commands) {
                for (List<String> call : calls(command.replaceFirst("&& *$", ""), "").calls()) {
                    Set<String> services = ofCall(call.subList(1, call.size()));
                    named += services.size();
                    assertThat(known).as("%s in %s", command, block.document()).containsAll(services);
                }
            }
        }
        assertThat(named).isGreaterThan(8);
    }

    /** The next line of a restore would begin with empty databases, were the one before not done. */
    @ParameterizedTest
    @ValueSource(strings = {"stop", "run", "up", "exec"})
    void aRestoreEndsWithTheFirstCommandThatFails(String failing) throws IOException {
        String block = Documents.shell().stream().map(Documents.Block::text)
                .filter(text -> text.contains("/opt/backup/replace")).findFirst().orElseThrow();
        Calls whole = calls(block, "");
        assertThat(whole.exit()).isZero();
        assertThat(whole.subcommands()).containsSequence("stop", "run", "up", "exec").endsWith("up");
        List<String> first = whole.calls().stream().filter(call -> call.get(1).equals("up")).findFirst().orElseThrow();
        assertThat(first).endsWith("--wait", "postgres");

        Calls cut = calls(block, failing);
        assertThat(cut.exit()).isNotZero();
        assertThat(cut.subcommands()).endsWith(failing).containsOnlyOnce(failing);
    }

    private record Calls(int exit, List<List<String>> calls) {

        List<String> subcommands() {
            return calls.stream().map(call -> call.get(1)).toList();
        }
    }

    /** Types it as it stands, without {@code set -e}, as somebody who pastes it does. */
    private Calls calls(String typed, String failing) throws IOException {
        Path docker = folder.resolve("docker");
        Files.writeString(docker, "#!/usr/bin/env bash\nprintf '%s\\x1f' \"$@\" >> \"$CALLS\"\necho >> \"$CALLS\"\n"
                + "[ \"$2\" != \"$FAILING\" ]\n");
        assertThat(docker.toFile().setExecutable(true)).isTrue();
        Path said = folder.resolve("calls");
        Files.writeString(said, "");
        Shell.Result result = Shell.run(folder, Map.of("PATH", folder + ":" + System.getenv("PATH"), "CALLS",
                said.toString(), "FAILING", failing), List.of("bash", "-c", typed));
        return new Calls(result.exit(), Stream.of(Files.readString(said).split("\\x1f\\n", -1))
                .filter(line -> !line.isEmpty()).map(line -> List.of(line.split("\\x1f", -1))).toList());
    }

    private static Set<String> ofCall(List<String> words) {
        List<String> named = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            if (WITH_A_VALUE.contains(words.get(i))) {
                i++;
            } else if (!words.get(i).startsWith("-")) {
                named.add(words.get(i));
            }
        }
        String what = words.get(0);
        if (what.equals("cp")) {
            return new TreeSet<>(named.stream().filter(word -> word.matches("[a-z]+:/.*"))
                    .map(word -> word.split(":", 2)[0]).toList());
        }
        if (what.equals("exec") || what.equals("run")) {
            return Set.of(named.get(0));
        }
        return OF_SERVICES.contains(what) ? new TreeSet<>(named) : Set.of();
    }

    @SuppressWarnings("unchecked")
    private static Set<String> services() {
        Set<String> names = new TreeSet<>();
        for (String file : List.of("docker-compose.yml", "deploy/compose/backup.yml",
                "deploy/prometheus/compose.yml")) {
            names.addAll(((Map<String, Object>) at(Project.yaml(file), "services")).keySet());
        }
        return names;
    }
}
