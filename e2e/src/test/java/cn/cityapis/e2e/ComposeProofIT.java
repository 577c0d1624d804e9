package cn.cityapis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.stack.image.BootImage;
import cn.cityapis.stack.image.Images;
import cn.cityapis.stack.image.Jvm;
import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.Ports;
import cn.cityapis.stack.layout.Secrets;
import cn.cityapis.stack.postgres.PostgresBinaries;
import cn.cityapis.stack.postgres.PostgresServer;
import cn.cityapis.stack.process.ManagedProcess;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * docker-compose.yml without containers: its databases by its own script, the command of its image, its environment
 * with its env file, its health checks; only host names and ports are put right for one machine.
 */
class ComposeProofIT {

    @TempDir
    Path folder;
    private final Map<Component, Integer> ports = new EnumMap<>(Component.class);
    private int managementPort;
    private final List<ManagedProcess> started = new ArrayList<>();

    @Test
    void everyServiceStartsAsItsContainerWould() throws Exception {
        Map<String, String> variables = ComposeEnvFile.make(Files.createDirectory(folder.resolve("env")));
        DataFolder data = new DataFolder(folder.resolve("data"));
        data.create();
        Secrets secrets = Secrets.open(data);
        List<Integer> free = Ports.pick(8);
        for (Component component : Component.values()) {
            ports.put(component, free.get(component.ordinal()));
        }
        managementPort = free.get(6);
        PostgresBinaries binaries = PostgresBinaries.unpackedIn(PlatformIT.CACHE);
        try (PostgresServer postgres = PostgresServer.start(binaries, data, secrets, free.get(7))) {
            createDatabases(postgres.port(), secrets, variables);
            try {
                for (Component component : Component.values()) {
                    start(component, environment(component, variables, postgres.port()), data);
                }
                awaitHealthy();
            } finally {
                started.forEach(ManagedProcess::askToStop);
                started.forEach(process -> process.stop(Duration.ofSeconds(40)));
            }
        }
    }

    /** Runs the script that PostgreSQL's image would run, with a psql that hands its input to us. */
    private void createDatabases(int port, Secrets secrets, Map<String, String> variables) throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path psql = Files.writeString(bin.resolve("psql"),
                "#!/usr/bin/env bash\nfor database; do :; done\ncat > \"$OUT/$(ls \"$OUT\" | wc -l)-$database\"\n");
        assertThat(psql.toFile().setExecutable(true)).isTrue();
        Path out = Files.createDirectory(folder.resolve("statements"));
        ProcessBuilder script = new ProcessBuilder("bash",
                ProjectFiles.root().resolve("deploy/compose/init-databases.sh").toString()).inheritIO();
        script.environment().putAll(ComposeFile.read().environment("postgres", variables));
        script.environment().put("OUT", out.toString());
        script.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
        assertThat(script.start().waitFor()).isZero();
        for (Path file : sorted(out)) {
            execute(Files.readString(file), port, file.getFileName().toString().replaceFirst("\\d+-", ""), secrets);
        }
    }

    private static List<Path> sorted(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void execute(String statements, int port, String database, Secrets secrets) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database,
                "postgres", secrets.superuserPassword()); Statement sql = connection.createStatement()) {
            for (String statement : statements.split(";\\s*", -1)) {
                if (!statement.isBlank()) {
                    sql.execute(statement);
                }
            }
        }
    }

    private Map<String, String> environment(Component component, Map<String, String> variables, int postgresPort)
            throws Exception {
        Map<String, String> environment = ComposeFile.read().environment(component.shortName(), variables);
        environment.replace("DB_HOST", "postgres", "127.0.0.1");
        environment.replace("DB_PORT", "5432", Integer.toString(postgresPort));
        environment.replace("MANAGEMENT_PORT", "8081", Integer.toString(managementPort));
        environment.replaceAll((name, value) -> onThisMachine(value));
        environment.put("SERVER_PORT", Integer.toString(port(component)));
        environment.put("DATA_DIR", folder.resolve("data").resolve(component.shortName()).toString());
        return environment;
    }

    private String onThisMachine(String value) {
        for (Component component : Component.values()) {
            value = value.replace("http://" + component.shortName() + ":8080", "http://127.0.0.1:" + port(component));
        }
        return value;
    }

    private void start(Component component, Map<String, String> environment, DataFolder data) throws Exception {
        BootImage image = new Images(ProjectFiles.root(), PlatformIT.CACHE.resolve("images")).of(component);
        started.add(
                ManagedProcess.start(new ManagedProcess.Launch(component.shortName(), entryPoint(image), environment,
                        data.files(component), data.log(component.shortName()), healthPort(component))));
    }

    /** The image's own command on this machine's files; flags that an older JDK does not know are left out on it. */
    private static List<String> entryPoint(BootImage image) throws Exception {
        String line = Files.readAllLines(ProjectFiles.root().resolve("deploy/Dockerfile")).stream()
                .filter(l -> l.startsWith("ENTRYPOINT ")).findFirst().orElseThrow();
        String[] words = JsonMapper.shared().readValue(line.substring("ENTRYPOINT ".length()), String[].class);
        return Stream.of(words)
                .filter(word -> Jvm.current().feature() >= 25 || !word.matches(".*(Compact|unsafe-memory).*"))
                .map(word -> word.equals("java") ? Jvm.current().program() : word)
                .map(word -> word.equals("/app/app.jar") ? image.jar().toString() : word)
                .map(word -> word.startsWith("-XX:MaxRAMPercentage") ? "-Xmx192m" : word).toList();
    }

    private void awaitHealthy() throws Exception {
        ComposeFile compose = ComposeFile.read();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (ManagedProcess process : started) {
                for (int i = 0; i < 600 && !process.ready(client); i++) {
                    if (!process.alive()) {
                        throw process.died();
                    }
                    Thread.sleep(200);
                }
            }
        }
        for (Component component : Component.values()) {
            List<String> check = compose.healthCommand(component.shortName()).stream()
                    .map(word -> word.replaceAll("/dev/tcp/127.0.0.1/\\d+",
                            "/dev/tcp/127.0.0.1/" + healthPort(component)))
                    .toList();
            Process run = new ProcessBuilder(check).redirectErrorStream(true).start();
            assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(run.exitValue()).as("health check of %s", component).isZero();
        }
    }

    private int healthPort(Component component) {
        return component == Component.GATEWAY ? managementPort : port(component);
    }

    private int port(Component component) {
        return ports.get(component);
    }
}
