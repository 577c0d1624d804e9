package cn.cityapis.subsidy.evaluation;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of the facts that can be told, in order, each with its place. All cases that one reader reads share one. */
final class Vocabulary {

    static final int NO_PLACE = -1;

    private final List<String> names;
    private final Map<String, Integer> places = new HashMap<>();

    Vocabulary(Collection<String> names) {
        this.names = names.stream().sorted().distinct().toList();
        this.names.forEach(name -> places.put(name, places.size()));
    }

    int size() {
        return names.size();
    }

    String name(int place) {
        return names.get(place);
    }

    int placeOf(String name) {
        Integer place = places.get(name);
        return place == null ? NO_PLACE : place;
    }
}
