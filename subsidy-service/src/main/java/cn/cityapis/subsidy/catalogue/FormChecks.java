package cn.cityapis.subsidy.catalogue;

import cn.cityapis.subsidy.scheme.Amount;
import cn.cityapis.subsidy.scheme.Citation;
import cn.cityapis.subsidy.scheme.Cohorts;
import cn.cityapis.subsidy.scheme.Fact;
import cn.cityapis.subsidy.scheme.Figure;
import cn.cityapis.subsidy.scheme.Funding;
import cn.cityapis.subsidy.scheme.Scheme;
import cn.cityapis.subsidy.scheme.Source;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be told without running anything: names, references, citations, dates. */
final class FormChecks {

    private final Scheme scheme;
    private final List<String> reasons = new ArrayList<>();

    private FormChecks(Scheme scheme) {
        this.scheme = scheme;
    }

    static List<String> of(Scheme scheme) {
        FormChecks checks = new FormChecks(scheme);
        if (checks.isComplete()) {
            checks.names();
            checks.citations();
            checks.figures();
            checks.amount();
            checks.funding();
        }
        return checks.reasons;
    }

    /** The YAML reader leaves out what is not written, whatever the type says. */
    @SuppressWarnings("NullAway")
    private boolean isComplete() {
        need("id", scheme.id());
        need("title", scheme.title());
        need("inForceFrom", scheme.inForceFrom());
        need("cohorts", scheme.cohorts());
        need("conditions", scheme.conditions());
        need("amount", scheme.amount());
        need("funding", scheme.funding());
        need("process", scheme.process());
        return reasons.isEmpty();
    }

    private void need(String field, @Nullable Object value) {
        if (value == null) {
            reasons.add(field + " is missing");
        }
    }

    private void names() {
        Set<String> seen = new HashSet<>(Set.of(Scheme.AS_OF));
        Stream.concat(scheme.facts().stream().map(Fact::id), scheme.figuresAndOptions().map(Figure::id))
                .filter(name -> !seen.add(name))
                .forEach(name -> reasons.add("the name " + name + " is used twice"));
        Set<String> conditions = new HashSet<>();
        scheme.conditions().all().filter(condition -> !conditions.add(condition.id()))
                .forEach(condition -> reasons.add("the condition " + condition.id() + " is there twice"));
        if (scheme.fact(scheme.cohorts().fact()).isEmpty()) {
            reasons.add("the cohorts rest on the unknown fact " + scheme.cohorts().fact());
        }
    }

    private void citations() {
        scheme.conditions().all().forEach(condition -> cited("condition " + condition.id(), condition.citation()));
        scheme.figuresAndOptions().forEach(
                figure -> figure.values().forEach(value -> cited("figure " + figure.id(), value.citation())));
        cited("cohorts", scheme.cohorts().citation());
        cited("funding", scheme.funding().citation());
        cited("process", scheme.process().citation());
        scheme.options().forEach(option -> option.values().stream().filter(value -> value.note() == null)
                .forEach(value -> reasons.add("option " + option.id() + " does not say why")));
        switch (scheme.amount()) {
            case Amount.Monthly monthly ->
                monthly.tiers().forEach(tier -> cited("tier " + tier.label(), tier.citation()));
            case Amount.CappedRate rate -> cited("amount", rate.citation());
        }
    }

    private void cited(String what, @Nullable Citation citation) {
        if (citation == null) {
            reasons.add(what + " has no citation");
            return;
        }
        Source source = scheme.source(citation.source()).orElse(null);
        if (source == null) {
            reasons.add(what + " cites the unknown source " + citation.source());
        } else if (source.kind() == Source.Kind.DOCUMENT && (source.number() == null || citation.article() == null)) {
            reasons.add(what + " cites a document without its number or article");
        }
    }

    private void figures() {
        for (Cohorts.Cohort cohort : scheme.cohorts().list()) {
            scheme.figuresAndOptions().forEach(figure -> dates(figure, cohort));
        }
    }

    /** Without gap or overlap from the first day the scheme can be asked for the cohort to its last. */
    private void dates(Figure figure, Cohorts.Cohort cohort) {
        LocalDate next = cohort.from().isAfter(scheme.inForceFrom()) ? cohort.from() : scheme.inForceFrom();
        List<Figure.Dated> values = figure.values().stream().filter(value -> value.cohort().equals(cohort.id()))
                .sorted(Comparator.comparing(Figure.Dated::from)).toList();
        for (Figure.Dated value : values) {
            if (value.from().isAfter(next)) {
                reasons.add("figure " + figure.id() + " has a gap before " + value.from());
            } else if (value.from().isBefore(next) && value != values.getFirst()) {
                reasons.add("figure " + figure.id() + " has values that overlap on " + value.from());
            }
            if (value.until() == null) {
                return;
            }
            next = value.until().plusDays(1);
        }
        LocalDate end = scheme.inForceUntil();
        if (end == null || !next.isAfter(end)) {
            reasons.add("figure " + figure.id() + " has no value from " + next + " on for the cohort " + cohort.id());
        }
    }

    private void amount() {
        switch (scheme.amount()) {
            case Amount.Monthly monthly -> {
                figure(monthly.months(), Figure.Unit.MONTHS);
                monthly.tiers().forEach(tier -> figure(tier.figure(), Figure.Unit.FEN));
            }
            case Amount.CappedRate rate -> {
                rate.rates().forEach(name -> figure(name, Figure.Unit.PERCENT));
                figure(rate.cap(), Figure.Unit.FEN);
                if (scheme.fact(rate.base()).isEmpty()) {
                    reasons.add("the amount rests on the unknown fact " + rate.base());
                }
            }
        }
    }

    private void figure(String name, Figure.Unit unit) {
        if (scheme.figure(name).filter(figure -> figure.unit() == unit).isEmpty()) {
            reasons.add("the amount needs a figure " + name + " in " + unit);
        }
    }

    private void funding() {
        Funding funding = scheme.funding();
        if (funding.shares().isEmpty() || funding.shares().stream().anyMatch(share -> share.weight() < 1)) {
            reasons.add("the funding has no shares, or one without weight");
        }
        if (funding.shares().stream().noneMatch(share -> share.party() == funding.oddFenTo())) {
            reasons.add("the odd fen goes to a party without a share");
        }
    }
}
