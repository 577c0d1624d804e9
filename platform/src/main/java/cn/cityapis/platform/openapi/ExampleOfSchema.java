package cn.cityapis.platform.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value that a schema describes, put together from the examples of its fields. Fields that have none, and whose type
 * does not suggest one, are left out.
 */
final class ExampleOfSchema {

    private static final String ID = "01938f5e-7c1a-7b3e-9d52-4f6a8b0c1d2e";
    private static final Map<String, Object> OF_FORMAT = Map.of("uuid", ID, "date", "2026-11-23", "date-time",
            "2026-11-23T09:00:00+08:00");

    @SuppressWarnings("rawtypes")
    private final Map<String, Schema> named;
    private final Deque<String> inside = new ArrayDeque<>();

    @SuppressWarnings("rawtypes")
    ExampleOfSchema(Map<String, Schema> named) {
        this.named = named;
    }

    /** A line of NDJSON is JSON, the whole is not. */
    static boolean isJson(String mediaType) {
        return mediaType.endsWith("json") && !mediaType.endsWith("ndjson");
    }

    /** Null if nothing suggests one. */
    @Nullable
    Object of(@Nullable Schema<?> schema) {
        if (schema == null) {
            return null;
        }
        if (schema.getExample() != null) {
            return schema.getExample();
        }
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return schema.getEnum().getFirst();
        }
        if (schema.get$ref() != null) {
            return ofNamed(schema.get$ref().substring("#/components/schemas/".length()));
        }
        if (schema.getOneOf() != null && !schema.getOneOf().isEmpty()) {
            return of(schema.getOneOf().getFirst());
        }
        return ofType(schema);
    }

    /** A field that leads back to where it stands is left out. */
    private @Nullable Object ofNamed(String name) {
        if (inside.contains(name)) {
            return null;
        }
        inside.push(name);
        try {
            return of(named.get(name));
        } finally {
            inside.pop();
        }
    }

    private @Nullable Object ofType(Schema<?> schema) {
        return switch (type(schema)) {
            case "object" -> ofObject(schema);
            case "array" -> {
                Object item = of(schema.getItems());
                yield item == null ? null : List.of(item);
            }
            case "boolean" -> Boolean.TRUE.equals(schema.getDefault());
            case "string" -> schema.getFormat() == null ? null : OF_FORMAT.get(schema.getFormat());
            default -> schema.getDefault() == null ? schema.getMinimum() : schema.getDefault();
        };
    }

    private @Nullable Object ofObject(Schema<?> schema) {
        Map<String, Object> object = new LinkedHashMap<>();
        parts(schema).forEach((name, field) -> {
            Object value = of(field);
            if (value != null) {
                object.put(name, value);
            }
        });
        return object.isEmpty() ? null : object;
    }

    @SuppressWarnings("rawtypes")
    private Map<String, Schema> parts(Schema<?> schema) {
        Map<String, Schema> parts = new LinkedHashMap<>();
        if (schema.getAllOf() != null) {
            schema.getAllOf().forEach(part -> parts.putAll(parts(part.get$ref() == null
                    ? part
                    : Objects.requireNonNull(named.get(part.get$ref().substring("#/components/schemas/".length()))))));
        }
        if (schema.getProperties() != null) {
            parts.putAll(schema.getProperties());
        }
        return parts;
    }

    private static String type(Schema<?> schema) {
        Set<String> types = schema.getTypes();
        String type = types == null || types.isEmpty() ? schema.getType() : types.iterator().next();
        return type == null ? schema.getProperties() == null && schema.getAllOf() == null ? "" : "object" : type;
    }
}
