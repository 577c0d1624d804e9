package cn.cityapis.eldercare.rulebook;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rule with its period; after its last day it holds only as far as an operator extended it. */
public record RuleBook(String id, String number, String title, LocalDate inForceFrom, LocalDate inForceTo,
        List<Extension> extensions, RuleOptions options) {

    public enum Status {
        NOT_YET, IN_FORCE, EXTENDED, EXPIRED
    }

    /** 第三十条: in force from 2023-07-18 to 2024-12-31; beyond that by recorded extension only. */
    public Status statusOn(LocalDate day) {
        if (day.isBefore(inForceFrom)) {
            return Status.NOT_YET;
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

    /** The extension that a decision of that day rests on; none while the rule itself is in force. */
    public Optional<Extension> extensionOn(LocalDate day) {
        if (!day.isAfter(inForceTo)) {
            return Optional.empty();
        }
        return extensions.stream()
                .filter(extension -> !day.isAfter(extension.extendedTo()))
                .min(Comparator.comparing(Extension::decidedOn));
    }

    /** What each answer shows of the book that it rests on. */
    public RuleBookReference referenceOn(LocalDate day) {
        return new RuleBookReference(number, title, inForceFrom, inForceTo, statusOn(day),
                extensionOn(day).orElse(null), Citation.linkTo(number));
    }
}
