package cn.cityapis.subsidy.application;

import cn.cityapis.subsidy.evaluation.Ceiling;
import cn.cityapis.subsidy.evaluation.Grant;
import cn.cityapis.subsidy.evaluation.Outcome;
import cn.cityapis.subsidy.scheme.Scheme;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an application keeps others of the same person and scheme out of: what is granted once, or for so many months, is
 * not had again when these are over, unless the scheme says so; what is granted by the year, in its calendar years. And what
 * it keeps those of excluding schemes out of: its months, or calendar years.
 *
 * @param until the first day that is free again; null: never
 * @param over the first day that is free again for excluding schemes
 * @param hadAgain the scheme lets it be had again when its period is over
 */
record Claim(LocalDate from, @Nullable LocalDate until, LocalDate over, boolean hadAgain) {

    static Claim of(Outcome outcome, Application.Terms terms) {
        Grant grant = outcome.grant();
        Ceiling ceiling = outcome.ceiling();
        boolean yearly = grant != null && grant.period() == Grant.Period.YEAR
                || ceiling != null && ceiling.period() == Grant.Period.YEAR;
        boolean hadAgain = isHadAgain(outcome, terms.caseDate());
        LocalDate first = terms.first().atDay(1);
        LocalDate over = terms.last().plusMonths(1).atDay(1);
        if (yearly) {
            LocalDate nextYear = over.minusDays(1).withDayOfYear(1).plusYears(1);
            return new Claim(first.withDayOfYear(1), nextYear, nextYear, hadAgain);
        }
        return new Claim(first, hadAgain ? over : null, over, hadAgain);
    }

    private static boolean isHadAgain(Outcome outcome, LocalDate on) {
        return Optional.ofNullable(outcome.cohort())
                .flatMap(cohort -> outcome.scheme().figure(Scheme.HAD_AGAIN).flatMap(option -> option.on(cohort, on)))
                .filter(option -> option.value() != 0).isPresent();
    }
}
