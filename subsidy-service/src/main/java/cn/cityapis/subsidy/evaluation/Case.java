package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.scheme.Cohorts;
import cn.cityapis.subsidy.scheme.Fact;
import cn.cityapis.subsidy.scheme.Figure;
import cn.cityapis.subsidy.scheme.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A case as a scheme's expressions see it: facts, and the figures that hold for its cohort on its date.
 *
 * @param cohort null if the case belongs to none, or if that cannot be told yet
 */
record Case(Frame frame, Facts facts, LocalDate asOf, @Nullable LocalDate cohortDate, Cohorts.@Nullable Cohort cohort,
        Terms terms, @Nullable Object[] slots) {

    /**
     * @param asOf the day the conditions are looked at
     * @param date the day of the case, by which the figures are chosen: the first day that counts, never today's
     */
    static Case of(Frame frame, Facts facts, LocalDate asOf, LocalDate date) {
        Cohorts cohorts = frame.scheme().cohorts();
        LocalDate cohortDate = asDate(facts.get(cohorts.fact()));
        Cohorts.Cohort cohort = cohort(cohorts, cohortDate);
        Terms terms = frame.terms(cohort, date);
        return new Case(frame, facts, asOf, cohortDate, cohort, terms, frame.slots(terms, facts, asOf));
    }

    private static @Nullable LocalDate asDate(@Nullable Object value) {
        return switch (value) {
            case LocalDate date -> date;
            case Long year -> LocalDate.of(Math.toIntExact(year), 1, 1);
            case null, default -> null;
        };
    }

    /** While the deciding fact is missing, a scheme's only cohort stands in: its figures are the ones to go by. */
    private static Cohorts.@Nullable Cohort cohort(Cohorts cohorts, @Nullable LocalDate date) {
        if (date == null) {
            return cohorts.list().size() == 1 ? cohorts.list().getFirst() : null;
        }
        return cohorts.of(date).orElse(null);
    }

    Scheme scheme() {
        return frame.scheme();
    }

    boolean isOutsideCohorts() {
        return cohortDate != null && cohort == null;
    }

    boolean isDemo() {
        return cohort != null && cohort.isDemoOn(cohortDate == null ? asOf : cohortDate);
    }

    long figure(String name) {
        Figure.Dated dated = terms.figures().get(name);
        if (dated == null) {
            throw new IllegalStateException("No value of " + name + " for this case");
        }
        return dated.value();
    }

    /** Each figure and option among the names, once, as it holds for this case. */
    List<FigureRead> figuresRead(Iterable<String> names) {
        Map<String, FigureRead> known = isDemo() ? terms.readAsDemo() : terms.read();
        Set<FigureRead> read = Collections.newSetFromMap(new IdentityHashMap<>());
        List<FigureRead> ordered = new ArrayList<>();
        for (String name : names) {
            FigureRead figure = known.get(name);
            if (figure != null && read.add(figure)) {
                ordered.add(figure);
            }
        }
        return ordered;
    }

    /** The fact that decides the cohort, if it is known. */
    Map<String, Object> cohortInput() {
        String name = scheme().cohorts().fact();
        Object value = facts.get(name);
        return value == null ? Map.of() : Map.of(name, value);
    }

    /** The facts behind missing variables: a figure is missing because the fact that decides the cohort is. */
    List<String> missingFacts(Set<String> variables) {
        Set<String> wanted = new TreeSet<>();
        for (String variable : variables) {
            wanted.add(frame.isFigure(variable) ? scheme().cohorts().fact() : variable);
        }
        return inOrder(wanted);
    }

    List<String> inOrder(Set<String> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<String> ordered = new ArrayList<>(wanted.size());
        for (Fact fact : scheme().facts()) {
            if (wanted.contains(fact.id())) {
                ordered.add(fact.id());
            }
        }
        return ordered;
    }
}
