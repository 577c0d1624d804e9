package cn.cityapis.subsidy.property;

import cn.cityapis.platform.test.Tokens;
import cn.cityapis.platform.test.Replica;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls at whichever replica answers. A call without an answer is made again with its key, until it has one. */
final class Office {

    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long TOKEN_LIFE = Duration.ofMinutes(2).toNanos();

    final AtomicLong answers = new AtomicLong();
    final AtomicLong repeats = new AtomicLong();
    final Map<Integer, AtomicLong> statuses = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final List<Replica> replicas;

    Office(List<Replica> replicas) {
        this.replicas = replicas;
    }

    private record Token(String text, long ends) {
    }

    /** Who calls. */
    record Person(String subject, @Nullable String org, @Nullable String role) {

        static Person citizen(String subject) {
            return new Person(subject, null, null);
        }

        private String token() {
            return org == null
                    ? Tokens.citizen(subject).scopes("subsidy.read", "subsidy.apply").token()
                    : Tokens.operator(subject, org, role.split(" "))
                            .scopes("subsidy.read", "subsidy.apply", "subsidy.decide").token();
        }
    }

    record Answer(int status, String etag, JsonNode body) {

        boolean done() {
            return status / 100 == 2;
        }

        String text(String pointer) {
            return body.at(pointer).asString("");
        }
    }

    Answer get(Random random, Person by, String path) throws InterruptedException {
        return call(random, by, "GET", path, null, null, null);
    }

    Answer post(Random random, Person by, String path, @Nullable Object body, @Nullable String etag)
            throws InterruptedException {
        byte[] content = body == null ? new byte[0] : JSON.writeValueAsBytes(body);
        return call(random, by, "POST", path, content, body == null ? null : "application/json", etag);
    }

    Answer call(Random random, Person by, String method, String path, byte @Nullable [] body, @Nullable String type,
            @Nullable String etag) throws InterruptedException {
        String key = UUID.randomUUID().toString();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Answer answer = once(random, by, method, path, body, type, etag, key);
            if (answer != null) {
                answers.incrementAndGet();
                return answer;
            }
            repeats.incrementAndGet();
            Thread.sleep(20 + random.nextInt(100));
        }
        throw new IllegalStateException("no answer: " + method + " " + path);
    }

    /** Null where the outcome is unknown: cut off, or the service was in trouble. */
    private @Nullable Answer once(Random random, Person by, String method, String path, byte @Nullable [] body,
            @Nullable String type, @Nullable String etag, String key) throws InterruptedException {
        Replica replica = replicas.get(random.nextInt(replicas.size()));
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + replica.port() + "/api/subsidy/v1" + path))
                .timeout(Duration.ofSeconds(20)).header("Authorization", "Bearer " + token(by));
        if (!method.equals("GET")) {
            request.header("Idempotency-Key", key);
        }
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (etag != null) {
            request.header("If-Match", etag);
        }
        request.method(method, body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(body));
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            statuses.computeIfAbsent(response.statusCode(), each -> new AtomicLong()).incrementAndGet();
            boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
            JsonNode content = json && !response.body().isEmpty()
                    ? JSON.readTree(response.body())
                    : JSON.createObjectNode().put("text", response.body());
            boolean unsettled = response.statusCode() >= 500
                    || content.path("code").asString("").equals("idempotency-in-progress");
            return unsettled
                    ? null
                    : new Answer(response.statusCode(), response.headers().firstValue("ETag").orElse(""), content);
        } catch (IOException cutOff) {
            return null;
        }
    }

    private String token(Person by) {
        return tokens.compute(by.subject(), (subject, held) -> held != null && System.nanoTime() < held.ends()
                ? held
                : new Token(by.token(), System.nanoTime() + TOKEN_LIFE)).text();
    }
}
