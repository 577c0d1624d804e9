package cn.cityapis.platform.test.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Whoever reads a document finds a Chinese text at every operation, parameter, answer, schema and field. */
public final class ChineseTexts {

    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private final JsonNode document;
    private final List<String> missing = new ArrayList<>();

    private ChineseTexts(JsonNode document) {
        this.document = document;
    }

    /** Where a text is missing, in another language, or says nothing that the line before it did not say. */
    public static List<String> missing(JsonNode document) {
        ChineseTexts texts = new ChineseTexts(document);
        texts.need("info", document.path("info"), "title", "description");
        document.path("paths").properties().forEach(path -> path.getValue().properties()
                .forEach(method -> texts.operation(method.getKey() + " " + path.getKey(), method.getValue())));
        document.path("webhooks").properties().forEach(
                event -> texts.need("webhook " + event.getKey(), event.getValue().path("post"), "summary"));
        document.at("/components/schemas").properties().forEach(schema -> {
            texts.need("schema " + schema.getKey(), schema.getValue(), "description");
            texts.fields("schema " + schema.getKey(), schema.getValue());
        });
        return texts.missing;
    }

    private void operation(String name, JsonNode operation) {
        need(name, operation, "summary", "description");
        if (operation.path("summary").asString("-").equals(operation.path("description").asString(""))) {
            missing.add(name + ": the description repeats the summary");
        }
        operation.path("parameters").forEach(
                parameter -> need(name + " parameter " + parameter.path("name").asString(), parameter, "description"));
        operation.path("responses").properties().stream().filter(answer -> !described(answer.getValue()))
                .forEach(answer -> missing.add(name + " answer " + answer.getKey() + ": description"));
        operation.at("/requestBody/content").properties()
                .forEach(media -> fields(name + " body", media.getValue().path("schema")));
    }

    private void fields(String where, JsonNode schema) {
        schema.path("properties").properties().forEach(field -> {
            String name = where + "." + field.getKey();
            if (!described(field.getValue())) {
                missing.add(name + ": description");
            }
            fields(name, field.getValue());
        });
        schema.path("allOf").forEach(part -> fields(where, part));
        if (schema.path("items").isObject()) {
            fields(where + "[]", schema.get("items"));
        }
        if (schema.path("additionalProperties").isObject()) {
            fields(where + "{}", schema.get("additionalProperties"));
        }
    }

    /** What only names a schema or an answer says what that says. */
    private boolean described(JsonNode one) {
        if (HAN.matcher(one.path("description").asString("")).find()) {
            return true;
        }
        String reference = one.path("$ref").asString("");
        return !reference.isEmpty() && described(document.at(reference.substring(1)));
    }

    private void need(String where, JsonNode at, String... names) {
        for (String name : names) {
            if (!HAN.matcher(at.path(name).asString("")).find()) {
                missing.add(where + ": " + name);
            }
        }
    }
}
