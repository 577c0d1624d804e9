package cn.cityapis.bench.policy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import cn.cityapis.bench.Database;
import cn.cityapis.platform.test.TestIssuer;
import cn.cityapis.platform.test.Tokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged policy-service as a process of its own, and its API over HTTP with signed tokens. */
final class Service implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** Of processor time in this while is what a service that does nothing takes. */
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String root;
    private final Process process;
    private final Path log;
    private String token = "";
    private long tokenEnds;

    Service(Path project, Path folder, Database database) throws IOException {
        int port = freePort();
        root = "http://localhost:" + port;
        log = folder.resolve("policy-service.log");
        ProcessBuilder builder = new ProcessBuilder(command(jar(project))).redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(java.util.Map.of("SERVER_PORT", String.valueOf(port), "DB_HOST", "localhost",
                "DB_PORT", String.valueOf(database.port()), "DB_NAME", database.name(), "DB_USER", database.name(),
                "DB_PASSWORD", database.name(), "OIDC_ISSUER", TestIssuer.ISSUER, "OIDC_JWKS_URI",
                TestIssuer.shared().jwksUri(), "DATA_DIR", folder.resolve("service").toString()));
        builder.environment().putAll(java.util.Map.of("POLICY_DIGEST", "false", "SPRING_PROFILES_ACTIVE",
                "development"));
        process = builder.start();
    }

    /** What production would run with: the default compiler and collector; NIO, which is the faster transport. */
    static List<String> flags() {
        List<String> flags = new ArrayList<>(List.of("-Xmx1g", "-Dreactor.netty.native=false",
                "--enable-native-access=ALL-UNNAMED"));
        String more = System.getenv("BENCH_SERVICE_FLAGS");
        if (more != null) {
            flags.addAll(List.of(more.strip().split("\\s+")));
        }
        return flags;
    }

    private static List<String> command(Path jar) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private static Path jar(Path project) throws IOException {
        try (Stream<Path> files = Files.list(project.resolve("policy-service/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("policy-service-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst().orElseThrow(() -> new IllegalStateException("policy-service is not packaged"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    void awaitReady() throws InterruptedException {
        await(() -> get("/actuator/health/readiness").statusCode() == 200);
        await(() -> search("海岚市"));
    }

    /** @return whether it was answered with 200 */
    boolean search(String question) throws IOException, InterruptedException {
        return get("/api/policy/v1/documents?q=" + encoded(question)).statusCode() == 200;
    }

    boolean finds(Document document) throws IOException, InterruptedException {
        return get("/api/policy/v1/documents?limit=1&q=" + encoded(document.number())).body()
                .contains("\"number\":\"" + document.number() + "\"");
    }

    /** Loads a text as an operator does, and waits for the end of the job. */
    JsonNode load(String text) throws IOException, InterruptedException {
        HttpRequest post = request("/api/policy/v1/loads").header("Content-Type", "text/plain; charset=utf-8")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(text)).build();
        var accepted = http.send(post, BodyHandlers.ofString());
        if (accepted.statusCode() != 202) {
            throw new IllegalStateException("the load was refused: " + accepted.body());
        }
        String job = "/api/policy/v1/loads/" + JSON.readTree(accepted.body()).get("id").stringValue();
        await(() -> !JSON.readTree(get(job).body()).path("state").asString().matches("queued|running"));
        JsonNode report = JSON.readTree(get(job).body());
        if (!report.path("state").asString().equals("done")) {
            throw new IllegalStateException("the load failed: " + report);
        }
        return report;
    }

    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /**
     * Waits until the service has nothing left to do, such as merging what it has just indexed.
     *
     * @return seconds waited
     */
    double settle() throws InterruptedException {
        long begin = System.nanoTime();
        Duration busy = used();
        for (Duration before = Duration.ZERO; busy.minus(before).compareTo(IDLE) > 0
                && System.nanoTime() - begin < PATIENCE.toNanos();) {
            Thread.sleep(LOOK);
            before = busy;
            busy = used();
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private Duration used() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    void await(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("policy-service ended or took too long:\n" + lastLines());
            }
            Thread.sleep(50);
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

    private static boolean holds(Condition condition) throws InterruptedException {
        try {
            return condition.holds();
        } catch (IOException notYet) {
            return false;
        }
    }

    java.net.http.HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofMinutes(1)).header("Authorization",
                "Bearer " + token());
    }

    private synchronized String token() {
        if (System.nanoTime() >= tokenEnds) {
            token = Tokens.operator("bench", "371000", "admin").scopes("policy.read", "policy.admin").token();
            tokenEnds = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        }
        return token;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
