package cn.cityapis.platform.test.contract;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Schemas of one document with references followed and {@code allOf} put together, one level deep. */
record EffectiveSchemas(JsonNode document) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static JsonNode reference(String name) {
        return JSON.createObjectNode().put("$ref", name);
    }

    ObjectNode of(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        String reference = schema.path("$ref").asString("");
        if (!reference.isEmpty()) {
            merge(whole, of(document.at(reference.substring(1))));
        }
        schema.path("allOf").forEach(part -> merge(whole, of(part)));
        merge(whole, schema);
        return whole;
    }

    private static void merge(ObjectNode whole, JsonNode part) {
        part.properties().forEach(keyword -> {
            switch (keyword.getKey()) {
                case "$ref", "allOf", "description", "example", "examples", "title" -> {
                }
                case "properties" -> whole.withObjectProperty("properties")
                        .setAll((ObjectNode) keyword.getValue());
                case "required" -> whole.withArrayProperty("required")
                        .addAll((ArrayNode) keyword.getValue());
                default -> whole.set(keyword.getKey(), keyword.getValue());
            }
        });
    }
}
