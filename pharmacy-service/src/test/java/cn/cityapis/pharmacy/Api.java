package cn.cityapis.pharmacy;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ChineseDetails;
import cn.cityapis.platform.test.Tokens;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The running service as one kind of caller sees it. */
public final class Api {

    public static final String BASE = "/api/pharmacy/v1";
    public static final JsonMapper JSON = JsonMapper.builder().build();

    private final WebTestClient client;

    private Api(int port, String token) {
        client = Apis.client(port, token);
    }

    /** The kinds of callers that there are, by the names of the development tokens. */
    public enum Who {
        APP,
        CITIZEN,
        CHAIN,
        OTHER_CHAIN,
        SUPPLIER,
        OTHER_SUPPLIER,
        DISTRICT,
        CITY,
        HOME_OPERATOR,
        UNKNOWN_CHAIN,
        MAKER,
        OTHER_MAKER,
        CLINIC,
        OTHER_CLINIC;

        public String token() {
            return switch (this) {
                case APP -> Tokens.client("demo-app").scopes("pharmacy.read").token();
                case CITIZEN -> Tokens.citizen("demo-citizen").scopes("pharmacy.read", "pharmacy.apply").token();
                case CHAIN -> chain("demo-chain-1");
                case OTHER_CHAIN -> chain("demo-chain-2");
                case UNKNOWN_CHAIN -> chain("nobody");
                case CLINIC -> clinic("demo-clinic-1");
                case OTHER_CLINIC -> clinic("demo-clinic-2");
                case MAKER -> maker("demo-maker-1");
                case OTHER_MAKER -> maker("demo-maker-2");
                case SUPPLIER -> supplier("demo-supplier-1");
                case OTHER_SUPPLIER -> supplier("demo-supplier-2");
                case DISTRICT -> Tokens.operator("demo-district-officer", "371002", "district")
                        .scopes("pharmacy.read", "pharmacy.decide").token();
                case CITY -> Tokens.operator("demo-city-officer", "371000", "city", "finance")
                        .scopes("pharmacy.read", "pharmacy.decide", "pharmacy.admin").token();
                case HOME_OPERATOR -> Tokens.operator("demo-home-operator", "demo-home-1", "home-operator")
                        .scopes("eldercare.read").audience("pharmacy").token();
            };
        }

        private static String chain(String org) {
            return Tokens.operator("buyer-" + org, org, "chain").scopes("pharmacy.read", "pharmacy.apply").token();
        }

        private static String clinic(String org) {
            return Tokens.operator("doctor-" + org, org, "pharmacy").scopes("pharmacy.read", "pharmacy.apply").token();
        }

        private static String maker(String org) {
            return Tokens.operator("maker-" + org, org, "maker").scopes("pharmacy.read", "pharmacy.apply").token();
        }

        private static String supplier(String org) {
            return Tokens.operator("clerk-" + org, org, "supplier").scopes("pharmacy.read", "pharmacy.apply").token();
        }
    }

    public static Api as(int port, Who who) {
        return new Api(port, who.token());
    }

    /** An account in a role that it need not have. */
    public static Api as(int port, String org, String role) {
        return new Api(port,
                Tokens.operator("somebody-" + org, org, role).scopes("pharmacy.read", "pharmacy.apply").token());
    }

    /** An answer: status, entity tag, body. */
    public record Answer(int status, @Nullable String etag, JsonNode body, boolean replayed) {

        public String code() {
            return body.path("code").asString("");
        }

        /** The codes of the errors, by JSON pointer. */
        public Map<String, String> errors() {
            var errors = new java.util.TreeMap<String, String>();
            body.path("errors").forEach(e -> errors.put(e.path("pointer").asString(), e.path("code").asString()));
            return errors;
        }

        public String tag() {
            return Objects.requireNonNull(etag, () -> "no ETag: " + this);
        }
    }

    public Answer get(String path, Object... variables) {
        return answer(client.get().uri(BASE + path, variables));
    }

    /** Posts with a fresh idempotency key. */
    public Answer post(String path, @Nullable Object body, @Nullable String ifMatch) {
        return post(path, body, ifMatch, UUID.randomUUID().toString());
    }

    public Answer post(String path, @Nullable Object body, @Nullable String ifMatch, @Nullable String key) {
        return send(HttpMethod.POST, path, body, ifMatch, key);
    }

    public Answer send(HttpMethod method, String path, @Nullable Object body, @Nullable String ifMatch,
            @Nullable String key) {
        var request = client.method(method).uri(BASE + path);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
            return answer(request.bodyValue(body instanceof String text ? text : JSON.writeValueAsString(body)));
        }
        return answer(request);
    }

    /** Sends a file. */
    public Answer upload(String path, String type, byte[] file, @Nullable String key) {
        var request = client.mutate().responseTimeout(java.time.Duration.ofMinutes(1))
                .codecs(c -> c.defaultCodecs().maxInMemorySize(32 * 1024 * 1024)).build().method(HttpMethod.POST)
                .uri(BASE + path).header("Content-Type", type);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return answer(request.bodyValue(file));
    }

    public Answer upload(String path, String type, String file) {
        return upload(path, type, file.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                UUID.randomUUID().toString());
    }

    private static Answer answer(WebTestClient.RequestHeadersSpec<?> request) {
        EntityExchangeResult<byte[]> result = ChineseDetails.checked(request.exchange().expectBody().returnResult());
        byte[] body = result.getResponseBody();
        JsonNode json = body == null || body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        return new Answer(result.getStatus().value(), result.getResponseHeaders().getETag(), json,
                "true".equals(result.getResponseHeaders().getFirst("Idempotency-Replayed")));
    }
}
