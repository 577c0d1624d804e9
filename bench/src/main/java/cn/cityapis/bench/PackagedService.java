package cn.cityapis.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import cn.cityapis.platform.test.TestIssuer;

/** A service's jar as a process of its own on the benchmark's database, and requests to it with signed tokens. */
public final class PackagedService implements AutoCloseable {

    private static final long TOKEN_LIFE = Duration.ofMinutes(2).toNanos();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Caller, String> tokens = new HashMap<>();
    private final String name;
    private final int port;
    private final Wires wires;
    private final Path log;
    private final Process process;
    private long tokensEnd;

    /** Who calls. */
    public interface Caller {

        /** A new one. */
        String token();
    }

    /** What is waited for; an answer that does not come counts as not yet. */
    public interface Condition {

        boolean holds() throws IOException, InterruptedException;
    }

    /**
     * @param project its root folder, with the service packaged in it
     * @param name    of the module, such as {@code policy-service}
     * @param folder  for its log and its data
     * @param more    environment variables beside those that every service needs
     */
    public PackagedService(Path project, String name, Path folder, Database database, Map<String, String> more)
            throws IOException {
        this.name = name;
        port = freePort();
        wires = new Wires(port);
        log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command(project, name)).redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(Map.of("SERVER_PORT", String.valueOf(port), "DB_HOST", "localhost",
                "DB_PORT", String.valueOf(database.port()), "DB_NAME", database.name(), "DB_USER", database.name(),
                "DB_PASSWORD", database.name(), "OIDC_ISSUER", TestIssuer.ISSUER, "OIDC_JWKS_URI",
                TestIssuer.shared().jwksUri(), "DATA_DIR", folder.resolve("service").toString(),
                "SPRING_PROFILES_ACTIVE", "development"));
        // the made-up citizen of the load files for everybody
        builder.environment().put("ID_NUMBER_PROOF", "if-told");
        builder.environment().putAll(more);
        process = Children.start(builder);
    }

    /** What production runs with (deploy/Dockerfile): NIO, which is the faster transport. */
    private static List<String> command(Path project, String name) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-Xmx1g", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseCompactObjectHeaders",
                "-Dreactor.netty.native=false",
                "--enable-native-access=ALL-UNNAMED"));
        String more = System.getenv("BENCH_SERVICE_FLAGS");
        if (more != null) {
            command.addAll(List.of(more.strip().split("\\s+")));
        }
        command.addAll(List.of("-jar", jar(project, name).toString()));
        return command;
    }

    private static Path jar(Path project, String name) throws IOException {
        try (Stream<Path> files = Files.list(project.resolve(name).resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().matches(name + "-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst().orElseThrow(() -> new IllegalStateException(name + " is not packaged"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    public void awaitReady(Duration patience) throws InterruptedException {
        HttpRequest ask = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health/readiness"))
                .build();
        await(patience, () -> http.send(ask, BodyHandlers.discarding()).statusCode() == 200);
    }

    public void await(Duration patience, Condition condition) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!holds(condition)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(name + " ended or took too long:\n" + lastLines());
            }
            Thread.sleep(50);
        }
    }

    private static boolean holds(Condition condition) throws InterruptedException {
        try {
            return condition.holds();
        } catch (IOException notYet) {
            return false;
        }
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** A request that has still to be told its method. */
    public HttpRequest.Builder request(Caller by, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + token(by));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Whether a request of {@link Wire} is answered with 200; what is measured is asked so. */
    public boolean answers(byte[] request) throws IOException {
        return wires.ask(request) == 200;
    }

    /** Whether a path is answered with 200. */
    public boolean answers(Caller by, String path) throws IOException {
        return answers(Wire.get(path, token(by)));
    }

    /** A token that is good for some minutes more. */
    public synchronized String token(Caller by) {
        if (System.nanoTime() >= tokensEnd) {
            tokens.clear();
            tokensEnd = System.nanoTime() + TOKEN_LIFE;
        }
        return tokens.computeIfAbsent(by, Caller::token);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        wires.close();
        http.close();
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
