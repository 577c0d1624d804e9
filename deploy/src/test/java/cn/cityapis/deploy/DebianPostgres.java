package cn.cityapis.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The PostgreSQL of Debian with its tools, on folders of a test. It does not run as root: a user namespace hides that. */
final class DebianPostgres {

    private final Path bin;
    private final int port;

    private DebianPostgres(Path bin, int port) {
        this.bin = bin;
        this.port = port;
    }

    /** Skips the test, and says so, where there is none; .ci/run installs it. */
    static DebianPostgres require() {
        Optional<Path> bin = installed();
        Assumptions.assumeTrue(bin.isPresent(), "no pg_basebackup in /usr/lib/postgresql: this test is skipped");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new DebianPostgres(bin.orElseThrow(), free.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> installed() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("pg_basebackup"))).max(Comparator.naturalOrder());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void create(Path data) {
        tool(Map.of(), "initdb", "-D", data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
    }

    void start(Path data, Map<String, String> environment, String... settings) {
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= " + String.join(" ",
                Stream.of(settings).map(setting -> "-c " + setting).toList());
        tool(environment, "pg_ctl", "start", "-w", "-t", "60", "-D", data.toString(), "-l", data + ".log", "-o",
                options);
    }

    /** As by a loss of power. */
    void kill(Path data) {
        tool(Map.of(), "pg_ctl", "stop", "-m", "immediate", "-w", "-D", data.toString());
    }

    String sql(String statement) {
        return tool(Map.of(), "psql", "--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "-d", "postgres", "-c", statement)
                .strip();
    }

    /** One of PostgreSQL's programs, or one of ours by its path. */
    String tool(Map<String, String> environment, String program, String... arguments) {
        Shell.Result result = Shell.run(Path.of("/"), connected(environment), command(program, arguments));
        if (result.exit() != 0) {
            throw new AssertionError(program + ": " + result.said());
        }
        return result.said();
    }

    Map<String, String> connected(Map<String, String> environment) {
        Map<String, String> all = new java.util.HashMap<>(Map.of("PGHOST", "127.0.0.1", "PGPORT",
                Integer.toString(port), "PGUSER", "postgres", "PATH", bin + ":" + System.getenv("PATH")));
        all.putAll(environment);
        return all;
    }

    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(program.contains("/") ? program : bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
