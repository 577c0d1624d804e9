package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.scheme.Citation;
import cn.cityapis.subsidy.scheme.Cohorts;
import cn.cityapis.subsidy.scheme.Fact;
import cn.cityapis.subsidy.scheme.Figure;
import cn.cityapis.subsidy.scheme.Scheme;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What all cases of a scheme share: where each variable has its slot, the terms last used, the citations as shown. */
final class Frame {

    private static final String NO_COHORT = "";

    private final Scheme scheme;
    private final List<String> variables;
    private final String[] facts;
    private final int[] factSlots;
    private final int asOfSlot;
    /** Cases come in heaps read by the same reader. */
    private Places lastPlaces = new Places(Facts.NONE.vocabulary(), new int[0]);
    private final Set<String> figures;
    private final Map<String, Terms> lastTerms = new ConcurrentHashMap<>();
    private final Map<Citation, CitationView> citations = new ConcurrentHashMap<>();
    private final Map<Citation, CitationView> demoCitations = new ConcurrentHashMap<>();

    Frame(Scheme scheme, List<String> variables) {
        this.scheme = scheme;
        this.variables = variables;
        this.facts = scheme.facts().stream().map(Fact::id).toArray(String[]::new);
        this.factSlots = scheme.facts().stream().mapToInt(fact -> variables.indexOf(fact.id())).toArray();
        this.asOfSlot = variables.indexOf(Scheme.AS_OF);
        this.figures = scheme.figuresAndOptions().map(Figure::id).collect(Collectors.toUnmodifiableSet());
    }

    /** Where each fact of the scheme stands in a vocabulary. */
    private record Places(Vocabulary vocabulary, int[] of) {
    }

    Scheme scheme() {
        return scheme;
    }

    int slotOf(String variable) {
        return variables.indexOf(variable);
    }

    /** A figure or an option, not a fact. */
    boolean isFigure(String variable) {
        return figures.contains(variable);
    }

    /** One day's terms are kept for each cohort: cases come in heaps of the same day. */
    Terms terms(Cohorts.@Nullable Cohort cohort, LocalDate date) {
        String id = cohort == null ? null : cohort.id();
        String key = Objects.requireNonNullElse(id, NO_COHORT);
        Terms last = lastTerms.get(key);
        if (last != null && last.date().equals(date)) {
            return last;
        }
        Terms terms = Terms.of(scheme, variables, id, date);
        lastTerms.put(key, terms);
        return terms;
    }

    @Nullable
    Object[] slots(Terms terms, Facts known, LocalDate asOf) {
        @Nullable
        Object[] slots = terms.slots().clone();
        int[] places = places(known.vocabulary());
        for (int i = 0; i < places.length; i++) {
            if (places[i] != Vocabulary.NO_PLACE) {
                slots[factSlots[i]] = known.at(places[i]);
            }
        }
        slots[asOfSlot] = asOf;
        return slots;
    }

    private int[] places(Vocabulary vocabulary) {
        Places last = lastPlaces;
        if (last.vocabulary() != vocabulary) {
            last = new Places(vocabulary, Arrays.stream(facts).mapToInt(vocabulary::placeOf).toArray());
            lastPlaces = last;
        }
        return last.of();
    }

    @Nullable
    CitationView cite(@Nullable Citation citation, boolean demo) {
        return citation == null
                ? null
                : (demo ? demoCitations : citations).computeIfAbsent(citation,
                        one -> CitationView.of(scheme, one, demo));
    }
}
