package cn.cityapis.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@ServiceTest(classes = SampleApplication.class)
class IdempotencyApiTest {

    private static final String THINGS = "/api/sample/v1/things";

    private static final java.util.concurrent.Executor THREADS = java.util.concurrent.Executors
            .newVirtualThreadPerTaskExecutor();

    @LocalServerPort
    int port;

    @Autowired
    DatabaseClient database;

    private final String name = UUID.randomUUID().toString();
    private final String token = Tokens.citizen("c1").scopes("sample.apply", "sample.read").token();

    private String body(int size) {
        return "{\"name\":\"" + name + "\",\"colour\":\"RED\",\"since\":\"2026-01-31\",\"size\":" + size
                + ",\"parts\":[]}";
    }

    private WebTestClient.ResponseSpec post(String bearer, String key, String body, int delay) {
        return Apis.client(port, bearer).post().uri(THINGS + "?delayMillis=" + delay).header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
    }

    private long things() {
        Long count = database.sql("SELECT count(*) AS n FROM thing WHERE name = :name").bind("name", name)
                .map(row -> row.get("n", Long.class)).one().block(Duration.ofSeconds(5));
        return count == null ? -1 : count;
    }

    @Test
    void missingKeyIs400() {
        Apis.client(port, token).post().uri(THINGS).contentType(MediaType.APPLICATION_JSON).bodyValue(body(1))
                .exchange()
                .expectStatus().isBadRequest().expectBody().jsonPath("$.code").isEqualTo("idempotency-key-missing");
        assertThat(things()).isZero();
    }

    @Test
    void theSameKeyGetsTheSameAnswerAndOneEffect() {
        byte[] first = post(token, name, body(1), 0).expectStatus().isCreated().expectBody().returnResult()
                .getResponseBody();
        var again = post(token, name, "  " + body(1), 0).expectStatus().isCreated();
        again.expectHeader().valueEquals("ETag", "\"1\"").expectHeader().valueEquals("Idempotency-Replayed", "true");
        assertThat(again.expectBody().returnResult().getResponseBody()).isEqualTo(first);
        assertThat(things()).isOne();
    }

    @Test
    void theStoredAnswerIsSealedAndOneOfBeforeSealsIsStillGiven() {
        byte[] first = post(token, name, body(1), 0).expectStatus().isCreated().expectBody().returnResult()
                .getResponseBody();
        assertThat(stored("position(convert_to(:text, 'UTF8') IN body) > 0")).as("lies open").isZero();
        assertThat(first).isNotNull();
        assertThat(database.sql("UPDATE idempotency_key SET body = :clear WHERE created_at = (SELECT max(created_at)"
                + " FROM idempotency_key)").bind("clear", first).fetch().rowsUpdated().block(Duration.ofSeconds(5)))
                .isOne();
        assertThat(stored("position(convert_to(:text, 'UTF8') IN body) > 0")).isOne();
        assertThat(post(token, name, body(1), 0).expectStatus().isCreated().expectHeader()
                .valueEquals("Idempotency-Replayed", "true").expectBody().returnResult().getResponseBody())
                .isEqualTo(first);
    }

    private long stored(String condition) {
        Long count = database.sql("SELECT count(*) AS n FROM idempotency_key WHERE " + condition).bind("text", name)
                .map(row -> row.get("n", Long.class)).one().block(Duration.ofSeconds(5));
        return count == null ? -1 : count;
    }

    @Test
    void theSameKeyWithAnotherBodyIs422() {
        post(token, name, body(1), 0).expectStatus().isCreated();
        post(token, name, body(2), 0).expectStatus().isEqualTo(422).expectBody().jsonPath("$.code")
                .isEqualTo("idempotency-key-reused");
    }

    @Test
    void anotherSubjectsKeyIsAnotherKey() {
        post(token, name, body(1), 0).expectStatus().isCreated();
        String other = Tokens.citizen("c2").scopes("sample.apply").token();
        post(other, name, body(1), 0).expectStatus().isEqualTo(409).expectBody().jsonPath("$.code")
                .isEqualTo("conflict");
    }

