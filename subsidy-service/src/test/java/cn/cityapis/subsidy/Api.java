package cn.cityapis.subsidy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ChineseDetails;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of the running service, as somebody. */
public final class Api {

    public static final JsonMapper JSON = JsonMapper.builder().build();
    public static final String ROOT = "/api/subsidy/v1";
    public static final String DOCTOR_FACTS = """
            {"birthDate": "1994-05-02", "educationLevel": "doctor", "engagement": "employed-full-time",
             "engagementStart": "2026-11-16", "employerKind": "company"}""";

    private final WebTestClient client;

    private Api(WebTestClient client) {
        this.client = client;
    }

    public static Api as(int port, String token) {
        return new Api(Apis.client(port, token));
    }

    public record Answer(int status, JsonNode body, @Nullable String etag, boolean replayed) {

        public String code() {
            return body.path("code").asString("");
        }

        public List<String> pointers() {
            return body.path("errors").valueStream().map(error -> error.path("pointer").asString()).toList();
        }

        public Answer is(int expected) {
            assertThat(status).as(body.toPrettyString()).isEqualTo(expected);
            return this;
        }

        public Answer is(int expected, String code) {
            assertThat(code()).as(body.toPrettyString()).isEqualTo(code);
            return is(expected);
        }

        public String text(String pointer) {
            return body.at(pointer).asString("");
        }

        public long number(String pointer) {
            return body.at(pointer).asLong();
        }
    }

    public Answer get(String path) {
        return send(HttpMethod.GET, path, null, null, null);
    }

    /** With a new key. */
    public Answer post(String path, @Nullable String body) {
        return send(HttpMethod.POST, path, body, null, UUID.randomUUID().toString());
    }

    /** With a new key, on the version that the answer showed. */
    public Answer post(String path, @Nullable String body, Answer seen) {
        return send(HttpMethod.POST, path, body, seen.etag(), UUID.randomUUID().toString());
    }

    /** The reply of a bank, with a new key. */
    public Answer upload(String path, byte[] body, String type, Answer seen, String key) {
        var result = ChineseDetails
                .checked(client.post().uri(ROOT + path).header("Content-Type", type).header("Idempotency-Key", key)
                        .headers(headers -> {
                            if (seen.etag() != null) {
                                headers.set("If-Match", seen.etag());
                            }
                        }).bodyValue(body).exchange().expectBody().returnResult());
        byte[] bytes = result.getResponseBody();
        return new Answer(result.getStatus().value(),
                JSON.readTree(bytes == null ? "{}".getBytes(StandardCharsets.UTF_8) : bytes),
                result.getResponseHeaders().getETag(),
                "true".equals(result.getResponseHeaders().getFirst("Idempotency-Replayed")));
    }

    /** What is not JSON. */
    public byte[] download(String path) {
        byte[] bytes = client.get().uri(ROOT + path).exchange().expectStatus().isOk().expectBody().returnResult()
                .getResponseBody();
        return bytes == null ? new byte[0] : bytes;
    }

    public Answer put(String path, String body, @Nullable String etag) {
        return send(HttpMethod.PUT, path, body, etag, null);
    }

    public Answer send(HttpMethod method, String path, @Nullable String body, @Nullable String etag,
            @Nullable String key) {
        var request = client.method(method).uri(ROOT + path).headers(headers -> {
            if (etag != null) {
                headers.set("If-Match", etag);
            }
            if (key != null) {
                headers.set("Idempotency-Key", key);
            }
            if (body != null) {
                headers.set("Content-Type", "application/json");
            }
        });
        var result = ChineseDetails.checked(
                (body == null ? request : request.bodyValue(body)).exchange().expectBody().returnResult());
        byte[] bytes = result.getResponseBody();
        JsonNode tree = JSON.readTree(bytes == null ? "{}".getBytes(StandardCharsets.UTF_8) : bytes);
        return new Answer(result.getStatus().value(), tree, result.getResponseHeaders().getETag(),
                "true".equals(result.getResponseHeaders().getFirst("Idempotency-Replayed")));
    }

    /** A complete draft for a doctor. */
    public static String completeDraft(String idNumber) {
        return """
                {"areaCode": "371002", "applicant": {"name": "李明", "idNumber": "%s", "phone": "13812345678",
                 "bankAccount": "6222020000000000123"}, "facts": %s}""".formatted(idNumber, DOCTOR_FACTS);
    }

    public static String newApplication(String idNumber) {
        return "{\"schemeId\": \"talent-living-allowance\", " + completeDraft(idNumber).strip().substring(1);
    }
}
