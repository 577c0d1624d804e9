package cn.cityapis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller at the gateway: one token, JSON in and out, a fresh idempotency key for each writing call. */
record Api(HttpClient client, String url, @Nullable String token, Citations citations) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** An answer with what the next call needs of it. */
    record Answer(int status, String etag, String contentType, JsonNode body) {

        Answer expect(int expected) {
            assertThat(status).as("%s", body).isEqualTo(expected);
            return this;
        }

        /** A problem of RFC 9457 with this code and a Chinese explanation. */
        Answer expectProblem(int expected, String code) {
            expect(expected);
            assertThat(contentType).startsWith("application/problem+json");
            assertThat(text("code")).isEqualTo(code);
            assertThat(body.path("title").asString("") + body.path("detail").asString(""))
                    .matches("(?s).*\\p{IsHan}.*");
            return this;
        }

        /** Text at a path such as {@code items.0.name}; empty if there is none. */
        String text(String path) {
            return at(path).asString("");
        }

        long number(String path) {
            assertThat(at(path).isNumber()).as("%s in %s", path, body).isTrue();
            return at(path).asLong();
        }

        JsonNode at(String path) {
            JsonNode node = body;
            for (String part : path.split("\\.", -1)) {
                node = part.matches("\\d+") ? node.path(Integer.parseInt(part)) : node.path(part);
            }
            return node;
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    Api as(String otherToken) {
        return new Api(client, url, otherToken, citations);
    }

    Api anonymous() {
        return new Api(client, url, null, citations);
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String json) {
        return post(path, json, "");
    }

    /** @param etag of the resource as the caller has seen it; empty to send none */
    Answer post(String path, String json, String etag) {
        return write("POST", path, json, etag, UUID.randomUUID().toString());
    }

    Answer post(String path, String json, String etag, String idempotencyKey) {
        return write("POST", path, json, etag, idempotencyKey);
    }

    Answer put(String path, String json, String etag) {
        return write("PUT", path, json, etag, UUID.randomUUID().toString());
    }

    Answer upload(String path, String contentType, byte[] content) {
        return send(request(path).header("Content-Type", contentType)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofByteArray(content)));
    }

    private Answer write(String method, String path, String json, String etag, String idempotencyKey) {
        HttpRequest.Builder request = request(path).header("Idempotency-Key", idempotencyKey);
        if (!etag.isEmpty()) {
            request.header("If-Match", etag);
        }
        if (json.isEmpty()) {
            return send(request.method(method, HttpRequest.BodyPublishers.noBody()));
        }
        return send(request.header("Content-Type", "application/json").method(method,
                HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
            String type = response.headers().firstValue("Content-Type").orElse("");
            JsonNode body = type.contains("json")
                    ? JSON.readTree(response.body())
                    : JSON.getNodeFactory().stringNode(response.body());
            citations.note(body);
            return new Answer(response.statusCode(), response.headers().firstValue("ETag").orElse(""), type, body);
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
