package cn.cityapis.platform.test.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Compares two versions of a schema. What clients send must still be taken: the old schema lies within the new. What
 * they receive must be what they expect: the new schema lies within the old. Of what is received the bounds do not
 * count: nobody fails on a longer text.
 */
final class SchemaChanges {

    private static final List<String> UPPER = List.of("maximum", "maxLength", "maxItems", "maxProperties");
    private static final List<String> LOWER = List.of("minimum", "minLength", "minItems", "minProperties");

    enum Way {
        SENT, RECEIVED
    }

    private final EffectiveSchemas released;
    private final EffectiveSchemas now;
    private final Way way;
    private final Consumer<String> breaks;
    private final Set<String> seen = new HashSet<>();

    SchemaChanges(JsonNode released, JsonNode now, Way way, Consumer<String> breaks) {
        this.released = new EffectiveSchemas(released);
        this.now = new EffectiveSchemas(now);
        this.way = way;
        this.breaks = breaks;
    }

    /** @param where begins each message */
    void compare(String where, JsonNode oldRaw, JsonNode newRaw) {
        String pair = oldRaw.path("$ref").asString("") + " " + newRaw.path("$ref").asString("");
        if (pair.startsWith("#") && !seen.add(pair)) {
            return;
        }
        JsonNode old = released.of(oldRaw);
        JsonNode fresh = now.of(newRaw);
        JsonNode inner = way == Way.SENT ? old : fresh;
        JsonNode outer = way == Way.SENT ? fresh : old;
        types(where, inner, outer);
        values(where, inner, outer);
        required(where, inner, outer);
        if (way == Way.SENT) {
            bounds(where, inner, outer);
        }
        parts(where, old, fresh);
        variants(where, old, fresh);
    }

    private void types(String where, JsonNode inner, JsonNode outer) {
        Set<String> taken = types(outer);
        boolean within = taken.isEmpty() || !types(inner).isEmpty() && types(inner).stream().allMatch(
                type -> taken.contains(type) || type.equals("integer") && taken.contains("number"));
        if (!within) {
            breaks.accept(where + ": type is " + was(types(inner), taken));
        }
        String format = outer.path("format").asString("");
        if (!format.isEmpty() && !format.equals(inner.path("format").asString(""))) {
            breaks.accept(where + ": format is " + was(inner.path("format").asString("none"), format));
        }
    }

    private void values(String where, JsonNode inner, JsonNode outer) {
        Set<String> taken = texts(outer.path("enum"));
        if (taken.isEmpty()) {
            return;
        }
        Set<String> given = texts(inner.path("enum"));
        Set<String> beyond = new TreeSet<>(given);
        beyond.removeAll(taken);
        if (given.isEmpty() || !beyond.isEmpty()) {
            breaks.accept(where + (way == Way.SENT ? ": no longer takes " : ": may now be ")
                    + (given.isEmpty() ? "any value" : beyond));
        }
    }

    private void required(String where, JsonNode inner, JsonNode outer) {
        Set<String> demanded = new TreeSet<>(texts(outer.path("required")));
        demanded.removeAll(texts(inner.path("required")));
        demanded.forEach(name -> breaks.accept(where + "." + name
                + (way == Way.SENT ? ": has become required" : ": is no longer always there")));
    }

    private void bounds(String where, JsonNode inner, JsonNode outer) {
        UPPER.stream().filter(outer::has).filter(bound -> !inner.has(bound)
                || inner.get(bound).decimalValue().compareTo(outer.get(bound).decimalValue()) > 0)
                .forEach(bound -> breaks.accept(where + ": " + bound + " is now " + outer.get(bound)));
        LOWER.stream().filter(outer::has).filter(bound -> tighter(bound, inner, outer))
                .forEach(bound -> breaks.accept(where + ": " + bound + " is now " + outer.get(bound)));
        if (outer.has("pattern") && !outer.get("pattern").equals(inner.path("pattern"))) {
            breaks.accept(where + ": pattern is now " + outer.get("pattern").asString());
        }
        if (outer.path("uniqueItems").asBoolean(false) && !inner.path("uniqueItems").asBoolean(false)) {
            breaks.accept(where + ": items must now differ");
        }
    }

    /** A least length of nothing is none. */
    private static boolean tighter(String bound, JsonNode inner, JsonNode outer) {
        if (!inner.has(bound)) {
            return bound.equals("minimum") || outer.get(bound).asLong() > 0;
        }
        return inner.get(bound).decimalValue().compareTo(outer.get(bound).decimalValue()) < 0;
    }

    /** A field that was there is gone: unknown ones are refused in requests, and missed in answers. */
    private void parts(String where, JsonNode old, JsonNode fresh) {
        old.path("properties").properties().forEach(field -> {
            String name = where + "." + field.getKey();
            if (fresh.path("properties").has(field.getKey())) {
                compare(name, field.getValue(), fresh.get("properties").get(field.getKey()));
            } else {
                breaks.accept(name + ": is gone");
            }
        });
        if (old.has("items") && fresh.has("items")) {
            compare(where + "[]", old.get("items"), fresh.get("items"));
        }
        JsonNode values = old.path("additionalProperties");
        if (values.isObject() && fresh.path("additionalProperties").isObject()) {
            compare(where + "{}", values, fresh.get("additionalProperties"));
        } else if (values.isObject()) {
            breaks.accept(where + ": is no longer a map");
        }
    }

    private void variants(String where, JsonNode old, JsonNode fresh) {
        Set<String> before = names(old.path("oneOf"));
        Set<String> after = names(fresh.path("oneOf"));
        Set<String> beyond = new TreeSet<>(way == Way.SENT ? before : after);
        beyond.removeAll(way == Way.SENT ? after : before);
        beyond.forEach(name -> breaks
                .accept(where + (way == Way.SENT ? ": no longer takes the form " : ": may now have the form ") + name));
        before.stream().filter(after::contains).filter(name -> name.startsWith("#")).forEach(name -> compare(where,
                EffectiveSchemas.reference(name), EffectiveSchemas.reference(name)));
        if (!Objects.equals(old.get("discriminator"), fresh.get("discriminator"))) {
            breaks.accept(where + ": the field that tells the forms apart is another");
        }
    }

    private String was(Object inner, Object outer) {
        return way == Way.SENT ? outer + ", was " + inner : inner + ", was " + outer;
    }

    private static Set<String> names(JsonNode forms) {
        return forms.valueStream().map(form -> form.path("$ref").asString(form.toString()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> types(JsonNode schema) {
        return texts(schema.path("type"));
    }

    private static Set<String> texts(JsonNode node) {
        Stream<JsonNode> nodes = node.isArray()
                ? node.valueStream()
                : node.isMissingNode() ? Stream.of() : Stream.of(node);
        return nodes.map(JsonNode::asString).collect(Collectors.toCollection(TreeSet::new));
    }
}
