package cn.cityapis.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks every operation of a service's OpenAPI document as every kind of caller that its {@code x-access} tells apart.
 * Requests carry neither body nor key, so the right caller gets past the door and no further.
 */
public final class AccessMatrix {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NOBODY = "00000000-0000-7000-8000-000000000000";

    private final int port;
    private final String service;

    private AccessMatrix(int port, String service) {
        this.port = port;
        this.service = service;
    }

    /** @param service the audience, e.g. {@code eldercare} */
    public static Stream<DynamicTest> of(int port, String service) {
        return new AccessMatrix(port, service).tests();
    }

    private record Operation(String method, String path, String scope, List<String> roles, boolean citizen) {

        String name() {
            return method.toUpperCase(java.util.Locale.ROOT) + " " + path;
        }
    }

    private Stream<DynamicTest> tests() {
        List<Operation> operations = operations();
        assertThat(operations).as("operations of " + service).isNotEmpty();
        return operations.stream().map(operation -> DynamicTest.dynamicTest(operation.name(), () -> walk(operation)));
    }

    private List<Operation> operations() {
        byte[] document = Apis.client(port).get().uri("/v3/api-docs").exchange().expectBody().returnResult()
                .getResponseBody();
        List<Operation> found = new ArrayList<>();
        JSON.readTree(document == null ? new byte[0] : document).get("paths").properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> found.add(operation(path.getKey(), method.getKey(), method.getValue()))));
        return found;
    }

    private static Operation operation(String path, String method, JsonNode described) {
        JsonNode access = described.get("x-access");
        assertThat(access).as(method + " " + path + " says who may call it").isNotNull();
        List<String> roles = new ArrayList<>();
        access.path("roles").forEach(role -> roles.add(role.asString()));
        return new Operation(method, path.replaceAll("\\{[^}]*[iI]d}", NOBODY).replaceAll("\\{[^}]*}", "1"),
                access.get("scope").asString(), roles, access.path("citizen").asBoolean(false));
    }

    private void walk(Operation operation) {
        refused(operation, null, 401, "token-missing");
        refused(operation, right(operation).expired().token(), 401, "token-invalid");
        refused(operation, right(operation).audience("another-service").token(), 401, "token-invalid");
        refused(operation, right(operation).issuer("https://else.test").token(), 401, "token-invalid");
        refused(operation, right(operation).forged(), 401, "token-invalid");
        refused(operation, right(operation).scopes("events.subscribe").audience(service).token(), 403, "forbidden");
        if (!operation.roles().isEmpty()) {
            refused(operation, Tokens.operator("somebody", "nowhere", "some-role").scopes(operation.scope())
                    .audience(service).token(), 403, "forbidden");
        }
        if (operation.citizen()) {
            refused(operation, Tokens.client("back-end").scopes(operation.scope()).audience(service).token(), 403,
                    "real-name-required");
            refused(operation, Tokens.citizen("openid-only").claim("assurance", "openid").scopes(operation.scope())
                    .audience(service).token(), 403, "real-name-required");
        }
        int status = call(operation, right(operation).token()).returnResult(Void.class).getStatus().value();
        assertThat(status).as("the right caller of " + operation.name()).isNotIn(401, 403, 405, 500, 503);
    }

    private Tokens right(Operation operation) {
        Tokens tokens = operation.citizen() || operation.roles().isEmpty()
                ? Tokens.citizen("right-one")
                : Tokens.operator("right-one", "371000", operation.roles().toArray(String[]::new));
        Set<String> scopes = new LinkedHashSet<>(List.of(operation.scope()));
        return tokens.scopes(scopes.toArray(String[]::new)).audience(service);
    }

    private void refused(Operation operation, @Nullable String token, int status, String code) {
        call(operation, token).expectStatus().isEqualTo(status).expectBody().jsonPath("$.code").isEqualTo(code);
    }

    private WebTestClient.ResponseSpec call(Operation operation, @Nullable String token) {
        return Apis.client(port).method(HttpMethod.valueOf(operation.method().toUpperCase(java.util.Locale.ROOT)))
                .uri(operation.path())
                .headers(headers -> {
                    if (token != null) {
                        headers.setBearerAuth(token);
                    }
                })
                .exchange();
    }
}
