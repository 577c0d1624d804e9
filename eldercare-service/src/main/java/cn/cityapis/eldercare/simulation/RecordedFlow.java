package cn.cityapis.eldercare.simulation;

import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.eldercare.waitlist.Channel;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a home's queue recorded over some days.
 *
 * @param arrivals who came within the period, and what beds would take each
 * @param waiting who waits now
 * @param placements how many moved in within the period, each into a bed that somebody had left
 * @param otherEnds how many left the queue otherwise within the period
 * @param personDays days waited by all within the period
 * @param beds beds of each kind, without emergency beds
 * @param free those of them that are free now
 */
record RecordedFlow(LocalDate from, LocalDate to, List<Applicant> arrivals, List<Applicant> waiting, int placements,
        int otherEnds, double personDays, Map<BedKind, Integer> beds, Map<BedKind, Integer> free) {

    /** @param daysWaited until now; 0 for an arrival to come */
    record Applicant(Channel channel, Set<BedKind> fits, double daysWaited) {
    }

    double days() {
        return Math.max(1, ChronoUnit.DAYS.between(from, to));
    }

    int allBeds() {
        return beds.values().stream().mapToInt(Integer::intValue).sum();
    }
}
