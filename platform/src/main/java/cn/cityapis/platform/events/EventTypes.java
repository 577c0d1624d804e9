package cn.cityapis.platform.events;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a service tells its subscribers of: {@code api.events} of its settings, each name with a Chinese description. */
public final class EventTypes {

    /** How the name of a family ends: {@code eldercare.application.*} is all that happens to an application. */
    private static final String ALL = ".*";

    private final Map<String, String> known;

    /** @param known e.g. {@code eldercare.offer.made} with when it comes and what its data names */
    public EventTypes(Map<String, String> known) {
        this.known = new TreeMap<>(known);
    }

    /** Whether the name is declared, or one of a declared family. */
    public boolean has(String name) {
        return known.containsKey(name) || known.keySet().stream()
                .anyMatch(family -> family.endsWith(ALL) && name.startsWith(family.substring(0, family.length() - 1)));
    }

    /** By name. */
    public List<EventType> list() {
        return known.entrySet().stream().map(type -> new EventType(type.getKey(), type.getValue())).toList();
    }
}
