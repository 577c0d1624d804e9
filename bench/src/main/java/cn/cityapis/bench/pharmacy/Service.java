package cn.cityapis.bench.pharmacy;

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
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import cn.cityapis.bench.Database;
import cn.cityapis.platform.test.TestIssuer;
import cn.cityapis.platform.test.Tokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged pharmacy-service as a process of its own, and its API over HTTP with signed tokens. */
final class Service implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long TOKEN_LIFE = Duration.ofMinutes(2).toNanos();
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Role, String> tokens = new HashMap<>();
    private final String root;
    private final Process process;
    private final Path log;
    private long tokensEnd;

    /** Who calls. */
    enum Role {
        APP {
            @Override
            String token() {
                return Tokens.client("bench-app").scopes("pharmacy.read").token();
            }
        },
        CHAIN {
            @Override
            String token() {
                return Tokens.operator("bench-buyer", City.ORG, "chain").scopes("pharmacy.read", "pharmacy.apply")
                        .token();
            }
        };

        abstract String token();
    }

    Service(Path project, Path folder, Database database) throws IOException {
        int port = freePort();
        root = "http://localhost:" + port;
        log = folder.resolve("pharmacy-service.log");
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
        try (Stream<Path> files = Files.list(project.resolve("pharmacy-service/target"))) {
            Path jar = files.filter(file -> file.getFileName().toString().matches(
                    "pharmacy-service-[^-]*(-SNAPSHOT)?\\.jar")).findFirst()
                    .orElseThrow(() -> new IllegalStateException("pharmacy-service is not packaged"));
            command.addAll(List.of("-jar", jar.toString()));
        }
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    void awaitReady() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("pharmacy-service does not start:\n" + Files.readString(log));
            }
            Thread.sleep(100);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(root + "/actuator/health/readiness")).build(),
                    BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    HttpResponse<String> get(Role by, String path) throws IOException, InterruptedException {
        return http.send(request(by, path).build(), BodyHandlers.ofString());
    }

    /** Sends a file; only success will do. */
    JsonNode upload(Role by, String path, String type, byte[] file) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request(by, path)
                .header("Idempotency-Key", UUID.randomUUID().toString()).header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(file)).build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(Role by, String path) {
        return HttpRequest.newBuilder(URI.create(root + "/api/pharmacy/v1" + path)).timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + token(by));
    }

    private synchronized String token(Role by) {
        if (System.nanoTime() >= tokensEnd) {
            tokens.clear();
            tokensEnd = System.nanoTime() + TOKEN_LIFE;
        }
        return tokens.computeIfAbsent(by, Role::token);
    }

    @Override
    public void close() throws InterruptedException {
        http.close();
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
