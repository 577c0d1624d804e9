package cn.cityapis.platform.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * A sealed type, where its schema says which value of a field means which kind ({@code discriminatorMapping}): its name
 * stands for one of the kinds, and each kind has that field with its own value. swagger-core lets the kinds inherit
 * from the name that lists them, which generators turn into classes that do not compile.
 */
@SuppressWarnings({"rawtypes", "unchecked"})
final class Kinds implements OpenApiCustomizer {

    private static final String SCHEMAS = "#/components/schemas/";

    @Override
    public void customise(OpenAPI api) {
        Map<String, Schema> named = api.getComponents().getSchemas();
        named.forEach((name, schema) -> {
            Discriminator field = schema.getDiscriminator();
            if (field != null && field.getMapping() != null) {
                field.getMapping().forEach((value, kind) -> standAlone(
                        Objects.requireNonNull(named.get(kind.substring(SCHEMAS.length()))), field.getPropertyName(),
                        value));
                list(schema, List.copyOf(field.getMapping().values()));
                named.values().forEach(user -> nameInstead(user, name, Set.copyOf(field.getMapping().values())));
            }
        });
    }

    private static void list(Schema<?> common, List<String> kinds) {
        common.setType(null);
        common.setTypes(null);
        common.setProperties(null);
        common.setRequired(null);
        common.setOneOf(kinds.stream().map(kind -> (Schema) new Schema<>().$ref(kind)).toList());
    }

    private static void standAlone(Schema kind, String field, String value) {
        Map<String, Schema> fields = new LinkedHashMap<>();
        Set<String> required = new HashSet<>(Set.of(field));
        Schema<Object> own = new Schema<>();
        own.setTypes(Set.of("string"));
        own.setDescription("种类：" + kind.getDescription());
        own.setEnum(List.of(value));
        fields.put(field, own);
        for (Schema part : orEmpty((List<Schema>) kind.getAllOf())) {
            fields.putAll(part.getProperties() == null ? Map.of() : part.getProperties());
            required.addAll(part.getRequired() == null ? List.of() : part.getRequired());
        }
        kind.setAllOf(null);
        kind.setTypes(Set.of("object"));
        kind.setProperties(fields);
        kind.setRequired(required.stream().sorted().toList());
    }

    /** A field that lists the kinds once more. */
    private static void nameInstead(Schema user, String name, Set<String> kinds) {
        Map<String, Schema> fields = user.getProperties() == null ? Map.of() : user.getProperties();
        fields.values().forEach(field -> {
            List<Schema> listed = orEmpty((List<Schema>) field.getOneOf());
            if (!listed.isEmpty() && listed.stream().allMatch(kind -> kinds.contains(kind.get$ref()))) {
                field.setOneOf(null);
                field.set$ref(SCHEMAS + name);
            }
        });
    }

    private static List<Schema> orEmpty(@Nullable List<Schema> schemas) {
        return schemas == null ? List.of() : schemas;
    }
}
