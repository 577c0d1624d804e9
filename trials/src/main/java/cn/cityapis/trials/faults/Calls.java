package cn.cityapis.trials.faults;

import cn.cityapis.stack.layout.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls at the gateway as a careful client makes them: without an answer, again with the same key, until there is one. */
final class Calls {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration ONE = Duration.ofSeconds(25);

    private final HttpClient http;
    private final String url;
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final Queue<String> open = new ConcurrentLinkedQueue<>();
    private final Queue<String> internalErrors = new ConcurrentLinkedQueue<>();
    private final Map<Integer, AtomicLong> statuses = new ConcurrentSkipListMap<>();

    Calls(HttpClient http, String url) {
        this.http = http;
        this.url = url;
    }

    /** A writing call with its key: enough to make it again. */
    record Write(String token, String method, String path, String type, String body, String etag, String key) {

        static Write post(String token, String path, String body, String etag) {
            return new Write(token, "POST", path, "application/json", body, etag, UUID.randomUUID().toString());
        }
    }

    record Answer(int status, String etag, boolean replayed, JsonNode body, String raw) {

        boolean done() {
            return status / 100 == 2;
        }

        String text(String name) {
            return body.at(name.startsWith("/") ? name : "/" + name).asString("");
        }
    }

    long repeated() {
        return repeated.get();
    }

    long answered() {
        return answered.get();
    }

    /** Calls that had to be made again, since this was asked for the last time. */
    List<String> openSince() {
        List<String> since = new ArrayList<>();
        for (String one = open.poll(); one != null; one = open.poll()) {
            since.add(one);
        }
        return since;
    }

    /** Answers of 500: whatever happens to the database, a caller is told to come again (503) or what he did wrong. */
    List<String> internalErrors() {
        return List.copyOf(internalErrors);
    }

    Map<Integer, AtomicLong> statuses() {
        return statuses;
    }

    /** @throws IllegalStateException if there is no settled answer in 90 s */
    Answer settle(Write write) throws InterruptedException {
        return settle(request(write), write.path());
    }

    Answer get(String token, String path) throws InterruptedException {
        return settle(read(token, path), path);
    }

    /** A token, asked for until the identity server settles it; each asking signs an assertion of its own. */
    String settleToken(Supplier<String> asking) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return asking.get();
            } catch (StackException refused) {
                String told = String.valueOf(refused.getMessage());
                if (told.startsWith("no token: 500")) {
                    internalErrors.add(told);
                }
                if (told.startsWith("no token: 4") || System.nanoTime() > end) {
                    throw refused;
                }
            }
            repeated.incrementAndGet();
            open.add("a token");
            Thread.sleep(50 + ThreadLocalRandom.current().nextInt(250));
        }
    }

    private Answer settle(HttpRequest request, String path) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Answer answer = once(request);
            if (answer != null && !isOpen(answer)) {
                answered.incrementAndGet();
                return answer;
            }
            repeated.incrementAndGet();
            open.add(request.method() + " " + path + " → "
                    + (answer == null ? "no answer" : answer.status() + " " + answer.raw()));
            Thread.sleep(50 + ThreadLocalRandom.current().nextInt(250));
        }
        throw new IllegalStateException("no answer in " + PATIENCE.toSeconds() + " s: " + path);
    }

    /** Null where the connection broke. */
    @Nullable
    Answer once(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            statuses.computeIfAbsent(response.statusCode(), each -> new AtomicLong()).incrementAndGet();
            if (response.statusCode() == 500) {
                internalErrors.add(request.method() + " " + request.uri().getPath() + " → "
                        + new String(response.body(), StandardCharsets.UTF_8));
            }
            boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(response.statusCode(), response.headers().firstValue("ETag").orElse(""),
                    response.headers().firstValue("Idempotency-Replayed").isPresent(),
                    json && response.body().length > 0
                            ? JsonMapper.shared().readTree(response.body())
                            : JsonMapper.shared().createObjectNode(),
                    new String(response.body(), StandardCharsets.UTF_8));
        } catch (IOException cutOff) {
            return null;
        }
    }

    /** The outcome is unknown, or another call with the key is still under way. */
    private static boolean isOpen(Answer answer) {
        return answer.status() >= 500 || answer.status() == 429
                || answer.text("code").equals("idempotency-in-progress");
    }

    HttpRequest read(String token, String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(ONE).header("Authorization", "Bearer " + token)
                .build();
    }

    HttpRequest request(Write write) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + write.path())).timeout(ONE)
                .header("Authorization", "Bearer " + write.token()).header("Idempotency-Key", write.key());
        if (!write.etag().isEmpty()) {
            request.header("If-Match", write.etag());
        }
        if (write.body().isEmpty()) {
            return request.method(write.method(), HttpRequest.BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", write.type())
                .method(write.method(), HttpRequest.BodyPublishers.ofString(write.body())).build();
    }
}
