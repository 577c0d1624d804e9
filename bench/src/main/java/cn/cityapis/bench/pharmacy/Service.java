package cn.cityapis.bench.pharmacy;

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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API of pharmacy-service, as those who use it most. */
final class Service implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final JsonMapper JSON = new JsonMapper();

    private final PackagedService process;

    /** Who calls. */
    enum Role implements PackagedService.Caller {
        APP {
            @Override
            public String token() {
                return Tokens.client("bench-app").scopes("pharmacy.read").token();
            }
        },
        CHAIN {
            @Override
            public String token() {
                return Tokens.operator("bench-buyer", City.ORG, "chain").scopes("pharmacy.read", "pharmacy.apply")
                        .token();
            }
        }
    }

    Service(Path project, Path folder, Database database) throws IOException {
        process = new PackagedService(project, "pharmacy-service", folder, database, Map.of());
    }

    void awaitReady() throws InterruptedException {
        process.awaitReady(PATIENCE);
    }

    /** Whether a path is answered with 200. */
    boolean answers(Role by, String path) throws IOException {
        return process.answers(by, "/api/pharmacy/v1" + path);
    }

    /** Sends a file; only success will do. */
    JsonNode upload(Role by, String path, String type, byte[] file) throws IOException, InterruptedException {
        HttpResponse<String> answer = process.send(request(by, path)
                .header("Idempotency-Key", UUID.randomUUID().toString()).header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(file)));
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(Role by, String path) {
        return process.request(by, "/api/pharmacy/v1" + path);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.close();
    }
}
