package cn.cityapis.stack.postgres;

import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.Secrets;
import cn.cityapis.stack.layout.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One PostgreSQL server on its own data folder; started durable (fsync on), because acknowledged means committed. */
public final class PostgresServer implements AutoCloseable {

    private static final List<String> SETTINGS = List.of("listen_addresses=127.0.0.1", "unix_socket_directories=",
            "max_connections=120", "shared_buffers=48MB", "max_wal_size=256MB", "jit=off", "timezone=UTC",
            "log_timezone=UTC", "lc_messages=C", "max_parallel_workers=2", "io_method=sync");

    private final PostgresBinaries binaries;
    private final DataFolder data;
    private final int port;

    private PostgresServer(PostgresBinaries binaries, DataFolder data, int port) {
        this.binaries = binaries;
        this.data = data;
        this.port = port;
    }

    /** Creates the cluster if the folder is empty, recovers it if it was killed, and waits until it answers. */
    public static PostgresServer start(PostgresBinaries binaries, DataFolder data, Secrets secrets, int port) {
        PostgresServer server = new PostgresServer(binaries, data, port);
        if (!Files.exists(data.postgres().resolve("PG_VERSION"))) {
            server.initialise(secrets.superuserPassword());
        }
        server.clearLeftovers();
        server.writeAccessRules();
        server.run(List.of("pg_ctl", "start", "-w", "-t", "60", "-D", data.postgres().toString(), "-l",
                data.log("postgres").toString(), "-o", server.options()), "PostgreSQL did not start");
        return server;
    }

    public int port() {
        return port;
    }

    /** The postmaster, as its pid file names it. */
    public Optional<ProcessHandle> postmaster() {
        return postmaster(data);
    }

    @Override
    public void close() {
        if (postmaster().isPresent()) {
            run(List.of("pg_ctl", "stop", "-m", "fast", "-w", "-t", "30", "-D", data.postgres().toString()),
                    "PostgreSQL did not stop");
        }
    }

    private void initialise(String password) {
        Path passwordFile = data.root().resolve("initial-password");
        DataFolder.writePrivately(passwordFile, password + "\n");
        try {
            run(List.of("initdb", "-D", data.postgres().toString(), "-U", Databases.SUPERUSER, "-A", "scram-sha-256",
                    "--pwfile", passwordFile.toString(), "-E", "UTF8", "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8", "--locale=C"), "PostgreSQL could not create its data folder");
        } finally {
            delete(passwordFile);
        }
    }

    /**
     * After a crash the pid file names a process that is gone, or one that has the number by chance (always so in a
     * restarted container). Only a real PostgreSQL is stopped.
     */
    private void clearLeftovers() {
        Path pidFile = data.postgres().resolve("postmaster.pid");
        if (Files.exists(pidFile)) {
            if (postmaster().isPresent()) {
                close();
            }
            delete(pidFile);
        }
    }

    private static Optional<ProcessHandle> postmaster(DataFolder data) {
        try {
            List<String> lines = Files.readAllLines(data.postgres().resolve("postmaster.pid"));
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(ProcessHandle::isAlive)
                            .filter(p -> p.info().command().filter(c -> c.endsWith("postgres")).isPresent());
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A role reaches its own database only; the revoked CONNECT in {@link Databases} says the same once more. */
    private void writeAccessRules() {
        String rules = Component.withDatabase().stream()
                .map(c -> "host %1$s %1$s 127.0.0.1/32 scram-sha-256".formatted(c.shortName()))
                .collect(Collectors.joining("\n", "host all " + Databases.SUPERUSER + " 127.0.0.1/32 scram-sha-256\n",
                        "\n"));
        DataFolder.writePrivately(data.postgres().resolve("pg_hba.conf"), rules);
    }

    private String options() {
        return SETTINGS.stream().map(setting -> "-c " + setting)
                .collect(Collectors.joining(" ", "-p " + port + " ", ""));
    }

    private void run(List<String> command, String failure) {
        Path log = data.log("postgres-tools");
        try {
            List<String> full = new java.util.ArrayList<>(command);
            full.set(0, binaries.program(command.get(0)));
            ProcessBuilder builder = new ProcessBuilder(PlainUser.command(full)).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            Process process = builder.start();
            if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new StackException(failure + "; see " + data.log("postgres") + " and " + log);
            }
        } catch (IOException e) {
            throw new StackException(failure + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException(failure + ": interrupted", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StackException("cannot delete " + file + ": " + e.getMessage(), e);
        }
    }
}
