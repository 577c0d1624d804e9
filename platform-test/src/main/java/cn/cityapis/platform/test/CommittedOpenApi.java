package cn.cityapis.platform.test;

import cn.cityapis.platform.test.contract.Released;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the served OpenAPI document with the committed one, and its promises with those of the last release.
 * {@code -Dopenapi.update=true} rewrites the committed document, {@code -Dopenapi.release=true} makes it the released
 * one.
 */
public final class CommittedOpenApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CommittedOpenApi() {
    }

    /** @throws AssertionError if the documents differ, or if the served one breaks what was released */
    public static void check(WebTestClient client, Path committed) {
        byte[] body = client.get().uri("/v3/api-docs").exchange().expectStatus().isOk().expectBody().returnResult()
                .getResponseBody();
        JsonNode served = JSON.readTree(body == null ? new byte[0] : body);
        try {
            if (Boolean.getBoolean("openapi.update")) {
                Files.writeString(committed, served.toPrettyString() + "\n");
            } else if (!Files.exists(committed) || !JSON.readTree(Files.readString(committed)).equals(served)) {
                throw new AssertionError(committed.getFileName() + " is not what the service serves: "
                        + "look at the difference, then run this test with -Dopenapi.update=true");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keepsItsPromises(served);
    }

    private static void keepsItsPromises(JsonNode served) {
        Released released = new Released(Path.of("../docs/api"), service(served));
        if (Boolean.getBoolean("openapi.release")) {
            released.replaceBy(served);
        }
        String said = String.join("\n", released.flaws(served));
        if (!said.isEmpty()) {
            throw new AssertionError("breaks what was released (docs/api/accepted.json can accept it):\n" + said);
        }
    }

    /** {@code /api/{service}/v1/…}. */
    private static String service(JsonNode document) {
        return document.path("paths").propertyNames().iterator().next().split("/", -1)[2];
    }
}
