package cn.cityapis.trials.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.cityapis.stack.demo.DemoTokens;
import cn.cityapis.trials.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks every operation with values from its schema and with odd ones, as every caller, and judges each answer.
 *
 * @param requests how many at most
 * @param atMost ends earlier after this time
 * @param workers how many ask at the same time
 * @param say takes a line of progress every ten seconds
 */
public record FuzzRun(Place place, long seed, long requests, Duration atMost, int workers, Consumer<String> say) {

    private static final Duration TOKEN_USE = Duration.ofMinutes(20);
    private static final Duration SAY_EVERY = Duration.ofSeconds(10);
    private static final int RAW_EVERY = 400;
    private static final int LARGE = 100_000;

    public FuzzReport run() throws IOException, InterruptedException, SQLException {
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10)).build()) {
            Canaries canaries = Canaries.of(seed);
            DemoTokens tokens = new DemoTokens(place.url(), place.project());
            new Planting(http, place, tokens.citizen("fuzz-canary-" + seed, canaries.of("idNumber"))).plant(canaries);
            Askers askers = new Askers(tokens);
            Known known = new Known();
            Generator generator = new Generator(seed, Targets.read(http, place), askers::now, known, canaries.sent());
            FuzzReport report = new FuzzReport(seed);
            new Work(http, generator, known, new Judge(canaries), report).run();
            new Traces(place, canaries).found(http).forEach(trace -> report.fault(trace, ""));
            return report;
        }
    }

    /** Tokens that are renewed before they end. */
    private static final class Askers {

        private final DemoTokens tokens;
        private List<Asker> all;
        private long since = System.nanoTime();

        Askers(DemoTokens tokens) {
            this.tokens = tokens;
            this.all = Asker.all(tokens);
        }

        synchronized List<Asker> now() {
            if (System.nanoTime() - since > TOKEN_USE.toNanos()) {
                all = Asker.all(tokens);
                since = System.nanoTime();
            }
            return all;
        }
    }

    private final class Work {

        private final HttpClient http;
        private final Generator generator;
        private final Known known;
        private final Judge judge;
        private final FuzzReport report;
        private final RawDoor door;
        private final AtomicLong next = new AtomicLong();
        private final long end = System.nanoTime() + atMost.toNanos();

        Work(HttpClient http, Generator generator, Known known, Judge judge, FuzzReport report) {
            this.http = http;
            this.generator = generator;
            this.known = known;
            this.judge = judge;
            this.report = report;
            this.door = new RawDoor("127.0.0.1", URI.create(place.url()).getPort());
        }

        void run() throws InterruptedException {
            List<Thread> all = java.util.stream.IntStream.range(0, workers)
                    .mapToObj(i -> Thread.ofPlatform().name("fuzz-" + i).start(this::ask)).toList();
            for (Thread worker : all) {
                while (!worker.join(SAY_EVERY)) {
                    say.accept(report.line());
                }
            }
        }

        private void ask() {
            for (long i = next.getAndIncrement(); i < requests && System.nanoTime() < end; i = next.getAndIncrement()) {
                try {
                    if (i % RAW_EVERY == 0) {
                        String line = RawDoor.line(new SplittableRandom(seed + i));
                        door.fault(line).ifPresent(fault -> report.fault("raw: " + fault,
                                line.substring(0, Math.min(200, line.length()))));
                    }
                    ask(generator.make(i));
                } catch (RuntimeException e) {
                    report.fault("the fuzzer itself: " + e, java.util.Arrays.toString(e.getStackTrace()));
                }
            }
        }

        private void ask(FuzzRequest request) {
            Reply reply = send(request, true);
            if (reply == null) {
                return;
            }
            report.note(request, reply, judge.faults(request, reply));
            if (reply.status() / 100 == 2 && reply.mediaType().endsWith("json")
                    && !request.target().service().equals("identity")) {
                known.note(request.path(), Judge.read(reply.text()),
                        Optional.of(reply.header("etag")).filter(tag -> !tag.isEmpty()));
            }
            if (Judge.isShed(reply)) {
                pause();
            }
        }

        /**
         * Null where a large body was cut off, which a server may do before it has read it.
         *
         * @param again whether it is sent once more where the connection is closed, as a server may at any time between two
         *     requests
         */
        private @Nullable Reply send(FuzzRequest request, boolean again) {
            long begun = System.nanoTime();
            try {
                HttpResponse<byte[]> answer = http.send(http(request), HttpResponse.BodyHandlers.ofByteArray());
                Map<String, String> headers = new HashMap<>();
                answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
                boolean text = headers.getOrDefault("content-type", "").matches("(application/.*json|text/).*");
                return new Reply(answer.statusCode(), headers, text ? new String(answer.body(), UTF_8) : "",
                        Duration.ofNanos(System.nanoTime() - begun));
            } catch (HttpTimeoutException e) {
                report.fault(request.target().name() + ": no answer in time", request.toString());
            } catch (IOException e) {
                if (again) {
                    return send(request, false);
                }
                if (request.size() < LARGE) {
                    report.fault(request.target().name() + ": connection broken", request + "\n  → " + e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UncheckedIOException(new IOException("interrupted", e));
            }
            return null;
        }

        private HttpRequest http(FuzzRequest request) {
            HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(place.url() + request.uri()))
                    .timeout(Judge.PATIENCE.multipliedBy(2));
            request.headers().forEach(builder::header);
            if (request.path().startsWith("/oauth2/")) {
                builder.header("Authorization", "Basic ZGVtby1tYWtlcjpkZW1vLW1ha2VyLXNlY3JldA==");
            } else if (!request.asker().token().isEmpty()) {
                builder.header("Authorization", "Bearer " + request.asker().token());
            }
            byte[] body = request.body();
            return builder.method(request.method(), body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body)).build();
        }

        private static void pause() {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
