package cn.cityapis.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.contract.ChineseTexts;
import cn.cityapis.platform.test.contract.Released;
import cn.cityapis.platform.test.contract.ValidExamples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.SoftAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the served OpenAPI document to the committed one, its texts and examples to what {@link ChineseTexts} and
 * {@link ValidExamples} ask, and its promises to those of the last release. {@code -Dopenapi.update=true} rewrites the
 * committed document, {@code -Dopenapi.release=true} makes it the released one.
 */
public final class CommittedOpenApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path RELEASED = Path.of("../docs/api");

    private CommittedOpenApi() {
    }

    /** @throws AssertionError naming all that is wrong with the document */
    public static void check(WebTestClient client, Path committed) {
        // the first call puts the document together, which takes long where much runs beside it
        byte[] body = client.mutate().responseTimeout(Duration.ofSeconds(90)).build().get().uri("/v3/api-docs")
                .exchange().expectStatus().isOk().expectBody().returnResult()
                .getResponseBody();
        JsonNode served = JSON.readTree(body == null ? new byte[0] : body);
        compare(served, committed);
        keepsItsRules(served, service(served));
    }

    /** For documents that are kept by hand. @throws AssertionError naming all that is wrong with it */
    public static void keepsItsRules(JsonNode document, String service) {
        Released released = new Released(RELEASED, service);
        if (Boolean.getBoolean("openapi.release")) {
            released.replaceBy(document);
        }
        SoftAssertions.assertSoftly(all -> {
            all.assertThat(document.path("paths").valueStream().flatMap(JsonNode::valueStream)
                    .map(operation -> operation.path("operationId").asString(""))).as("names of operations")
                    .doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][A-Za-z]+"));
            all.assertThat(document.findValuesAsString("$ref")).as("references of " + service)
                    .allSatisfy(reference -> assertThat(document.at(reference.substring(1)).isObject()).isTrue());
            all.assertThat(ChineseTexts.missing(document)).as("Chinese texts missing in the document of " + service)
                    .isEmpty();
            all.assertThat(ValidExamples.wrong(document)).as("wrong examples in the document of " + service).isEmpty();
            all.assertThat(released.flaws(document))
                    .as("breaks what was released; take it back, or accept it in docs/api/accepted.json").isEmpty();
        });
    }

    private static void compare(JsonNode served, Path committed) {
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
    }

    /** {@code /api/{service}/v1/…}. */
    private static String service(JsonNode document) {
        return document.path("paths").propertyNames().iterator().next().split("/", -1)[2];
    }
}
