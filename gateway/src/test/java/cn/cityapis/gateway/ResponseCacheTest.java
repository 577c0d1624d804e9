package cn.cityapis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Tokens;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is everybody's is asked for once; what may be one caller's is never given to another. */
class ResponseCacheTest {

    private static final String PUBLIC = "public, max-age=60";
    private static final String PATH = "/api/policy/v1/documents/1";
    private static final String ONE = Tokens.citizen("c-1").scopes("policy.read").token();
    private static final String OTHER = Tokens.citizen("c-2").scopes("policy.read").token();

    private final MovableTime time = new MovableTime();
    private RunningGateway gateway = RunningGateway.start(Map.of("gateway.cache.entry", "40KB"), time);
    private FakeService policy = gateway.service("policy");

    @BeforeEach
    void everybodys() {
        policy.say(PATH, Map.of("Cache-Control", PUBLIC));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private HttpResponse<String> get(String token, String path, UnaryOperator<HttpRequest.Builder> more) {
        return gateway.send(more.apply(gateway.request(path).header("Authorization", "Bearer " + token).GET()));
    }

    private void askedAgain(String path) {
        assertThat(gateway.with(ONE, path).statusCode()).isEqualTo(200);
        long before = policy.asked(path);
        assertThat(gateway.with(OTHER, path).statusCode()).isEqualTo(200);
        assertThat(policy.asked(path)).as(path).isEqualTo(before + 1);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant limit = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean() && Instant.now().isBefore(limit)) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void whatIsEverybodysIsAskedForOnce() {
        policy.say(PATH, Map.of("Cache-Control", PUBLIC, "ETag", "\"7\"", "X-Internal", "i"));
        HttpResponse<String> first = gateway.with(ONE, PATH);
        time.advance(Duration.ofSeconds(20));
        HttpResponse<String> second = gateway.with(OTHER, PATH);
        assertThat(policy.asked(PATH)).isEqualTo(1);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Age")).hasValue("20");
        for (HttpResponse<String> answer : List.of(first, second)) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("ETag")).hasValue("\"7\"");
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue(PUBLIC);
            assertThat(answer.headers().firstValue("RateLimit").orElseThrow()).contains("r=199");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
        assertThat(first.headers().firstValue("X-Request-Id"))
                .isNotEqualTo(second.headers().firstValue("X-Request-Id"));
        assertThat(gateway.metrics()).contains("gateway_cache_readings_total{outcome=\"hit\"} 1.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"none|", "private, max-age=60|", "max-age=60|", "public|",
            "public, max-age=0|",
            "public, no-cache, max-age=60|", "public, no-store, max-age=60|", "public, max-age=60, private=\"x\"|",
            "public, max-age=soon|", "public, max-age=60|Set-Cookie: a=b", "public, max-age=60|Vary: *"})
    void whatIsNotDeclaredToBeEverybodysIsNeverKept(String said, String more) {
        String[] header = more == null ? new String[]{"X-More", "1"} : more.split(": ");
        policy.say(PATH, said.equals("none")
                ? Map.of(header[0], header[1])
                : Map.of("Cache-Control", said, header[0], header[1]));
        askedAgain(PATH);
        askedAgain(PATH);
    }

    @Test
    void whoMayNotReadItIsRefusedThoughItIsKept() {
        String path = "/api/policy/v1/guarded";
        policy.say(path, Map.of("Cache-Control", PUBLIC));
        assertThat(gateway.with(ONE, path).statusCode()).isEqualTo(200);
        assertThat(gateway.with(OTHER, path).statusCode()).isEqualTo(200);
        assertThat(policy.asked(path)).isEqualTo(1);
        String without = Tokens.citizen("c-1").scopes("policy.apply").token();
        assertThat(gateway.with(without, path).statusCode()).isEqualTo(403);
        assertThat(gateway.with(without, path).statusCode()).isEqualTo(403);
        assertThat(gateway.get(path).statusCode()).isEqualTo(401);
        assertThat(gateway.with(Tokens.citizen("c-1").scopes("policy.read").expired().token(), path).statusCode())
                .isEqualTo(401);
        assertThat(gateway.with(OTHER, path).statusCode()).isEqualTo(200);
        assertThat(policy.asked(path)).isEqualTo(3);
    }

