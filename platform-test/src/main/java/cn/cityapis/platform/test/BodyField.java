package cn.cityapis.platform.test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A place in a request body.
 *
 * @param sample what a good body has there
 */
record BodyField(String pointer, JsonNode schema, JsonNode sample) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** A pattern that takes any length. */
    private static final Pattern ENDLESS = Pattern.compile("(?<!\\\\)[*+]|\\{\\d+,}");
    private static final String FAR_TOO_LONG = "长".repeat(10_000);

    /** Every place below the top of a good body: the fields, the first item of each array, the first value of maps. */
    static List<BodyField> of(JsonNode schema, JsonNode body) {
        List<BodyField> found = new ArrayList<>();
        new BodyField("", schema, body).collect(found);
        return found;
    }

    private void collect(List<BodyField> found) {
        children().forEach(child -> {
            found.add(child);
            child.collect(found);
        });
    }

    private Stream<BodyField> children() {
        return switch (type()) {
            case "array" -> Stream.of(new BodyField(pointer + "/0", schema.path("items"), sample.path(0)));
            case "object" -> schema.path("additionalProperties").has("type")
                    ? sample.properties().stream().limit(1).map(entry -> new BodyField(pointer + "/" + entry.getKey(),
                            schema.get("additionalProperties"), entry.getValue()))
                    : schema.path("properties").properties().stream()
                            .map(property -> new BodyField(pointer + "/" + property.getKey(), property.getValue(),
                                    sample.path(property.getKey())));
            default -> Stream.of();
        };
    }

    String name() {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    private String type() {
        return schema.path("type").asString("");
    }

    boolean isLeaf() {
        return !type().equals("object") && !type().equals("array");
    }

    boolean isPlainText() {
        return type().equals("string") && !schema.has("enum") && !schema.has("format");
    }

    /** Whether anything at all may stand here. */
    boolean isFree() {
        return type().isEmpty();
    }

    /** Whether a text or an array is as long as the caller likes, for all that the document says. */
    boolean isUnbounded() {
        return switch (type()) {
            case "array" -> !schema.has("maxItems");
            case "string" -> !schema.has("maxLength") && !schema.has("enum") && !schema.has("format")
                    && (!schema.has("pattern") || ENDLESS.matcher(schema.get("pattern").asString()).find());
            default -> false;
        };
    }

    /** Values of other JSON types, and text that is not what the format or the list of values says. */
    List<JsonNode> wrongTypes() {
        return read(switch (type()) {
            case "string" -> schema.has("enum") || schema.has("format")
                    ? Stream.concat(Stream.of("{}", "[]", "0", "true", "\"no-such-value\"", "\"\""), farYears())
                            .toList()
                    : List.of("{}", "[]", "7", "1.5", "true");
            case "integer" -> List.of("{}", "[]", "\"1\"", "1.5", "true", "\"\"");
            case "number" -> List.of("{}", "[]", "\"1\"", "true", "\"\"");
            case "boolean" -> List.of("{}", "[]", "\"true\"", "1", "\"\"");
            case "array" -> List.of("{}", "\"x\"", "7", "true", "\"\"");
            case "object" -> List.of("[]", "\"x\"", "7", "true", "\"\"");
            default -> List.of();
        });
    }

    /** Years that Java can tell, and no column of a database holds. */
    private Stream<String> farYears() {
        return switch (schema.path("format").asString("")) {
            case "date" -> Stream.of("\"+999999999-12-31\"", "\"-999999999-01-01\"");
            case "date-time" -> Stream.of("\"+999999999-12-31T00:00:00Z\"", "\"-999999999-01-01T00:00:00Z\"");
            default -> Stream.of();
        };
    }

    /** Values past the bounds that the document declares, and numbers that no machine word holds. */
    List<JsonNode> pastBounds() {
        return switch (type()) {
            case "string" -> List.of(text(schema.has("maxLength")
                    ? "长".repeat(schema.get("maxLength").asInt() + 1)
                    : FAR_TOO_LONG));
            case "integer" -> numbers(List.of("3000000000000000000000", "1e400"));
            case "number" -> numbers(List.of());
            case "array" -> arrays();
            default -> List.of();
        };
    }

    private List<JsonNode> numbers(List<String> always) {
        List<String> numbers = new ArrayList<>(always);
        if (schema.has("maximum")) {
            numbers.add(schema.get("maximum").decimalValue().add(BigDecimal.ONE).toPlainString());
        }
        if (schema.has("minimum")) {
            numbers.add(schema.get("minimum").decimalValue().subtract(BigDecimal.ONE).toPlainString());
        }
        return read(numbers);
    }

    private List<JsonNode> arrays() {
        List<JsonNode> arrays = new ArrayList<>();
        if (schema.has("maxItems")) {
            ArrayNode array = JSON.createArrayNode();
            for (int i = 0; i <= schema.get("maxItems").asInt(); i++) {
                array.add(sample.path(0));
            }
            arrays.add(array);
        }
        if (schema.path("minItems").asInt(0) > 0) {
            arrays.add(JSON.createArrayNode());
        }
        return arrays;
    }

    /** A value of the same type that is not the sample. */
    JsonNode another() {
        return sample.isInt() ? JSON.getNodeFactory().numberNode(sample.asInt() + 1) : text(sample.asString() + "1");
    }

    private static JsonNode text(String value) {
        return JSON.getNodeFactory().stringNode(value);
    }

    private static List<JsonNode> read(List<String> values) {
        return values.stream().map(JSON::readTree).toList();
    }

    /** The body with this value here. */
    JsonNode in(JsonNode body, JsonNode value) {
        JsonNode copy = body.deepCopy();
        put(copy, value);
        return copy;
    }

    /** Changes the body. */
    void put(JsonNode body, JsonNode value) {
        switch (body.at(pointer.substring(0, pointer.lastIndexOf('/')))) {
            case ObjectNode object -> object.set(name(), value);
            case ArrayNode array -> array.set(Integer.parseInt(name()), value);
            default -> throw new IllegalStateException("no place for " + pointer + " in " + body);
        }
    }
}
