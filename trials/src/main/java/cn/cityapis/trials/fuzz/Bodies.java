package cn.cityapis.trials.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.cityapis.platform.test.ApiOperation;
import cn.cityapis.platform.test.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Request bodies: good ones, good ones with odd values in some places, and text that is no JSON at all. */
final class Bodies {

    private static final String MARK = "\ue001";

    private final Known known;
    private final String service;
    private final RandomGenerator chance;

    Bodies(Known known, String service, RandomGenerator chance) {
        this.known = known;
        this.service = service;
        this.chance = chance;
    }

    byte[] of(ApiOperation.Body body) {
        return body.isJson() ? json(body).getBytes(UTF_8) : file(Samples.content(body));
    }

    private byte[] file(String sample) {
        return switch (chance.nextInt(5)) {
            case 0, 1 -> sample.getBytes(UTF_8);
            case 2 -> (sample + "\n" + OddValues.text(chance) + "," + OddValues.text(chance) + "\n").getBytes(UTF_8);
            case 3 -> OddValues.json(chance).getBytes(UTF_8);
            default -> {
                byte[] noise = new byte[chance.nextInt(2_000)];
                chance.nextBytes(noise);
                yield noise;
            }
        };
    }

    private String json(ApiOperation.Body body) {
        JsonNode tree = good(body);
        fill(tree);
        return switch (chance.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6 -> tree.toString();
            case 7 -> broken(tree.toString());
            case 8 -> OddValues.json(chance);
            case 9 -> extended(tree);
            case 10 -> lacking(tree).toString();
            default -> withOdd(tree);
        };
    }

    private JsonNode good(ApiOperation.Body body) {
        JsonNode example = body.example();
        return switch (chance.nextInt(10)) {
            case 0 -> Samples.of(body.schema());
            case 1, 2, 3 -> new ValidValues(known, service, chance).of("", body.schema());
            default -> example == null ? Samples.of(body.schema()) : example.deepCopy();
        };
    }

    /** Ids that exist, of whomever. */
    private void fill(JsonNode tree) {
        places(tree).forEach(place -> {
            if (place.name().endsWith("Id") && chance.nextInt(10) < 8) {
                known.value(service, place.name(), "", chance).ifPresent(id -> place.put(StringNode.valueOf(id)));
            }
        });
    }

    private String withOdd(JsonNode tree) {
        List<Place> places = places(tree);
        if (places.isEmpty()) {
            return OddValues.json(chance);
        }
        List<String> raw = new ArrayList<>();
        int changes = 1 + chance.nextInt(3);
        for (int i = 0; i < changes; i++) {
            OddValues.pick(places, chance).put(StringNode.valueOf(MARK + i + MARK));
            raw.add(OddValues.json(chance));
        }
        String text = tree.toString();
        for (int i = 0; i < changes; i++) {
            text = text.replace('"' + MARK + i + MARK + '"', raw.get(i));
        }
        return text;
    }

    private String broken(String text) {
        int at = chance.nextInt(text.length() + 1);
        return switch (chance.nextInt(4)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + OddValues.text(chance) + text.substring(at);
            case 2 -> "\ufeff" + text;
            default -> text + text;
        };
    }

    private String extended(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            object.put(chance.nextBoolean() ? "noSuchField" : OddValues.text(chance), 1);
        }
        return tree.toString();
    }

    private JsonNode lacking(JsonNode tree) {
        List<Place> places = places(tree).stream().filter(place -> place.parent() instanceof ObjectNode).toList();
        if (!places.isEmpty()) {
            Place place = OddValues.pick(places, chance);
            ((ObjectNode) place.parent()).remove(place.name());
        }
        return tree;
    }

    private record Place(JsonNode parent, String name) {

        void put(JsonNode value) {
            switch (parent) {
                case ObjectNode object -> object.set(name, value);
                case ArrayNode array -> array.set(Integer.parseInt(name), value);
                default -> throw new IllegalStateException(name);
            }
        }
    }

    private static List<Place> places(JsonNode tree) {
        List<Place> found = new ArrayList<>();
        collect(tree, found);
        return found;
    }

    private static void collect(JsonNode node, List<Place> found) {
        node.properties().forEach(field -> {
            found.add(new Place(node, field.getKey()));
            collect(field.getValue(), found);
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            found.add(new Place(node, Integer.toString(i)));
            collect(node.get(i), found);
        }
    }
}