    @Test
    void aKeptAnswerCountsForTheLimits() {
        try (RunningGateway strict = RunningGateway.start(Map.of("RATE_LIMIT_BURST", 3, "RATE_LIMIT_PER_SECOND", 1),
                MovableTime.standingStill())) {
            strict.service("policy").say(PATH, Map.of("Cache-Control", PUBLIC));
            List<Integer> answers = IntStream.range(0, 4).mapToObj(i -> strict.with(ONE, PATH).statusCode()).toList();
            assertThat(answers).containsExactly(200, 200, 200, 429);
            assertThat(strict.service("policy").asked(PATH)).isEqualTo(1);
        }
    }

    @Test
    void whatHasHadItsTimeIsAskedForAgain() {
        gateway.with(ONE, PATH);
        policy.answer(PATH, "{\"new\":true}");
        time.advance(Duration.ofSeconds(59));
        assertThat(gateway.with(OTHER, PATH).body()).doesNotContain("new");
        time.advance(Duration.ofSeconds(1));
        assertThat(gateway.with(OTHER, PATH).body()).contains("new");
        assertThat(policy.asked(PATH)).isEqualTo(2);
    }

    @Test
    void manyWhoWantItAtATimeAskOnce() throws Exception {
        gateway.with(ONE, PATH);
        time.advance(Duration.ofSeconds(60));
        policy.hang();
        List<CompletableFuture<String>> calls = IntStream.range(0, 20).mapToObj(i -> CompletableFuture
                .supplyAsync(() -> gateway.with(i % 2 == 0 ? ONE : OTHER, PATH).body(), Thread::startVirtualThread))
                .toList();
        await(() -> gateway.metrics().contains("gateway_in_flight 20.0"));
        policy.goOn();
        assertThat(calls.stream().map(CompletableFuture::join)).hasSize(20).allMatch(body -> body.contains("policy"));
        assertThat(policy.asked(PATH)).isEqualTo(2);
    }

