package cn.cityapis.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Walks every operation of a service's OpenAPI document as every kind of caller that its {@code x-access} tells apart.
 * Requests carry neither body nor key, so the right caller gets past the door and no further.
 */
public final class AccessMatrix {

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

    private Stream<DynamicTest> tests() {
        return ApiDocument.of(port).operations().stream()
                .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> walk(operation)));
    }

    private void walk(ApiOperation operation) {
        refused(operation, null, 401, "token-missing");
        refused(operation, right(operation).expired().token(), 401, "token-invalid");
        refused(operation, right(operation).audience("another-service").token(), 401, "token-invalid");
        refused(operation, right(operation).issuer("https://else.test").token(), 401, "token-invalid");
        refused(operation, right(operation).forged(), 401, "token-invalid");
        refused(operation, right(operation).scopes("nothing.read").audience(service).token(), 403, "forbidden");
        if (!operation.access().roles().isEmpty()) {
            refused(operation, Tokens.operator("somebody", "nowhere", "some-role").scopes(operation.access().scope())
                    .audience(service).token(), 403, "forbidden");
        }
        if (operation.access().citizen()) {
            refused(operation, Tokens.client("back-end").scopes(operation.access().scope()).audience(service).token(),
                    403,
                    "real-name-required");
            refused(operation,
                    Tokens.citizen("openid-only").claim("assurance", "openid").scopes(operation.access().scope())
                            .audience(service).token(),
                    403, "real-name-required");
        }
        int status = call(operation, right(operation).token()).returnResult(Void.class).getStatus().value();
        assertThat(status).as("the right caller of " + operation.name()).isNotIn(401, 403, 405, 500, 503);
    }

    private Tokens right(ApiOperation operation) {
        return operation.anyone("right-one", "371000").scopes(operation.access().scope()).audience(service);
    }

    private void refused(ApiOperation operation, @Nullable String token, int status, String code) {
        call(operation, token).expectStatus().isEqualTo(status).expectBody().jsonPath("$.code").isEqualTo(code);
    }

    private WebTestClient.ResponseSpec call(ApiOperation operation, @Nullable String token) {
        String path = operation.path().replaceAll("\\{[^}]*[iI]d}", ApiOperation.NOBODY).replaceAll("\\{[^}]*}", "1");
        return Apis.client(port).method(operation.method())
                .uri(path)
                .headers(headers -> {
                    if (operation.body() != null) {
                        headers.set("Content-Type", operation.body().mediaType());
                    }
                    if (token != null) {
                        headers.setBearerAuth(token);
                    }
                })
                .exchange();
    }
}
