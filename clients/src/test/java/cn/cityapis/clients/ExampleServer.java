package cn.cityapis.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers each operation of the document with its own example; asks for a token, headers and a body as the document does. */
final class ExampleServer implements AutoCloseable {

    private final Document document;
    private final HttpServer server;
    private final List<String> called = new CopyOnWriteArrayList<>();

    ExampleServer(Document document) throws IOException {
        this.document = document;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Names of the operations, in the order of the calls. */
    List<String> called() {
        return List.copyOf(called);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        JsonNode operation = document.operation(exchange.getRequestMethod().toLowerCase(Locale.ROOT),
                exchange.getRequestURI().getPath());
        if (operation.isMissingNode() || misses(exchange, operation, body)) {
            send(exchange, 400, "application/problem+json", "{\"code\":\"bad-request\",\"title\":\"请求无法识别\"}");
            return;
        }
        called.add(operation.path("operationId").asText());
        Map.Entry<String, JsonNode> success = operation.path("responses").properties().stream()
                .filter(answer -> answer.getKey().startsWith("2")).findFirst().orElseThrow();
        JsonNode media = success.getValue().path("content").path("application/json");
        send(exchange, Integer.parseInt(success.getKey()), "application/json", Document.example(media).toString());
    }

    private static boolean misses(HttpExchange exchange, JsonNode operation, byte[] body) {
        boolean token = operation.path("security").findValue("accessToken") != null
                && exchange.getRequestHeaders().getFirst("Authorization") == null;
        boolean header = operation.path("parameters").valueStream().anyMatch(
                parameter -> parameter.path("in").asText().equals("header") && parameter.path("required").asBoolean()
                        && exchange.getRequestHeaders().getFirst(parameter.path("name").asText()) == null);
        return token || header || operation.has("requestBody") && (body.length == 0 || !typed(exchange, operation));
    }

    private static boolean typed(HttpExchange exchange, JsonNode operation) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        return type != null && operation.path("requestBody").path("content").has(type.split(";", 2)[0].strip());
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("ETag", "\"1\"");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
