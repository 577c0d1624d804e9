package cn.cityapis.eldercare.waitlist;

import java.time.LocalDate;

/**
 * Recorded past flow of one channel at one home.
 *
 * @param placements how many moved in
 * @param otherEnds how many left the queue otherwise
 * @param personDays days waited by all within the period
 */
public record Flow(LocalDate from, LocalDate to, int placements, int otherEnds, long personDays) {
}
