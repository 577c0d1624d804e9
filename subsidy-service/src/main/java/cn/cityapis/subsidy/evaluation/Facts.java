package cn.cityapis.subsidy.evaluation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a case: LocalDate, Long, Boolean or a code, by the fact's name. Read them with {@link FactReader}.
 * They lie side by side, in the order of their names: a scheme knows the places, and a million cases are no million maps.
 */
public final class Facts {

    public static final Facts NONE = new Facts(Map.of());

    private final Vocabulary vocabulary;
    private final @Nullable Object[] told;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Facts(Map<String, Object> values) {
        vocabulary = new Vocabulary(values.keySet());
        told = new @Nullable Object[vocabulary.size()];
        for (int place = 0; place < told.length; place++) {
            told[place] = values.get(vocabulary.name(place));
        }
    }

    /** @param told a value for each place of the vocabulary, null where nothing is told; kept as it is */
    Facts(Vocabulary vocabulary, @Nullable Object[] told) {
        this.vocabulary = vocabulary;
        this.told = told;
    }

    public @Nullable Object get(String name) {
        int place = vocabulary.placeOf(name);
        return place == Vocabulary.NO_PLACE ? null : told[place];
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** @param place in the {@link #vocabulary()} */
    @Nullable
    Object at(int place) {
        return told[place];
    }

    /** In the order of their names. */
    public void forEach(BiConsumer<String, Object> receiver) {
        for (int place = 0; place < told.length; place++) {
            Object value = told[place];
            if (value != null) {
                receiver.accept(vocabulary.name(place), value);
            }
        }
    }

    /** In the order of their names. */
    @JsonValue
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        forEach(values::put);
        return Collections.unmodifiableMap(values);
    }

    /** These facts, changed by later ones. */
    public Facts with(Facts later) {
        Map<String, Object> all = new HashMap<>(values());
        all.putAll(later.values());
        return new Facts(all);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Facts facts && values().equals(facts.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "Facts" + values();
    }
}
