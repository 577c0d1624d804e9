package cn.cityapis.subsidy.evaluation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known about a case: LocalDate, Long, Boolean or a code, by the fact's name. Read them with {@link FactReader}. */
public record Facts(@JsonValue Map<String, Object> values) {

    public static final Facts NONE = new Facts(Map.of());

    @JsonCreator
    public Facts {
        values = Collections.unmodifiableMap(inOrderOfNames(values));
    }

    /** Seen in order, and found without comparing names: each case is asked for each of its facts by many conditions. */
    private static Map<String, Object> inOrderOfNames(Map<String, Object> values) {
        String[] names = values.keySet().toArray(String[]::new);
        Arrays.sort(names);
        Map<String, Object> ordered = LinkedHashMap.newLinkedHashMap(names.length);
        for (String name : names) {
            ordered.put(name, values.get(name));
        }
        return ordered;
    }

    public @Nullable Object get(String name) {
        return values.get(name);
    }

    /** These facts, changed by later ones. */
    public Facts with(Facts later) {
        Map<String, Object> all = new HashMap<>(values);
        all.putAll(later.values);
        return new Facts(all);
    }
}
