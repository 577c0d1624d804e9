package cn.cityapis.trials.fuzz;

import cn.cityapis.platform.test.Samples;
import java.time.LocalDate;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Values that a schema allows, drawn at random, its bounds more often than what lies between them. */
final class ValidValues {

    private static final int YEAR = 366;
    private static final int LONGEST = 4_000;

    private final Known known;
    private final String service;
    private final RandomGenerator chance;

    ValidValues(Known known, String service, RandomGenerator chance) {
        this.known = known;
        this.service = service;
        this.chance = chance;
    }

    JsonNode of(String name, JsonNode schema) {
        return switch (schema.path("type").asString("")) {
            case "object" -> object(schema);
            case "array" -> array(name, schema);
            case "integer" -> JsonNodeFactory.instance.numberNode(integer(schema));
            case "number" -> Samples.of(schema);
            case "boolean" -> JsonNodeFactory.instance.booleanNode(chance.nextBoolean());
            default -> StringNode.valueOf(text(name, schema));
        };
    }

    private JsonNode object(JsonNode schema) {
        if (!schema.has("properties")) {
            return Samples.of(schema);
        }
        ObjectNode object = JsonMapper.shared().createObjectNode();
        schema.get("properties").properties().forEach(field -> {
            boolean required = schema.path("required").valueStream()
                    .anyMatch(each -> each.asString().equals(field.getKey()));
            if (required || chance.nextInt(10) < 7) {
                object.set(field.getKey(), of(field.getKey(), field.getValue()));
            }
        });
        return object;
    }

    private JsonNode array(String name, JsonNode schema) {
        int least = schema.path("minItems").asInt(0);
        int most = Math.max(least, Math.min(schema.path("maxItems").asInt(3), least + 3));
        ArrayNode array = JsonMapper.shared().createArrayNode();
        int size = chance.nextInt(least, most + 1);
        for (int i = 0; i < size; i++) {
            array.add(of(name, schema.path("items")));
        }
        return array;
    }

    private long integer(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = schema.path("maximum").asLong(Integer.MAX_VALUE);
        return switch (chance.nextInt(4)) {
            case 0 -> least;
            case 1 -> most;
            case 2 -> least + (most > least ? chance.nextLong(Math.min(100, most - least)) : 0);
            default -> Samples.of(schema).asLong(least);
        };
    }

    private String text(String name, JsonNode schema) {
        if (schema.has("enum")) {
            return schema.get("enum").get(chance.nextInt(schema.get("enum").size())).asString();
        }
        if (name.endsWith("Id") || name.endsWith("Ids")) {
            return known.value(service, name.replaceFirst("s$", ""), "", chance)
                    .orElseGet(() -> Samples.of(schema).asString());
        }
        return switch (schema.path("format").asString("")) {
            case "date" -> date().toString();
            case "date-time" -> date() + "T" + (chance.nextBoolean() ? "00:00:00Z" : "09:30:00+08:00");
            default -> free(schema);
        };
    }

    private LocalDate date() {
        return LocalDate.of(2026, 11, 23).plusDays(chance.nextInt(-40 * YEAR, 2 * YEAR) / (1 + chance.nextInt(60)));
    }

    private String free(JsonNode schema) {
        String sample = Samples.of(schema).asString();
        int most = schema.path("maxLength").asInt(0);
        if (most > 0 && most <= LONGEST && !schema.has("pattern") && chance.nextInt(8) == 0) {
            return "长".repeat(most);
        }
        String other = sample.replaceAll("\\d$", Integer.toString(chance.nextInt(10)));
        return other.matches(schema.path("pattern").asString(".*")) ? other : sample;
    }
}
