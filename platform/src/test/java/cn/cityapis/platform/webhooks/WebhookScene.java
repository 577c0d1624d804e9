package cn.cityapis.platform.webhooks;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.platform.time.DevelopmentClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** A running service, a partner with an endpoint, and another partner. */
@ServiceTest(classes = SampleApplication.class, properties = {"test.database=webhooks",
        "platform.webhooks.every=PT0.1S", "platform.webhooks.timeout=PT2S",
        // on a busy machine a connection takes longer to open than the 1.5 s after which these tests' service gives up
        "spring.r2dbc.pool.max-acquire-time=30s"})
abstract class WebhookScene {

    static final String PATH = "/api/sample/v1/webhooks";

    @LocalServerPort
    int port;
    @Autowired
    Outbox outbox;
    @Autowired
    DatabaseClient database;
    @Autowired
    DevelopmentClock clock;

    final Receiver receiver = new Receiver();
    final String client = "partner-" + UUID.randomUUID();
    WebTestClient partner;

    WebTestClient as(String clientId) {
        return Apis.client(port, Tokens.client(clientId).scopes("events.subscribe").audience("sample").token());
    }

    @BeforeEach
    void signIn() {
        partner = as(client);
    }

    @AfterEach
    void close() {
        database.sql("DELETE FROM webhook WHERE client_id = :client").bind("client", client).then()
                .block(Duration.ofSeconds(5));
        receiver.close();
    }

    static Map<String, Object> form(String url, String... types) {
        return Map.of("url", url, "eventTypes", List.of(types), "description", "测试");
    }

    WebTestClient.ResponseSpec post(WebTestClient who, String path, Object body) {
        var request = who.post().uri(PATH + path).header("Idempotency-Key", UUID.randomUUID().toString());
        return body.equals("")
                ? request.exchange()
                : request.contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
    }

    String subscribe(String... types) {
        return Objects.requireNonNull(post(partner, "", form(receiver.url(), types)).expectStatus().isCreated()
                .expectBody(JsonNode.class).returnResult().getResponseBody()).path("id").asString();
    }

    JsonNode get(String path) {
        return Objects.requireNonNull(partner.get().uri(PATH + path).exchange().expectStatus().isOk()
                .expectBody(JsonNode.class).returnResult().getResponseBody());
    }

    void publish(String subject, int number) {
        outbox.publish("sample.thing.created", subject, Map.of("n", number)).block(Duration.ofSeconds(5));
    }

    /** Until it is so, at most thirty seconds of real time: other processes are waited for. */
    static void await(String what, BooleanSupplier so) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                Assertions.fail("did not come: " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
