package cn.cityapis.subsidy.evaluation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known about a case: LocalDate, Long, Boolean or a code, by the fact's name. Read them with {@link FactReader}. */
public record Facts(@JsonValue Map<String, Object> values) {

    public static final Facts NONE = new Facts(Map.of());

    @JsonCreator
    public Facts {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    public @Nullable Object get(String name) {
        return values.get(name);
    }

    /** These facts, changed by later ones. */
    public Facts with(Facts later) {
        Map<String, Object> all = new TreeMap<>(values);
        all.putAll(later.values);
        return new Facts(all);
    }
}