    @Test
    void whoWaitedForWhatIsNoLongerEverybodysAsksForHimself() throws Exception {
        gateway.with(ONE, PATH);
        time.advance(Duration.ofSeconds(60));
        policy.say(PATH, Map.of("Cache-Control", "private"));
        policy.hang();
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 5).mapToObj(i -> CompletableFuture
                .supplyAsync(() -> gateway.with(OTHER, PATH).statusCode(), Thread::startVirtualThread)).toList();
        await(() -> gateway.metrics().contains("gateway_in_flight 5.0"));
        await(() -> policy.asked(PATH) == 2);
        policy.goOn();
        assertThat(calls.stream().map(CompletableFuture::join)).containsOnly(200);
        assertThat(policy.asked(PATH)).isEqualTo(6);
    }

    @Test
    void whoHasItAlreadyIsToldSo() {
        String tag = gateway.with(ONE, PATH).headers().firstValue("ETag").orElseThrow();
        for (String known : List.of(tag, "\"other\", " + tag, "*")) {
            HttpResponse<String> answer = get(OTHER, PATH, request -> request.header("If-None-Match", known));
            assertThat(answer.statusCode()).as(known).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("ETag")).hasValue(tag);
        }
        assertThat(get(OTHER, PATH, request -> request.header("If-None-Match", "\"other\"")).statusCode())
                .isEqualTo(200);
        for (String none : List.of("379999193809143740", "~", "\"open", "")) {
            assertThat(get(OTHER, PATH, request -> request.header("If-None-Match", none)).statusCode()).as(none)
                    .isEqualTo(200);
        }
        assertThat(policy.asked(PATH)).isEqualTo(1);
        time.advance(Duration.ofSeconds(60));
        assertThat(get(OTHER, PATH, request -> request.header("If-None-Match", tag)).statusCode()).isEqualTo(304);
        assertThat(policy.asked(PATH)).isEqualTo(2);
        assertThat(policy.last().has("If-None-Match")).as("the others want it whole").isFalse();
        assertThat(gateway.with(ONE, PATH).body()).contains("policy");
        assertThat(policy.asked(PATH)).isEqualTo(2);
    }

    @Test
    void anotherAddressIsAnotherAnswer() {
        for (String query : List.of("?a=1&b=2", "?b=2&a=1", "?a=%E5%A8%81", "?a=%e5%a8%81", "?a=1", "/")) {
            policy.say(PATH + query, Map.of("Cache-Control", PUBLIC));
            assertThat(gateway.with(ONE, PATH + query).body()).isEqualTo(gateway.with(OTHER, PATH + query).body());
            assertThat(policy.last().path()).isEqualTo(PATH + query);
            assertThat(policy.asked(PATH + query)).as(query).isEqualTo(1);
        }
    }

    @Test
    void whatDiffersByAHeaderIsKeptForEach() {
        policy.say(PATH, Map.of("Cache-Control", PUBLIC, "Vary", "x-form"));
        for (String form : List.of("a", "b")) {
            for (String token : List.of(ONE, OTHER)) {
                get(token, PATH, request -> request.header("X-Form", form));
            }
        }
        assertThat(policy.asked(PATH)).isEqualTo(2);
        get(ONE, PATH, request -> request.header("X-Form", "a").header("Accept", "text/plain"));
        assertThat(policy.asked(PATH)).isEqualTo(3);
    }

    @Test
    void partsAndHeadsAndWhoWantsItAnewReachTheService() {
        gateway.with(ONE, PATH);
        get(ONE, PATH, request -> request.header("Range", "bytes=0-3"));
        assertThat(policy.last().has("Range")).isTrue();
        get(ONE, PATH, HttpRequest.Builder::HEAD);
        assertThat(policy.last().method()).isEqualTo("HEAD");
        policy.answer(PATH, "{\"new\":true}");
        assertThat(get(ONE, PATH, request -> request.header("Cache-Control", "no-store")).body()).contains("new");
        assertThat(gateway.with(OTHER, PATH).body()).doesNotContain("new");
        assertThat(get(ONE, PATH, request -> request.header("Cache-Control", "no-cache")).body()).contains("new");
        assertThat(gateway.with(OTHER, PATH).body()).as("renewed for all").contains("new");
        assertThat(policy.asked(PATH)).isEqualTo(5);
    }

    @Test
    void aRefusalIsNotKeptThoughItSaysSo() {
        String path = "/api/policy/v1/teapot";
        policy.say(path, Map.of("Cache-Control", PUBLIC));
        IntStream.range(0, 3).forEach(i -> assertThat(gateway.with(ONE, path).statusCode()).isEqualTo(418));
        assertThat(policy.asked(path)).isEqualTo(3);
    }

    @Test
    void whatIsLargeOrOfUnknownLengthPassesAsItComes() {
        policy.answer(PATH, "{\"text\":\"" + "x".repeat(41 * 1024) + "\"}");
        askedAgain(PATH);
        String stream = "/api/policy/v1/megabytes/2";
        policy.say(stream, Map.of("Cache-Control", PUBLIC));
        IntStream.range(0, 2).forEach(i -> assertThat(gateway.with(ONE, stream).body()).hasSize(2 << 20));
        assertThat(policy.asked(stream)).isEqualTo(2);
    }

    @Test
    void itHoldsNoMoreThanItMay() throws Exception {
        try (RunningGateway small = RunningGateway.start(Map.of("gateway.cache.size", "64KB"))) {
            FakeService service = small.service("policy");
            for (int i = 0; i < 60; i++) {
                String path = "/api/policy/v1/documents/large" + i;
                service.say(path, Map.of("Cache-Control", PUBLIC));
                small.with(ONE, path);
            }
            await(() -> small.metrics().lines().filter(line -> line.startsWith("gateway_cache_bytes "))
                    .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                    .anyMatch(bytes -> bytes > 0 && bytes <= 64 * 1024));
        }
    }

    @Test
    void itCanBeTurnedOff() {
        try (RunningGateway off = RunningGateway.start(Map.of("gateway.cache.size", "0B"))) {
            off.service("policy").say(PATH, Map.of("Cache-Control", PUBLIC));
            off.with(ONE, PATH);
            off.with(ONE, PATH);
            assertThat(off.service("policy").asked(PATH)).isEqualTo(2);
        }
    }
}
