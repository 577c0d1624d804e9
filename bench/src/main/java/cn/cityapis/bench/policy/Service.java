package cn.cityapis.bench.policy;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import cn.cityapis.bench.Database;
import cn.cityapis.bench.PackagedService;
import cn.cityapis.platform.test.Tokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API of policy-service, as an operator uses it. */
final class Service implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** Of processor time in this while is what a service that does nothing takes. */
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final PackagedService.Caller ADMIN = () -> Tokens.operator("bench", "371000", "admin")
            .scopes("policy.read", "policy.admin").token();
    private static final JsonMapper JSON = new JsonMapper();

    private final PackagedService process;

    Service(Path project, Path folder, Database database) throws IOException {
        process = new PackagedService(project, "policy-service", folder, database, Map.of("POLICY_DIGEST", "false"));
    }

    void awaitReady() throws InterruptedException {
        process.awaitReady(PATIENCE);
        await(() -> search("海岚市"));
    }

    /** @return whether it was answered with 200 */
    boolean search(String question) throws IOException {
        return process.answers(ADMIN, "/api/policy/v1/documents?q=" + encoded(question));
    }

    boolean suggests(String beginning) throws IOException {
        return process.answers(ADMIN, "/api/policy/v1/suggestions?q=" + encoded(beginning));
    }

    boolean finds(Document document) throws IOException, InterruptedException {
        return get("/api/policy/v1/documents?limit=1&q=" + encoded(document.number())).body()
                .contains("\"number\":\"" + document.number() + "\"");
    }

    /** Loads a text as an operator does, and waits for the end of the job. */
    JsonNode load(String text) throws IOException, InterruptedException {
        var accepted = process
                .send(process.request(ADMIN, "/api/policy/v1/loads").header("Content-Type", "text/plain; charset=utf-8")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(HttpRequest.BodyPublishers.ofString(text)));
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
        return process.process().info().totalCpuDuration().orElseThrow();
    }

    void await(PackagedService.Condition condition) throws InterruptedException {
        process.await(PATIENCE, condition);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return process.send(process.request(ADMIN, path));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.close();
    }
}
