package cn.cityapis.policy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.Tokens;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as a test calls it. */
public final class Policy {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    public final WebTestClient reader;
    public final WebTestClient admin;
    private final int port;

    public Policy(int port) {
        this.port = port;
        reader = Apis.client(port, Tokens.client("test-app").scopes("policy.read").token());
        admin = Apis.client(port,
                Tokens.operator("test-officer", "371000", "admin").scopes("policy.read", "policy.admin").token());
    }

    public JsonNode get(String path, Object... variables) {
        return json(reader.get().uri(path, variables).exchange().expectStatus().isOk().expectBody().returnResult()
                .getResponseBody());
    }

    public JsonNode getAsAdmin(String path, Object... variables) {
        return json(admin.get().uri(path, variables).exchange().expectStatus().isOk().expectBody().returnResult()
                .getResponseBody());
    }

    /** What a permalink leads to, followed as it stands. */
    public JsonNode follow(JsonNode permalink) {
        return json(reader.get().uri(URI.create("http://localhost:" + port + permalink.asString())).exchange()
                .expectStatus()
                .isOk().expectBody().returnResult().getResponseBody());
    }

    /** Loads a text and waits for the end of the job. */
    public JsonNode load(String text) {
        JsonNode queued = json(
                admin.post().uri("/api/policy/v1/loads").header("Idempotency-Key", UUID.randomUUID().toString())
                        .contentType(MediaType.TEXT_PLAIN)
                        .bodyValue(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)).exchange()
                        .expectStatus().isAccepted().expectBody().returnResult().getResponseBody());
        return loaded(queued.get("id").asString());
    }

    public JsonNode loaded(String id) {
        return await(() -> getAsAdmin("/api/policy/v1/loads/" + id),
                load -> load.get("state").asString().matches("done|failed"));
    }

    /** The answer of a search as soon as it satisfies, for at most half a minute. */
    public JsonNode search(String query, Predicate<JsonNode> satisfies) {
        return await(() -> json(reader.get().uri("/api/policy/v1/documents?q={q}", query).exchange().expectBody()
                .returnResult().getResponseBody()), answer -> answer.has("items") && satisfies.test(answer));
    }

    public static JsonNode json(byte @org.jspecify.annotations.Nullable [] body) {
        return JSON.readTree(body == null ? new byte[0] : body);
    }

    private static JsonNode await(java.util.function.Supplier<JsonNode> ask, Predicate<JsonNode> satisfies) {
        Instant end = Instant.now().plus(PATIENCE);
        JsonNode last = ask.get();
        while (!satisfies.test(last)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not satisfied in time: " + last);
            }
            pause();
            last = ask.get();
        }
        return last;
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
