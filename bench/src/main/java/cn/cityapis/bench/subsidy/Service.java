package cn.cityapis.bench.subsidy;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import cn.cityapis.bench.Database;
import cn.cityapis.platform.test.TestIssuer;
import cn.cityapis.platform.test.Tokens;

/** The packaged subsidy-service as a process of its own. */
final class Service implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final int port;
    private final Process process;
    private final Path log;

    Service(Path project, Path folder, Database database) throws IOException {
        port = freePort();
        log = folder.resolve("subsidy-service.log");
        ProcessBuilder builder = new ProcessBuilder(command(project)).redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(Map.of("SERVER_PORT", String.valueOf(port), "DB_HOST", "localhost",
                "DB_PORT", String.valueOf(database.port()), "DB_NAME", database.name(), "DB_USER", database.name(),
                "DB_PASSWORD", database.name(), "OIDC_ISSUER", TestIssuer.ISSUER, "OIDC_JWKS_URI",
                TestIssuer.shared().jwksUri(), "DATA_DIR", folder.resolve("service").toString(),
                "SPRING_PROFILES_ACTIVE", "development"));
        process = builder.start();
    }

    /** What production would run with: the default compiler and collector; NIO, which is the faster transport. */
    private static List<String> command(Path project) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-Xmx1g", "-Dreactor.netty.native=false", "--enable-native-access=ALL-UNNAMED"));
        String more = System.getenv("BENCH_SERVICE_FLAGS");
        if (more != null) {
            command.addAll(List.of(more.strip().split("\\s+")));
        }
        try (Stream<Path> files = Files.list(project.resolve("subsidy-service/target"))) {
            Path jar = files.filter(file -> file.getFileName().toString()
                    .matches("subsidy-service-[^-]*(-SNAPSHOT)?\\.jar")).findFirst()
                    .orElseThrow(() -> new IllegalStateException("subsidy-service is not packaged"));
            command.addAll(List.of("-jar", jar.toString()));
        }
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    String token() {
        return Tokens.client("demo-app").scopes("subsidy.read").audience("subsidy").token();
    }

    String officerToken() {
        return Tokens.operator("bench-officer", "371002", "district").scopes("subsidy.read", "subsidy.decide")
                .audience("subsidy").token();
    }

    /** The JSON that a path answers with. */
    String get(String path, String token) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://localhost:" + port + path).toURL()
                .openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + token);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What the process holds in memory now, in MB, where the system tells it. */
    long residentMegabytes() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(0);
    }

    void awaitReady() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("subsidy-service does not start:\n" + Files.readString(log));
            }
            Thread.sleep(100);
        }
    }

    private boolean isReady() {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI
                    .create("http://localhost:" + port + "/actuator/health/readiness").toURL().openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
