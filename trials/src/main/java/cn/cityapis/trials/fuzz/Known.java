package cn.cityapis.trials.fuzz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Ids, cursors and versions that answers have shown to anybody: others ask with them. */
final class Known {

    private static final int KEPT = 200;
    private static final int VERSIONS = 2_000;
    private static final int NODES = 300;

    private final Map<String, List<String>> values = new HashMap<>();
    private final Map<String, String> versions = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > VERSIONS;
        }
    };
    private int seen;

    /** @param path of the request, without its query */
    synchronized void note(String path, JsonNode answer, Optional<String> version) {
        version.ifPresent(tag -> versions.put(path, tag));
        seen = 0;
        walk(service(path), collection(path), answer);
    }

    private void walk(String service, String collection, JsonNode node) {
        if (seen++ > NODES) {
            return;
        }
        node.forEach(child -> {
            if (child.isContainer()) {
                walk(service, collection, child);
            }
        });
        node.properties().forEach(field -> {
            String name = field.getKey();
            String value = field.getValue().asString("");
            if (!value.isEmpty() && value.length() <= 200
                    && (name.equals("id") || name.endsWith("Id") || name.equals("nextCursor") || name.endsWith("No"))) {
                keep(service + ":" + (name.equals("id") ? collection : name), value);
            }
        });
    }

    private void keep(String key, String value) {
        List<String> list = values.computeIfAbsent(key, any -> new ArrayList<>());
        if (list.size() < KEPT) {
            list.add(value);
        } else if (!list.contains(value)) {
            list.set(Math.floorMod(value.hashCode(), KEPT), value);
        }
    }

    /** A value for a parameter or field of this name; for a parameter of a path, of the collection it stands behind. */
    synchronized Optional<String> value(String service, String name, String collection, RandomGenerator chance) {
        List<String> all = new ArrayList<>(values.getOrDefault(service + ":" + name, List.of()));
        all.addAll(values.getOrDefault(service + ":" + collection, List.of()));
        return all.isEmpty() ? Optional.empty() : Optional.of(OddValues.pick(all, chance));
    }

    /** The version last seen of the resource that a path is about. */
    synchronized Optional<String> version(String path) {
        for (String part = path; part.length() > 1; part = part.substring(0, part.lastIndexOf('/'))) {
            String found = versions.get(part);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    static String service(String path) {
        String[] parts = path.split("/", -1);
        return parts.length > 2 ? parts[2] : "";
    }

    /** The last part of a path that is no id, e.g. {@code applications}. */
    private static String collection(String path) {
        String[] parts = path.split("/", -1);
        for (int i = parts.length - 1; i > 0; i--) {
            if (parts[i].matches("[a-z-]{3,}")) {
                return parts[i];
            }
        }
        return "";
    }
}
