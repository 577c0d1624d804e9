package cn.cityapis.platform.test;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Values that a schema allows: its example, or else the plainest value. */
public final class Samples {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Tried in turn on a pattern that has no example. */
    private static final List<String> WORDS = List.of("示例", "example", "13800000001", "371002", "1");

    private Samples() {
    }

    /** A body that an operation takes: its example if there is one. */
    public static String content(ApiOperation.Body body) {
        if (body.isJson()) {
            return (body.example() == null ? of(body.schema()) : body.example()).toString();
        }
        return body.mediaTypes().contains("application/pdf") ? "%PDF-1.4 example" : "示例";
    }

    /** Its example, or else the plainest value. */
    public static JsonNode of(JsonNode schema) {
        return switch (schema.path("type").asString("")) {
            case "object" -> object(schema);
            case "array" -> array(schema);
            case "integer", "number" -> schema.has("example")
                    ? parsed(schema.get("example"))
                    : JSON.getNodeFactory().numberNode(schema.path("minimum").asLong(1));
            case "boolean" -> JSON.getNodeFactory().booleanNode(schema.path("default").asBoolean(false));
            default -> StringNode.valueOf(text(schema));
        };
    }

    /** Examples are written as text where the annotation knows nothing else. */
    static JsonNode parsed(JsonNode example) {
        if (!example.isString()) {
            return example;
        }
        try {
            return JSON.readTree(example.asString());
        } catch (JacksonException e) {
            return example;
        }
    }

    private static JsonNode object(JsonNode schema) {
        JsonNode example = parsed(schema.path("example"));
        ObjectNode object = example.isObject() ? (ObjectNode) example.deepCopy() : JSON.createObjectNode();
        schema.path("properties").properties().forEach(each -> object.set(each.getKey(), of(each.getValue())));
        return object;
    }

    private static JsonNode array(JsonNode schema) {
        JsonNode example = parsed(schema.path("example"));
        if (example.isArray() && !example.isEmpty()) {
            return example;
        }
        ArrayNode array = JSON.createArrayNode();
        return array.add(of(schema.path("items")));
    }

    private static String text(JsonNode schema) {
        if (schema.has("example")) {
            return schema.get("example").asString();
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0).asString();
        }
        return switch (schema.path("format").asString("")) {
            case "uuid" -> ApiOperation.NOBODY;
            case "date" -> "2026-01-31";
            case "date-time" -> "2026-01-31T09:00:00+08:00";
            default -> word(schema.path("pattern").asString(".*"));
        };
    }

    private static String word(String pattern) {
        return WORDS.stream().filter(word -> word.matches(pattern)).findFirst()
                .orElseThrow(() -> new AssertionError("give an example of " + pattern + " in the document"));
    }
}
