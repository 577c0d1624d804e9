package cn.cityapis.gateway.docs;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What the parts call things in the merged document. A name that means different things in several parts has the service
 * before it; what is the same in all is there once.
 *
 * @param schemas that mean different things
 * @param operations that are there more than once
 */
record MergedNames(Set<String> schemas, Set<String> operations) {

    static final String SCHEMAS = "#/components/schemas/";

    static MergedNames of(Map<String, ObjectNode> parts) {
        Map<String, Integer> operations = new HashMap<>();
        parts.values().forEach(part -> operations(part).forEach(operation -> operations
                .merge(operation.path("operationId").asString(), 1, Integer::sum)));
        return new MergedNames(differing(parts), operations.entrySet().stream().filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey).collect(Collectors.toSet()));
    }

    /** Those of unlike content, and those that name one of them. */
    private static Set<String> differing(Map<String, ObjectNode> parts) {
        Map<String, Set<JsonNode>> meanings = new HashMap<>();
        parts.values().forEach(part -> part.at("/components/schemas").properties().forEach(
                schema -> meanings.computeIfAbsent(schema.getKey(), name -> new HashSet<>()).add(schema.getValue())));
        Map<String, Long> holders = parts.values().stream()
                .flatMap(part -> part.at("/components/schemas").propertyNames().stream())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        Set<String> unlike = meanings.entrySet().stream().filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey).collect(Collectors.toCollection(HashSet::new));
        boolean grown = true;
        while (grown) {
            grown = unlike.addAll(meanings.entrySet().stream()
                    .filter(entry -> holders.getOrDefault(entry.getKey(), 0L) > 1)
                    .filter(entry -> entry.getValue().stream().anyMatch(schema -> names(schema, unlike)))
                    .map(Map.Entry::getKey).collect(Collectors.toSet()));
        }
        return unlike;
    }

    private static boolean names(JsonNode schema, Set<String> wanted) {
        return schema.findValuesAsString("$ref").stream()
                .anyMatch(reference -> wanted.contains(reference.substring(SCHEMAS.length())));
    }

    static List<JsonNode> operations(JsonNode part) {
        return part.path("paths").valueStream().flatMap(JsonNode::valueStream).toList();
    }

    String schema(String service, String name) {
        return schemas.contains(name) ? capital(service) + name : name;
    }

    String operation(String service, String id) {
        return operations.contains(id) ? service + capital(id) : id;
    }

    /** Every reference to a schema, that of a discriminator too, to its new name; changes the node. */
    void rename(String service, JsonNode node) {
        if (node instanceof ObjectNode object) {
            Map.copyOf(object.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                    .forEach((name, value) -> {
                        if (value.isString() && value.asString().startsWith(SCHEMAS)) {
                            object.set(name, StringNode.valueOf(SCHEMAS
                                    + schema(service, value.asString().substring(SCHEMAS.length()))));
                        }
                    });
        }
        node.forEach(child -> rename(service, child));
    }

    /** {@code eldercare.offer.made}: {@code onEldercareOfferMade}; a star is left out. */
    static String event(String type) {
        return "on" + Arrays.stream(type.split("[.*-]+", -1)).filter(word -> !word.isEmpty()).map(MergedNames::capital)
                .collect(Collectors.joining());
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
