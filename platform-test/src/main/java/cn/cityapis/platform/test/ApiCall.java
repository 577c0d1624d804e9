package cn.cityapis.platform.test;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** A request of an operation: at first with a good value for all that is required and ids that nobody has. */
final class ApiCall {

    private final ApiOperation operation;
    private final Map<String, String> path = new LinkedHashMap<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private HttpMethod method;
    private byte @Nullable [] body;

    private ApiCall(ApiOperation operation) {
        this.operation = operation;
        this.method = operation.method();
    }

    static ApiCall of(ApiOperation operation) {
        ApiCall call = new ApiCall(operation);
        operation.in("path").forEach(parameter -> call.path.put(parameter.name(), unknown(parameter)));
        operation.in("query").stream().filter(ApiOperation.Parameter::required)
                .forEach(parameter -> call.query.put(parameter.name(), Samples.of(parameter.schema()).asString()));
        if (operation.takesKey()) {
            call.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        if (operation.takesVersion()) {
            call.header("If-Match", "\"1\"");
        }
        if (operation.body() != null) {
            call.body(operation.body().mediaType(), Samples.content(operation.body()));
        }
        return call;
    }

    /** Well-formed as the example is, if there is one with figures in it, e.g. a document number. */
    private static String unknown(ApiOperation.Parameter parameter) {
        JsonNode schema = parameter.schema();
        if (schema.has("enum")) {
            return schema.get("enum").get(0).asString();
        }
        String example = schema.has("format") ? "" : schema.path("example").asString("");
        if (!example.matches(".*\\d.*")) {
            return ApiOperation.NOBODY;
        }
        String pattern = schema.path("pattern").asString(".*");
        return Stream.of("987", "07", "7").map(figures -> example.replaceAll("\\d+(\\D*)$", figures + "$1"))
                .filter(other -> other.matches(pattern)).findFirst().orElse(ApiOperation.NOBODY);
    }

    ApiCall parameter(String name, String value) {
        (path.containsKey(name) ? path : query).put(name, value);
        return this;
    }

    ApiCall without(String parameter) {
        query.remove(parameter);
        headers.remove(parameter);
        return this;
    }

    ApiCall header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    ApiCall json(JsonNode tree) {
        return json(tree.toString());
    }

    ApiCall json(String text) {
        return body(MediaType.APPLICATION_JSON_VALUE, text);
    }

    private ApiCall body(String mediaType, String text) {
        header("Content-Type", mediaType);
        body = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    ApiCall method(HttpMethod other) {
        method = other;
        return this;
    }

    ApiCall withoutBody() {
        body = null;
        return this;
    }

    ApiAnswer send(int port, String token) {
        String asked = query.keySet().stream().map(name -> name + "={" + name + "}").collect(Collectors.joining("&"));
        Map<String, String> values = new LinkedHashMap<>(path);
        values.putAll(query);
        WebTestClient.RequestBodySpec request = Apis.client(port, token).method(method)
                .uri(operation.path() + (asked.isEmpty() ? "" : "?" + asked), values);
        headers.forEach(request::header);
        return ApiAnswer.of((body == null ? request : request.bodyValue(body)).exchange());
    }
}
