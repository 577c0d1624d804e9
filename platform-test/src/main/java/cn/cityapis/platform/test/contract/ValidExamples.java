package cn.cityapis.platform.test.contract;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every JSON body has an example, and every example is what its schema (JSON Schema 2020-12, formats included) says. */
public final class ValidExamples {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry
            .withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode document;
    private final List<String> wrong = new ArrayList<>();

    private ValidExamples(JsonNode document) {
        this.document = document;
    }

    /** Bodies without an example, and examples that are not what their schema says. */
    public static List<String> wrong(JsonNode document) {
        ValidExamples examples = new ValidExamples(document);
        document.path("paths").properties().forEach(path -> path.getValue().properties()
                .forEach(method -> examples.operation(method.getKey() + " " + path.getKey(), method.getValue())));
        document.at("/components/schemas").properties()
                .forEach(schema -> examples.fields("schema " + schema.getKey(), schema.getValue()));
        return examples.wrong;
    }

    /** What is wrong with a value by a schema of the document. */
    public static List<String> violations(JsonNode document, JsonNode schema, JsonNode value) {
        ObjectNode whole = JSON.createObjectNode();
        whole.setAll((ObjectNode) schema);
        whole.set("components", document.path("components"));
        return SCHEMAS.getSchema(whole)
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream().map(error -> error.getInstanceLocation() + " " + error.getMessage()).toList();
    }

    private void operation(String name, JsonNode operation) {
        operation.path("parameters")
                .forEach(parameter -> example(name + " parameter " + parameter.path("name").asString(),
                        parameter.path("schema"), parameter));
        bodies(name + " body", operation.at("/requestBody/content"));
        operation.path("responses").properties().stream().filter(answer -> answer.getKey().startsWith("2"))
                .forEach(answer -> bodies(name + " answer " + answer.getKey(), answer.getValue().path("content")));
    }

    private void bodies(String name, JsonNode content) {
        content.properties().stream().filter(media -> isJson(media.getKey())).forEach(media -> {
            JsonNode body = media.getValue();
            if (!body.has("example") && body.path("examples").isEmpty()) {
                wrong.add(name + ": no example");
            }
            example(name, body.path("schema"), body);
            body.path("examples").properties().forEach(named -> conforms(name + " example " + named.getKey(),
                    body.path("schema"), named.getValue().path("value")));
        });
    }

    /** A line of NDJSON is JSON, the whole is not. */
    private static boolean isJson(String mediaType) {
        return mediaType.endsWith("json") && !mediaType.endsWith("ndjson");
    }

    private void fields(String where, JsonNode schema) {
        example(where, schema, schema);
        schema.path("properties").properties()
                .forEach(field -> fields(where + "." + field.getKey(), field.getValue()));
        schema.path("allOf").forEach(part -> fields(where, part));
        if (schema.path("items").isObject()) {
            fields(where + "[]", schema.get("items"));
        }
    }

    private void example(String where, JsonNode schema, JsonNode at) {
        if (at.has("example")) {
            conforms(where, schema, at.get("example"));
        }
    }

    private void conforms(String where, JsonNode schema, JsonNode value) {
        violations(document, schema, value).forEach(error -> wrong.add(where + ": " + error));
    }
}
