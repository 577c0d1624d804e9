package cn.cityapis.policy.subscription;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.policy.Policy;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** A subscriber as a test calls the service. */
public final class Subscribing {

    static final String PATH = "/api/policy/v1/subscriptions";
    final WebTestClient client;

    private Subscribing(WebTestClient client) {
        this.client = client;
    }

    public static Subscribing as(int port, Tokens tokens) {
        return as(port, tokens, "policy.read");
    }

    static Subscribing as(int port, Tokens tokens, String... scopes) {
        return new Subscribing(Apis.client(port, tokens.scopes(scopes).token()));
    }

    public String toThePharmacies() {
        return to("{\"name\":\"药店\",\"profile\":{\"audiences\":[\"药店\"]}}");
    }

    String to(String body) {
        return Policy.json(post(body, UUID.randomUUID().toString()).expectStatus().isCreated().expectBody()
                .returnResult().getResponseBody()).get("id").asString();
    }

    WebTestClient.ResponseSpec post(String body, String key) {
        return client.post().uri(PATH).header("Idempotency-Key", key).contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body).exchange();
    }

    JsonNode get(String path) {
        return Policy.json(client.get().uri(PATH + path).exchange().expectStatus().isOk().expectBody().returnResult()
                .getResponseBody());
    }
}
