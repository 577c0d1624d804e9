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
 * not had again when these are over, unless the scheme says so; what is granted by the year, of its period.
 *
 * @param until the first day that is free again; null: never
 * @param hadAgain the scheme lets it be had again when its period is over
 */
record Claim(LocalDate from, @Nullable LocalDate until, boolean hadAgain) {

    static Claim of(Outcome outcome, Application.Terms terms) {
        Grant grant = outcome.grant();
        Ceiling ceiling = outcome.ceiling();
        boolean yearly = grant != null && grant.period() == Grant.Period.YEAR
                || ceiling != null && ceiling.period() == Grant.Period.YEAR;
        boolean hadAgain = isHadAgain(outcome, terms.caseDate());
        LocalDate over = terms.last().plusMonths(1).atDay(1);
        return new Claim(terms.first().atDay(1), yearly || hadAgain ? over : null, hadAgain);
    }

    private static boolean isHadAgain(Outcome outcome, LocalDate on) {
        return Optional.ofNullable(outcome.cohort())
                .flatMap(cohort -> outcome.scheme().figure(Scheme.HAD_AGAIN).flatMap(option -> option.on(cohort, on)))
                .filter(option -> option.value() != 0).isPresent();
    }
}
