package cn.cityapis.platform.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Where annotations and JSON Schema differ: its patterns are those of ECMA-262 and are satisfied by any part of a text,
 * and the allowed values of a list are those of its items.
 */
final class SchemaForms implements OpenApiCustomizer {

    private static final String NO_CONTROL = "[^\\x00-\\x1f\\x7f]";

    @Override
    public void customise(OpenAPI api) {
        api.getComponents().getSchemas().values().forEach(SchemaForms::correct);
        api.getPaths().values().stream().flatMap(path -> path.readOperations().stream())
                .flatMap(operation -> Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of())
                        .stream())
                .forEach(parameter -> correct(parameter.getSchema()));
    }

    private static void correct(@Nullable Schema<?> schema) {
        if (schema == null) {
            return;
        }
        if (schema.getPattern() != null) {
            schema.setPattern(ecma(schema.getPattern()));
        }
        if (schema.getItems() != null && schema.getEnum() != null) {
            valuesToItems(schema, schema.getItems());
        }
        parts(schema).forEach(SchemaForms::correct);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void valuesToItems(Schema list, Schema item) {
        item.setEnum(list.getEnum());
        list.setEnum(null);
    }

    private static Stream<Schema<?>> parts(Schema<?> schema) {
        Stream<Schema<?>> fields = schema.getProperties() == null
                ? Stream.of()
                : schema.getProperties().values().stream().map(field -> (Schema<?>) field);
        Stream<Schema<?>> forms = schema.getAllOf() == null
                ? Stream.of()
                : schema.getAllOf().stream().map(form -> (Schema<?>) form);
        Stream<Schema<?>> values = schema.getAdditionalProperties() instanceof Schema<?> value
                ? Stream.of(value)
                : Stream.of();
        Stream<Schema<?>> items = schema.getItems() == null ? Stream.of() : Stream.of(schema.getItems());
        return Stream.of(fields, forms, values, items).flatMap(all -> all);
    }

    /** The same texts match the whole of the Java pattern. */
    static String ecma(String pattern) {
        String same = pattern.replace("[^\\p{Cntrl}]", NO_CONTROL).replace("\\P{Cntrl}", NO_CONTROL)
                .replace("\\p{IsHan}", "\\p{Script=Han}");
        return same.startsWith("^") && same.endsWith("$") ? same : "^(?:" + same + ")$";
    }
}
