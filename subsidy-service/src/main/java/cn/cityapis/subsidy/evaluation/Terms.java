package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.scheme.Figure;
import cn.cityapis.subsidy.scheme.Scheme;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The figures and options that hold for one cohort on one day, ready for the expressions. Made once for many cases.
 *
 * @param slots a value for each variable of the scheme: figures and options filled in, facts left empty
 * @param shared what has been made for one case and will do for others, by what it depends on
 */
record Terms(@Nullable String cohort, LocalDate date, Map<String, Figure.Dated> figures,
        Map<String, FigureRead> read, Map<String, FigureRead> readAsDemo, @Nullable Object[] slots,
        Map<Object, Object> shared) {

    static Terms of(Scheme scheme, List<String> variables, @Nullable String cohort, LocalDate date) {
        Map<String, Figure.Dated> figures = new HashMap<>();
        Map<String, FigureRead> read = new HashMap<>();
        Map<String, FigureRead> readAsDemo = new HashMap<>();
        @Nullable
        Object[] slots = new Object[variables.size()];
        if (cohort != null) {
            scheme.figuresAndOptions().forEach(figure -> figure.on(cohort, date).ifPresent(dated -> {
                figures.put(figure.id(), dated);
                read.put(figure.id(), FigureRead.of(scheme, figure, dated, false));
                readAsDemo.put(figure.id(), FigureRead.of(scheme, figure, dated, true));
                slots[variables.indexOf(figure.id())] = figure.valueOf(dated);
            }));
        }
        return new Terms(cohort, date, figures, read, readAsDemo, slots, new ConcurrentHashMap<>());
    }

    /** What was made for this key before, or is made now; two who make it at once get the same. */
    <T> T shared(Object key, Class<T> type, Supplier<T> make) {
        Object there = shared.get(key);
        if (there == null) {
            T made = make.get();
            there = Objects.requireNonNullElse(shared.putIfAbsent(key, made), made);
        }
        return type.cast(there);
    }
}
