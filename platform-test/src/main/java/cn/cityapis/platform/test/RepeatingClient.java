package cn.cityapis.platform.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls at whichever replica answers. A call without an answer is made again with its key, until it has one. */
public final class RepeatingClient {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong repeats = new AtomicLong();
    private final Map<Integer, AtomicLong> statuses = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private final List<Replica> replicas;
    private final String root;

    /** @param root of the paths, e.g. {@code /api/pharmacy/v1} */
    public RepeatingClient(List<Replica> replicas, String root) {
        this.replicas = List.copyOf(replicas);
        this.root = root;
    }

    /** What was answered; the tag is empty where there was none. */
    public record Answer(int status, String etag, JsonNode body) {

        public boolean done() {
            return status / 100 == 2;
        }

        public String text(String pointer) {
            return body.at(pointer).asString("");
        }
    }

    public long answers() {
        return answers.get();
    }

    public long repeats() {
        return repeats.get();
    }

    /** How often each status was answered, the ones without effect too. */
    public Map<Integer, Long> statuses() {
        Map<Integer, Long> all = new TreeMap<>();
        statuses.forEach((status, times) -> all.put(status, times.get()));
        return all;
    }

    public Answer get(Random random, String token, String path) throws InterruptedException {
        return call(random, token, path, null, null);
    }

    public Answer post(Random random, String token, String path, @Nullable Object body, @Nullable String etag)
            throws InterruptedException {
        return call(random, token, path, new Body("application/json",
                body == null ? new byte[0] : JSON.writeValueAsBytes(body)), etag);
    }

    public Answer upload(Random random, String token, String path, String type, byte[] file)
            throws InterruptedException {
        return call(random, token, path, new Body(type, file), null);
    }

    private record Body(String type, byte[] bytes) {
    }

    private Answer call(Random random, String token, String path, @Nullable Body body, @Nullable String etag)
            throws InterruptedException {
        String key = UUID.randomUUID().toString();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Replica replica = replicas.get(random.nextInt(replicas.size()));
            Answer answer = once(request(replica, token, path, body, etag, key));
            if (answer != null) {
                answers.incrementAndGet();
                return answer;
            }
            repeats.incrementAndGet();
            Thread.sleep(20 + random.nextInt(100));
        }
        throw new IllegalStateException("no answer: " + path);
    }

    private HttpRequest request(Replica replica, String token, String path, @Nullable Body body, @Nullable String etag,
            String key) {
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + replica.port() + root + path))
                .timeout(Duration.ofSeconds(20)).header("Authorization", "Bearer " + token);
        if (etag != null) {
            request.header("If-Match", etag);
        }
        if (body == null) {
            return request.build();
        }
        request.header("Idempotency-Key", key);
        if (body.bytes().length > 0) {
            request.header("Content-Type", body.type());
        }
        return request.POST(HttpRequest.BodyPublishers.ofByteArray(body.bytes())).build();
    }

    /** Null where the outcome is unknown: cut off, or the service was in trouble. */
    private @Nullable Answer once(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            statuses.computeIfAbsent(response.statusCode(), each -> new AtomicLong()).incrementAndGet();
            boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
            JsonNode content = json && response.body().length > 0
                    ? JSON.readTree(response.body())
                    : JSON.createObjectNode();
            boolean unsettled = response.statusCode() >= 500
                    || content.path("code").asString("").equals("idempotency-in-progress");
            return unsettled
                    ? null
                    : new Answer(response.statusCode(), response.headers().firstValue("ETag").orElse(""), content);
        } catch (IOException cutOff) {
            return null;
        }
    }
}
