package cn.cityapis.platform.events;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a service tells its subscribers of: {@code api.events} of its settings, each name with a Chinese description. */
public final class EventTypes {

    private final Map<String, String> known;

    /** @param known e.g. {@code eldercare.offer.made} with when it comes and what its data names */
    public EventTypes(Map<String, String> known) {
        this.known = new TreeMap<>(known);
    }

    public boolean has(String name) {
        return known.containsKey(name);
    }

    /** By name. */
    public List<EventType> list() {
        return known.entrySet().stream().map(type -> new EventType(type.getKey(), type.getValue())).toList();
    }
}
