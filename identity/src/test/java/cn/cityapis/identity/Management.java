package cn.cityapis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls the management interface of a running server as its administrator. */
record Management(RunningIdentity identity, String token) {

    private static final String BASE = "/api/identity/v1";

    static Management of(RunningIdentity identity) {
        return new Management(identity, identity.clientCredentials("demo-admin").body().get("access_token").asString());
    }

    RunningIdentity.Answer get(String path) {
        return identity.send(request(path).GET().build());
    }

    RunningIdentity.Answer post(String path, @Nullable String body) {
        return post(path, body, null);
    }

    RunningIdentity.Answer post(String path, @Nullable String body, @Nullable String etag) {
        return post(path, body, etag, UUID.randomUUID().toString());
    }

    RunningIdentity.Answer post(String path, @Nullable String body, @Nullable String etag, String key) {
        HttpRequest.Builder request = request(path).header("Idempotency-Key", key).POST(body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
        if (etag != null) {
            request.header("If-Match", etag);
        }
        return identity.send(request.build());
    }

    RunningIdentity.Answer put(String path, String body, @Nullable String etag) {
        HttpRequest.Builder request = request(path).PUT(HttpRequest.BodyPublishers.ofString(body));
        if (etag != null) {
            request.header("If-Match", etag);
        }
        return identity.send(request.build());
    }

    HttpRequest.Builder request(String path) {
        return identity.request(BASE + path).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    static String etag(RunningIdentity.Answer answer) {
        return answer.response().headers().firstValue("ETag").orElseThrow();
    }

    static void refused(RunningIdentity.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.response().headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/problem+json");
        assertThat(answer.body().get("code").asString()).isEqualTo(code);
        assertThat(answer.body().get("detail").asString()).containsPattern("\\p{IsHan}");
        assertThat(answer.body().toString()).doesNotContain("Exception", "springframework", "SQL");
    }
}
