package cn.cityapis.subsidy.scheme;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Several schemes of one document of law in one file, with what they have in common written once. It is only shorthand:
 * each scheme becomes a whole document of its own, which is what is published.
 *
 * <pre>
 * common    copied into each scheme that does not say otherwise
 * cite      the citation of whatever carries none
 * on        the date that decides the cohort: a fact of this name, and the condition that it is not in the future
 * value     of a figure or option: one value for the whole validity, answered for by the scheme's office
 * </pre>
 */
final class SchemeCollection {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> SHORTHAND = List.of("cohort", "cite", "on");

    private SchemeCollection() {
    }

    static boolean is(JsonNode tree) {
        return tree.has("schemes");
    }

    static List<ObjectNode> expand(JsonNode tree) {
        List<ObjectNode> schemes = new ArrayList<>();
        for (JsonNode one : tree.path("schemes")) {
            ObjectNode scheme = (ObjectNode) tree.path("common").deepCopy();
            scheme.setAll((ObjectNode) one.deepCopy());
            expandOne(scheme);
            schemes.add(scheme);
        }
        return schemes;
    }

    private static void expandOne(ObjectNode scheme) {
        JsonNode cite = scheme.path("cite");
        event(scheme);
        figures(scheme, "figures");
        figures(scheme, "options");
        for (String part : List.of("cohorts", "funding", "process", "amount")) {
            cite(scheme.path(part), cite);
        }
        for (String list : List.of("/conditions/entry", "/conditions/periodic", "/amount/tiers", "/amount/uses")) {
            scheme.at(list).forEach(one -> cite(one, cite));
        }
        if (List.of("fixed", "up-to", "monthly").contains(scheme.at("/amount/kind").asString(""))) {
            ((ObjectNode) scheme.path("amount")).remove("citation");
        }
        scheme.remove(SHORTHAND);
    }

    private static void cite(JsonNode part, JsonNode cite) {
        if (part instanceof ObjectNode object && !object.has("citation")) {
            object.set("citation", cite.deepCopy());
        }
    }

    private static void event(ObjectNode scheme) {
        JsonNode on = scheme.path("on");
        String name = on.path("fact").asString();
        String label = on.path("label").asString();
        ObjectNode fact = JSON.createObjectNode().put("id", name).put("type", "date").put("label", label)
                .put("question", label + "是哪一天？").put("source", on.path("source").asString());
        ((ArrayNode) scheme.path("facts")).insert(0, fact);
        ObjectNode cohorts = JSON.createObjectNode().put("fact", name);
        cohorts.putArray("list").add(scheme.path("cohort").deepCopy());
        scheme.set("cohorts", cohorts);
        ObjectNode happened = JSON.createObjectNode().put("id", "happened").put("label", label + "不晚于计算日期")
                .put("expression", name + " <= asOf").put("otherwise", label + "尚未到");
        ((ArrayNode) scheme.at("/conditions/entry")).add(happened);
    }

    private static void figures(ObjectNode scheme, String list) {
        for (JsonNode figure : scheme.path(list)) {
            if (figure instanceof ObjectNode written && written.has("value")) {
                ObjectNode value = JSON.createObjectNode();
                value.set("value", written.remove("value"));
                value.put("cohort", scheme.at("/cohort/id").asString());
                value.set("from", scheme.path("inForceFrom").deepCopy());
                value.set("until", scheme.path("inForceUntil").deepCopy());
                value.set("citation", scheme.path("cite").deepCopy());
                value.put("approver", scheme.path("office").asString());
                if (written.has("note")) {
                    value.set("note", written.remove("note"));
                }
                written.putArray("values").add(value);
            }
        }
    }
}
