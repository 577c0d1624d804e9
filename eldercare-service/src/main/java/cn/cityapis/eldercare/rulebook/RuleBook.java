package cn.cityapis.eldercare.rulebook;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule with its period; after its last day it holds only as far as an operator extended it, and never beyond the day on
 * which another takes its place.
 *
 * @param replacedFrom the first day of the book that follows it; null while none is known
 */
public record RuleBook(String id, String number, String title, LocalDate inForceFrom, LocalDate inForceTo,
        List<Extension> extensions, RuleOptions options, ArticleTable articles, @Nullable LocalDate replacedFrom) {

    public enum Status {
        NOT_YET, IN_FORCE, EXTENDED, EXPIRED
    }

    /** 第三十条: in force from 2023-07-18 to 2024-12-31; beyond that by recorded extension only. */
    public Status statusOn(LocalDate day) {
        if (day.isBefore(inForceFrom)) {
            return Status.NOT_YET;
        }
        if (isReplacedOn(day)) {
            return Status.EXPIRED;
        }
        if (!day.isAfter(inForceTo)) {
            return Status.IN_FORCE;
        }
        return extensionOn(day).isPresent() ? Status.EXTENDED : Status.EXPIRED;
    }

    public boolean takesApplicationsOn(LocalDate day) {
        Status status = statusOn(day);
        return status == Status.IN_FORCE || status == Status.EXTENDED;
    }

    private boolean isReplacedOn(LocalDate day) {
        return replacedFrom != null && !day.isBefore(replacedFrom);
    }

    /** The last day on which it holds, with all its extensions, before another takes its place. */
    LocalDate lastDay() {
        LocalDate last = extensions.stream().map(Extension::extendedTo).filter(day -> day.isAfter(inForceTo))
                .max(Comparator.naturalOrder()).orElse(inForceTo);
        return replacedFrom == null || last.isBefore(replacedFrom) ? last : replacedFrom.minusDays(1);
    }

    /** The extension that a decision of that day rests on, or rested on before another book took its place. */
    public Optional<Extension> extensionOn(LocalDate day) {
        LocalDate held = replacedFrom != null && !day.isBefore(replacedFrom) ? replacedFrom.minusDays(1) : day;
        if (!held.isAfter(inForceTo)) {
            return Optional.empty();
        }
        return extensions.stream()
                .filter(extension -> !held.isAfter(extension.extendedTo()))
                .min(Comparator.comparing(Extension::decidedOn));
    }

    /** Where this book says it. */
    public Citation cite(int rule) {
        return articles.cite(number, rule);
    }

    /** The same in the articles of this book. */
    public Citation cite(Citation basis) {
        return basis.document().equals(Citation.WAITING_LIST_RULE) ? cite(basis.article()) : basis;
    }

    public List<Citation> cite(List<Citation> basis) {
        return basis.stream().map(this::cite).toList();
    }

    /** What each answer shows of the book that it rests on. */
    public RuleBookReference referenceOn(LocalDate day) {
        return new RuleBookReference(number, title, inForceFrom, inForceTo, statusOn(day),
                extensionOn(day).orElse(null), replacedFrom, Citation.linkTo(number));
    }
}
