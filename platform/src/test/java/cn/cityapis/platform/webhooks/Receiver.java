package cn.cityapis.platform.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A partner's endpoint: takes real requests and answers as it is told. */
final class Receiver implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    record Received(String id, String timestamp, String signature, String type, String body, int status) {

        JsonNode event() {
            return JSON.readTree(body);
        }

        int number() {
            return event().path("data").path("n").asInt(-1);
        }

        String subject() {
            return event().path("subject").asString();
        }
    }

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final DisposableServer server;
    private volatile Function<JsonNode, Integer> status = event -> 204;
    private volatile Duration delay = Duration.ZERO;

    Receiver() {
        server = HttpServer.create().port(0).host("127.0.0.1").route(routes -> routes
                .get("/inside", (request, response) -> response.sendString(Mono.just("secret")))
                .post("/**", (request, response) -> request.receive().aggregate().asString().flatMap(body -> {
                    int answer = status.apply(JSON.readTree(body));
                    received.add(new Received(request.requestHeaders().get("webhook-id"),
                            request.requestHeaders().get("webhook-timestamp"),
                            request.requestHeaders().get("webhook-signature"),
                            request.requestHeaders().get("content-type"), body, answer));
                    response.status(answer).header("Location", "/inside");
                    return Mono.delay(delay).then(response.send().then());
                }))).bindNow();
    }

    String url() {
        return "http://127.0.0.1:" + server.port() + "/events";
    }

    void answers(Function<JsonNode, Integer> how) {
        status = how;
    }

    void answers(int always) {
        status = event -> always;
    }

    void waits(Duration before) {
        delay = before;
    }

    List<Received> all() {
        return List.copyOf(received);
    }

    List<Received> taken() {
        return received.stream().filter(each -> each.status() / 100 == 2).toList();
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
