package cn.cityapis.platform.test.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was promised with the last release ({@code docs/api/released}), and which breaks of it were accepted since
 * ({@code docs/api/accepted.json}).
 *
 * @param folder {@code docs/api}
 */
public record Released(Path folder, String service) {

    private static final JsonMapper JSON = JsonMapper.shared();
    /** Words may change at any time. */
    private static final Set<String> NO_PROMISE = Set.of("description", "summary", "example", "examples", "tags",
            "servers", "info");
    private static final int SHORTEST_REASON = 10;

    /** A break that was accepted: {@code change} is the line that the build printed. */
    record Accepted(String date, String service, String change, String reason) {

        private List<String> flaws() {
            List<String> flaws = new ArrayList<>();
            try {
                LocalDate.parse(date == null ? "" : date);
            } catch (java.time.DateTimeException e) {
                flaws.add("accepted without a date: " + change);
            }
            if (reason == null || reason.strip().length() < SHORTEST_REASON) {
                flaws.add("accepted without a reason: " + change);
            }
            return flaws;
        }
    }

    /** Breaks that nobody accepted, and acceptances that are incomplete or of breaks that do not exist. */
    public List<String> flaws(JsonNode document) {
        List<String> breaks = new ArrayList<>(BreakingChanges.between(read(baseline()), document));
        List<String> flaws = new ArrayList<>();
        for (Accepted accepted : accepted()) {
            flaws.addAll(accepted.flaws());
            if (!breaks.remove(accepted.change())) {
                flaws.add("accepted, but nothing of the kind was broken: " + accepted.change());
            }
        }
        flaws.addAll(breaks);
        return flaws;
    }

    /** Makes the document the promise; what was accepted before is thereby settled. */
    public void replaceBy(JsonNode document) {
        try {
            Files.createDirectories(baseline().getParent());
            Files.writeString(baseline(), promises(document.deepCopy()).toPrettyString() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path baseline() {
        return folder.resolve("released").resolve(service + ".json");
    }

    private List<Accepted> accepted() {
        return read(folder.resolve("accepted.json")).valueStream()
                .map(entry -> JSON.treeToValue(entry, Accepted.class))
                .filter(entry -> service.equals(entry.service())).toList();
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is missing", e);
        }
    }

    /** Without the words; a field may be named like a keyword. */
    private static JsonNode promises(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().stream().map(Map.Entry::getKey).toList().forEach(name -> {
                if (name.equals("properties")) {
                    object.get(name).forEach(Released::promises);
                } else if (NO_PROMISE.contains(name)) {
                    object.remove(name);
                } else {
                    promises(object.get(name));
                }
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(Released::promises);
        }
        return node;
    }
}
