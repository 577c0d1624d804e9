package cn.cityapis.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document that a running service serves. */
public final class ApiDocument {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode document;

    private ApiDocument(JsonNode document) {
        this.document = document;
    }

    /** As it was read from somewhere. */
    public static ApiDocument of(JsonNode document) {
        return new ApiDocument(document);
    }

    static ApiDocument of(int port) {
        byte[] body = Apis.client(port).get().uri("/v3/api-docs").exchange().expectStatus().isOk().expectBody()
                .returnResult().getResponseBody();
        return new ApiDocument(JSON.readTree(body == null ? new byte[0] : body));
    }

    /** @throws AssertionError if there is none, or if one does not say who may call it */
    public List<ApiOperation> operations() {
        List<ApiOperation> found = new ArrayList<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties()
                .forEach(method -> found.add(operation(path.getKey(), method.getKey(), method.getValue()))));
        assertThat(found).as("operations of the document").isNotEmpty();
        return found;
    }

    /** The codes of refusals that the document lists. */
    public Set<String> problemCodes() {
        return document.path("x-problems").valueStream().map(problem -> problem.path("code").asString())
                .collect(Collectors.toSet());
    }

    private ApiOperation operation(String path, String method, JsonNode described) {
        return new ApiOperation(described.path("operationId").asString(""),
                HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)), path, access(method + " " + path, described),
                described.path("parameters").valueStream().map(this::parameter).toList(),
                body(described.path("requestBody").path("content")));
    }

    private static ApiOperation.Access access(String name, JsonNode described) {
        JsonNode access = described.get("x-access");
        assertThat(access).as(name + " says who may call it").isNotNull();
        return new ApiOperation.Access(access.get("scope").asString(),
                access.path("roles").valueStream().map(JsonNode::asString).toList(),
                access.path("citizen").asBoolean(false));
    }

    private ApiOperation.Parameter parameter(JsonNode described) {
        ObjectNode schema = inline(described.path("schema"));
        if (described.has("example")) {
            schema.set("example", described.get("example"));
        }
        return new ApiOperation.Parameter(described.path("name").asString(), described.path("in").asString(),
                described.path("required").asBoolean(false), schema);
    }

    private ApiOperation.@Nullable Body body(JsonNode content) {
        if (content.isEmpty()) {
            return null;
        }
        JsonNode first = content.has("application/json") ? content.get("application/json") : content.iterator().next();
        return new ApiOperation.Body(List.copyOf(content.propertyNames()), inline(first.path("schema")),
                example(first));
    }

    /** One that the handler gives: what is put together from the fields says no more than the schema. */
    private static @Nullable JsonNode example(JsonNode media) {
        JsonNode example = media.has("examples")
                ? media.get("examples").iterator().next().path("value")
                : media.path("schema").has("$ref") ? media.path("none") : media.path("example");
        return example.isMissingNode() ? null : Samples.parsed(example);
    }

    /** The schema with every reference replaced by what it names. */
    private ObjectNode inline(JsonNode schema) {
        ObjectNode copy = JSON.createObjectNode();
        JsonNode reference = schema.path("$ref");
        if (!reference.isMissingNode()) {
            copy.setAll(inline(document.at(reference.asString().substring(1))));
        }
        schema.properties().stream().filter(part -> !part.getKey().equals("$ref"))
                .forEach(part -> copy.set(part.getKey(), part(part.getKey(), part.getValue())));
        return copy;
    }

    private JsonNode part(String name, JsonNode value) {
        return switch (name) {
            case "items" -> inline(value);
            case "additionalProperties" -> value.isObject() ? inline(value) : value;
            case "properties" -> {
                ObjectNode properties = JSON.createObjectNode();
                value.properties().forEach(each -> properties.set(each.getKey(), inline(each.getValue())));
                yield properties;
            }
            default -> value;
        };
    }
}