    @Test
    void refusalsRollBackAndAreNotStored() {
        post(token, name, body(666), 0).expectStatus().isEqualTo(409);
        assertThat(things()).isZero();
        post(token, name, body(1), 0).expectStatus().isCreated();
        assertThat(things()).isOne();
    }

    @Test
    void whileTheFirstIsAtWorkTheSecondIsToldSo() {
        CompletableFuture<Void> first = CompletableFuture
                .runAsync(() -> post(token, name, body(1), 1500).expectStatus().isCreated(), THREADS);
        java.util.concurrent.locks.LockSupport.parkNanos(700_000_000L);
        post(token, name, body(1), 0).expectStatus().isEqualTo(409).expectBody().jsonPath("$.code")
                .isEqualTo("idempotency-in-progress");
        first.join();
        post(token, name, body(1), 1500).expectStatus().isCreated();
        assertThat(things()).isOne();
    }

    @Test
    void sixteenAtOnceHaveOneEffect() {
        List<CompletableFuture<Integer>> answers = IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture
                        .supplyAsync(() -> post(token, name, body(1), 0).returnResult(String.class)
                                .getStatus().value(), THREADS))
                .toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isIn(201, 409, 503));
        assertThat(things()).isOne();
    }

    @Test
    void aClientThatHangsUpDoesNotStopTheEffect() throws IOException {
        String body = body(1);
        try (Socket socket = new Socket("localhost", port)) {
            String request = "POST " + THINGS + "?delayMillis=800 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + token
                    + "\r\nIdempotency-Key: " + name + "\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            java.util.concurrent.locks.LockSupport.parkNanos(400_000_000L);
        }
        java.util.concurrent.locks.LockSupport.parkNanos(1_500_000_000L);
        assertThat(things()).isOne();
        post(token, name, body, 800).expectHeader().valueEquals("Idempotency-Replayed", "true");
    }

    @Test
    void theKeyIsLookedAtBeforeIfMatch() {
        post(token, name, body(1), 0).expectStatus().isCreated();
        UUID id = database.sql("SELECT id FROM thing WHERE name = :name").bind("name", name)
                .map(row -> row.get("id", UUID.class)).one().block(Duration.ofSeconds(5));
        rename(id, "r1", null).expectStatus().isEqualTo(428);
        rename(id, "r1", "\"7\"").expectStatus().isEqualTo(412).expectBody().jsonPath("$.currentETag")
                .isEqualTo("\"1\"");
        rename(id, "r1", "\"1\"").expectStatus().isOk().expectHeader().valueEquals("ETag", "\"2\"");
        rename(id, "r1", "\"1\"").expectStatus().isOk().expectHeader().valueEquals("Idempotency-Replayed", "true");
        rename(id, "r2", "\"1\"").expectStatus().isEqualTo(412);
    }

    private WebTestClient.ResponseSpec rename(UUID id, String key, String ifMatch) {
        return Apis.client(port, token).put().uri(THINGS + "/" + id + "?name=" + name + "x")
                .headers(headers -> {
                    headers.set("Idempotency-Key", key);
                    if (ifMatch != null) {
                        headers.set("If-Match", ifMatch);
                    }
                }).exchange();
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() {
        for (int i = 0; i < 5; i++) {
            String one = body(1).replace(name, name + i);
            post(token, name + i, one, 0).expectStatus().isCreated();
        }
        java.util.Set<String> seen = new java.util.HashSet<>();
        String cursor = "";
        int pages = 0;
        do {
            String answer = Apis.client(port, token).get().uri(THINGS + "?limit=2&cursor=" + cursor).exchange()
                    .expectStatus().isOk().returnResult(String.class).getResponseBody().blockFirst();
            var json = tools.jackson.databind.json.JsonMapper.shared().readTree(answer);
            json.get("items").forEach(item -> assertThat(seen.add(item.get("name").asString())).isTrue());
            cursor = json.path("nextCursor").asString("");
        } while (!cursor.isEmpty() && pages++ < 100);
        assertThat(seen).contains(name + "0", name + "1", name + "2", name + "3", name + "4");
    }
}
