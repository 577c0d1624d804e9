package cn.cityapis.platform.web;

import cn.cityapis.platform.problem.Violations;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.valueextraction.ExtractedValue;
import jakarta.validation.valueextraction.ValueExtractor;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Ends the validation of elements once more faults were found than are named. The greatest size of a list keeps no
 * validator from looking into a longer one, and each of a million wrong elements would become an object of its own.
 *
 * <p>Validation stays on one thread. What it found is told by its asking for a message for each.
 */
final class FaultLimit {

    private static final ThreadLocal<FaultLimit> CURRENT = ThreadLocal.withInitial(FaultLimit::new);

    private int found;

    private FaultLimit() {
    }

    static <T> T within(Supplier<T> validation) {
        try {
            return validation.get();
        } finally {
            CURRENT.remove();
        }
    }

    private static boolean reached() {
        return CURRENT.get().found > Violations.MOST;
    }

    static Set<ValueExtractor<?>> extractors() {
        return Set.of(new OfList(), new OfIterable(), new OfMap(), new OfKeys());
    }

    record Counting(MessageInterpolator messages) implements MessageInterpolator {

        @Override
        public String interpolate(String template, Context context) {
            CURRENT.get().found++;
            return messages.interpolate(template, context);
        }

        @Override
        public String interpolate(String template, Context context, Locale locale) {
            CURRENT.get().found++;
            return messages.interpolate(template, context, locale);
        }
    }

    private static final class OfList implements ValueExtractor<List<@ExtractedValue ?>> {

        @Override
        public void extractValues(List<?> list, ValueReceiver receiver) {
            for (int i = 0; i < list.size() && !reached(); i++) {
                receiver.indexedValue("<list element>", i, list.get(i));
            }
        }
    }

    private static final class OfIterable implements ValueExtractor<Iterable<@ExtractedValue ?>> {

        @Override
        public void extractValues(Iterable<?> values, ValueReceiver receiver) {
            for (Iterator<?> each = values.iterator(); each.hasNext() && !reached();) {
                receiver.iterableValue("<iterable element>", each.next());
            }
        }
    }

    private static final class OfMap implements ValueExtractor<Map<?, @ExtractedValue ?>> {

        @Override
        public void extractValues(Map<?, ?> map, ValueReceiver receiver) {
            for (var each = map.entrySet().iterator(); each.hasNext() && !reached();) {
                Map.Entry<?, ?> entry = each.next();
                receiver.keyedValue("<map value>", entry.getKey(), entry.getValue());
            }
        }
    }

    private static final class OfKeys implements ValueExtractor<Map<@ExtractedValue ?, ?>> {

        @Override
        public void extractValues(Map<?, ?> map, ValueReceiver receiver) {
            for (Iterator<?> each = map.keySet().iterator(); each.hasNext() && !reached();) {
                Object key = each.next();
                receiver.keyedValue("<map key>", key, key);
            }
        }
    }
}
