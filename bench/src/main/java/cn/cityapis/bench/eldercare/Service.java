package cn.cityapis.bench.eldercare;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import cn.cityapis.bench.Database;
import cn.cityapis.bench.PackagedService;
import cn.cityapis.platform.test.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API of eldercare-service, as those who use it most. */
final class Service implements AutoCloseable {

    static final String ORG = "bench-home";
    static final String AGENCY = "bench-agency";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final JsonMapper JSON = new JsonMapper();

    private final PackagedService process;

    /** Who calls. */
    enum Role implements PackagedService.Caller {
        CITIZEN {
            @Override
            public String token() {
                return Tokens.citizen("bench-citizen").scopes("eldercare.read", "eldercare.apply").token();
            }
        },
        HOME {
            @Override
            public String token() {
                return Tokens.operator("bench-operator", ORG, "home-operator")
                        .scopes("eldercare.read", "eldercare.decide").token();
            }
        },
        ASSESSOR {
            @Override
            public String token() {
                return Tokens.operator("bench-assessor", AGENCY, "assessor")
                        .scopes("eldercare.read", "eldercare.decide").token();
            }
        }
    }

    Service(Path project, Path folder, Database database) throws IOException {
        process = new PackagedService(project, "eldercare-service", folder, database, Map.of());
    }

    void awaitReady() throws InterruptedException {
        process.awaitReady(PATIENCE);
    }

    /** Whether a path is answered with 200. */
    boolean answers(Role by, String path) throws IOException {
        return process.answers(by, "/api/eldercare/v1" + path);
    }

    HttpResponse<String> get(Role by, String path) throws IOException, InterruptedException {
        return process.send(request(by, path));
    }

    /** @param etag null where the call needs none */
    HttpResponse<String> post(Role by, String path, String type, String body, @Nullable String etag)
            throws IOException, InterruptedException {
        HttpRequest.Builder post = request(by, path).header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            post.header("Content-Type", type);
        }
        if (etag != null) {
            post.header("If-Match", etag);
        }
        return process.send(post);
    }

    /** As {@link #post}, where only success will do. */
    JsonNode done(Role by, String path, String type, String body, @Nullable String etag)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = post(by, path, type, body, etag);
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(Role by, String path) {
        return process.request(by, "/api/eldercare/v1" + path);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.close();
    }
}
