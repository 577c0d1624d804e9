package cn.cityapis.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.contract.ChineseTexts;
import cn.cityapis.platform.test.contract.ValidExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The document of all has all that the parts have, and nothing twice. It is left in {@code target/openapi.json} for the
 * module clients, whose tools read it as a file.
 */
class MergedDocumentTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static Map<String, ObjectNode> parts = Map.of();
    private static JsonNode whole = JSON.createObjectNode();

    @BeforeAll
    static void read() throws IOException {
        parts = WholeDocument.parts();
        whole = MergedDocument.of(parts, "https://city.test");
        Files.writeString(Path.of("target/openapi.json"), whole.toPrettyString());
    }

    @Test
    void everyOperationOfAPartIsThereWithItsTexts() {
        parts.forEach((service, part) -> part.path("paths").properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode merged = whole.path("paths").path(path.getKey()).path(method.getKey());
                    assertThat(merged.path("tags").path(0).asString()).isEqualTo(service);
                    assertThat(merged.path("summary")).isEqualTo(method.getValue().path("summary"));
                    assertThat(merged.path("description")).isEqualTo(method.getValue().path("description"));
                    assertThat(merged.path("parameters").size())
                            .isEqualTo(method.getValue().path("parameters").size());
                    assertThat(merged.path("responses").propertyNames())
                            .containsAll(method.getValue().path("responses").propertyNames());
                })));
        assertThat(whole.path("paths").valueStream().mapToInt(JsonNode::size).sum()).isEqualTo(parts.values().stream()
                .flatMap(part -> part.path("paths").valueStream()).mapToInt(JsonNode::size).sum());
        assertThat(whole.path("webhooks").size())
                .isEqualTo(parts.values().stream().mapToInt(part -> part.path("webhooks").size()).sum());
    }

    /** With every reference followed, a body is what it is in its part. */
    @Test
    void everyBodyMeansWhatItMeansInItsPart() {
        parts.forEach((service, part) -> part.path("paths").properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode merged = whole.path("paths").path(path.getKey()).path(method.getKey());
                    assertThat(content(whole, merged)).as(method.getKey() + " " + path.getKey())
                            .isEqualTo(content(part, method.getValue()));
                })));
    }

    private static List<JsonNode> content(JsonNode document, JsonNode operation) {
        List<JsonNode> found = new ArrayList<>();
        operation.at("/requestBody/content").forEach(media -> found.add(inline(document, media.path("schema"), 0)));
        operation.path("responses").properties().stream().filter(answer -> answer.getKey().startsWith("2"))
                .forEach(answer -> answer.getValue().path("content")
                        .forEach(media -> found.add(inline(document, media.path("schema"), 0))));
        return found;
    }

    /** Forms that hold themselves are followed a few times. */
    private static JsonNode inline(JsonNode document, JsonNode node, int depth) {
        if (node.has("$ref")) {
            return depth > 6
                    ? JSON.createObjectNode()
                    : inline(document, document.at(node.get("$ref").asString().substring(1)), depth + 1);
        }
        if (node instanceof ArrayNode all) {
            ArrayNode copies = JSON.createArrayNode();
            all.forEach(each -> copies.add(inline(document, each, depth)));
            return copies;
        }
        JsonNode copy = node.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.remove("discriminator");
            List.copyOf(object.propertyNames()).forEach(name -> object.set(name,
                    inline(document, object.get(name), depth)));
        }
        return copy;
    }

    @Test
    void namesOfOperationsAreUniqueAndEveryReferenceLeadsSomewhere() {
        assertThat(MergedNames.operations(whole).stream()
                .map(operation -> operation.path("operationId").asString()).toList()).hasSizeGreaterThan(290)
                .doesNotHaveDuplicates().contains("eldercareGetApplication", "subsidyGetApplication", "listHomes");
        assertThat(whole.path("webhooks").valueStream().map(event -> event.at("/post/operationId").asString()))
                .doesNotHaveDuplicates().contains("onEldercareOfferMade", "onSubsidyPaymentRun");
        assertThat(whole.findValuesAsString("$ref")).isNotEmpty()
                .allSatisfy(reference -> assertThat(whole.at(reference.substring(1)).isObject()).isTrue());
        assertThat(whole.at("/components/schemas").propertyNames()).contains("Problem", "EldercareCitation",
                "SubsidyCitation").doesNotContain("Citation", "PolicyProblem");
    }

    @Test
    void theGatewaysAnswersAreThere() {
        assertThat(whole.at("/components/responses/TooManyRequests/headers").propertyNames())
                .containsExactlyInAnyOrder("RateLimit", "RateLimit-Policy", "Retry-After");
        assertThat(MergedNames.operations(whole)).allSatisfy(operation -> {
            assertThat(operation.path("responses").propertyNames()).contains("429", "503");
            assertThat(operation.path("responses").has("401")).isEqualTo(!operation.path("security").isEmpty());
        });
        assertThat(whole.path("x-problems").valueStream().map(problem -> problem.path("code").asString()))
                .contains("too-many-requests", "client-exists", "validation-failed").doesNotHaveDuplicates();
    }

    @Test
    void tokenEndpointsRefuseAsOAuthHasItAndTheGatewayAsEverywhere() {
        assertThat(whole.at("/paths/~1oauth2~1token/post/responses/429/content").propertyNames())
                .containsExactlyInAnyOrder("application/json", "application/problem+json");
    }

    @Test
    void itKeepsTheRulesOfTheParts() {
        assertThat(ChineseTexts.missing(whole)).isEmpty();
        assertThat(ValidExamples.wrong(whole)).isEmpty();
    }
}
