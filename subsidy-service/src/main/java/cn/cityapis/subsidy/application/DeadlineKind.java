package cn.cityapis.subsidy.application;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The periods of an application. */
enum DeadlineKind {
    FIRST_REVIEW(Bound.OFFICE, "初审"),
    SECOND_REVIEW(Bound.OFFICE, "复审"),
    SUPPLEMENT(Bound.APPLICANT, "补正材料"),
    APPEAL(Bound.APPLICANT, "提出申诉"),
    APPEAL_REVIEW(Bound.OFFICE, "申诉审查"),
    OBJECTION(Bound.OFFICE, "处理公示异议");

    private final Bound bound;
    private final String title;

    DeadlineKind(Bound bound, String title) {
        this.bound = bound;
        this.title = title;
    }

    /** Whom a period binds: an office that misses it is late, a right of the applicant is lost. */
    enum Bound {
        OFFICE, APPLICANT;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Bound bound() {
        return bound;
    }

    String title() {
        return title;
    }

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static DeadlineKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
