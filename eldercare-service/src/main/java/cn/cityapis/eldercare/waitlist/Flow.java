package cn.cityapis.eldercare.waitlist;

import java.time.LocalDate;
import java.util.List;

/**
 * Recorded past flow of one channel at one home.
 *
 * @param from the first day, {@code to} the last
 * @param placements how many moved in
 * @param otherEnds how many left the queue otherwise, by whatever outcome
 * @param personDays days waited by all within the period
 * @param outcomes what becomes of those who apply, by how long ago they applied
 */
public record Flow(LocalDate from, LocalDate to, int placements, int otherEnds, double personDays,
        List<Outcomes> outcomes) {
}
