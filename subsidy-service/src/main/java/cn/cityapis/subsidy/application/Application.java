package cn.cityapis.subsidy.application;

import cn.cityapis.platform.time.Deadline;
import cn.cityapis.subsidy.evaluation.Facts;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An application as it is stored.
 *
 * @param version grows with each change
 * @param facts as told in the draft; what holds later is in the facts by date
 * @param terms null while it is a draft
 * @param round of reviews; a supplement that changes what was reviewed begins another
 * @param changed whether it is not any more what this round has looked at
 */
public record Application(UUID id, long version, ApplicationState state, String scheme, int schemeVersion, String owner,
        @Nullable String area, Applicant applicant, Facts facts, @Nullable Terms terms, @Nullable Deadline reviewDue,
        @Nullable NoticePeriod notice, List<Review> reviews, int round, boolean changed, boolean demo,
        OffsetDateTime createdAt, @Nullable OffsetDateTime submittedAt) {

    public Application {
        reviews = List.copyOf(reviews);
    }

    /** The same, to be decided by this version of its scheme. */
    Application under(int decidingVersion) {
        return new Application(id, version, state, scheme, decidingVersion, owner, area, applicant, facts, terms,
                reviewDue, notice, reviews, round, changed, demo, createdAt, submittedAt);
    }

    /**
     * What was decided by the rules at submission, for good.
     *
     * @param caseDate by which figures and cohort were chosen
     * @param monthlyFen of each instalment; while an office has still to set it, the ceiling
     * @param ceilingFen the most that an office may grant; null where the rules say the amount
     */
    public record Terms(LocalDate caseDate, YearMonth first, int months, long monthlyFen, @Nullable Long ceilingFen) {

        public YearMonth last() {
            return first.plusMonths(months - 1L);
        }
    }
}
