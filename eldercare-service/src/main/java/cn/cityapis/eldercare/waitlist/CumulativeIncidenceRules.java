package cn.cityapis.eldercare.waitlist;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Aalen–Johansen: each day's share of an outcome is taken among those who still waited then, so that whoever withdrew or
 * died is not counted as if he had moved in later, and whoever still waits, or had waited before the period, is counted
 * for the days on which he was seen.
 */
public final class CumulativeIncidenceRules {

    private CumulativeIncidenceRules() {
    }

    /** Those present and those who end on a day of waiting; {@code change} is of those present from the day before. */
    private static final class Day {

        int change;
        int ends;
        final Map<EndReason, Integer> endsBy = new EnumMap<>(EndReason.class);
    }

    /** @param horizons days, ascending; those that nobody was seen for are left out */
    public static List<Outcomes> estimate(List<Waited> groups, List<Integer> horizons) {
        NavigableMap<Integer, Day> days = days(groups);
        Map<EndReason, Double> incidence = new EnumMap<>(EndReason.class);
        List<Outcomes> found = new ArrayList<>();
        double waiting = 1;
        int present = 0;
        List<Integer> left = new ArrayList<>(horizons);
        for (Map.Entry<Integer, Day> each : days.entrySet()) {
            while (!left.isEmpty() && left.getFirst() < each.getKey()) {
                found.add(outcomes(left.removeFirst(), incidence, waiting));
            }
            present += each.getValue().change;
            if (each.getValue().ends > 0) {
                double share = waiting / present;
                each.getValue().endsBy.forEach((reason, ends) -> incidence.merge(reason, share * ends, Double::sum));
                waiting -= share * each.getValue().ends;
            }
        }
        return List.copyOf(found);
    }

    /** A day of waiting is counted from 1, so that whoever leaves on the day he came was there for one. */
    private static NavigableMap<Integer, Day> days(List<Waited> groups) {
        NavigableMap<Integer, Day> days = new TreeMap<>();
        for (Waited group : groups) {
            int last = group.seenUntil() + 1;
            days.computeIfAbsent(group.seenFrom() + 1, day -> new Day()).change += group.people();
            days.computeIfAbsent(last + 1, day -> new Day()).change -= group.people();
            if (group.reason() != null) {
                Day end = days.computeIfAbsent(last, day -> new Day());
                end.ends += group.people();
                end.endsBy.merge(group.reason(), group.people(), Integer::sum);
            }
        }
        return days;
    }

    private static Outcomes outcomes(int horizon, Map<EndReason, Double> incidence, double waiting) {
        return new Outcomes(horizon, share(incidence, EndReason.ADMITTED),
                share(incidence, EndReason.ADMITTED_ELSEWHERE), share(incidence, EndReason.WITHDRAWN),
                share(incidence, EndReason.DIED),
                rounded(incidence.entrySet().stream().filter(each -> isLoss(each.getKey()))
                        .mapToDouble(Map.Entry::getValue).sum()),
                rounded(waiting));
    }

    /** Every other end than moving in, leaving and death. */
    private static boolean isLoss(EndReason reason) {
        return reason != EndReason.ADMITTED && reason != EndReason.ADMITTED_ELSEWHERE
                && reason != EndReason.WITHDRAWN && reason != EndReason.DIED;
    }

    private static double share(Map<EndReason, Double> incidence, EndReason reason) {
        return rounded(incidence.getOrDefault(reason, 0.0));
    }

    private static double rounded(double share) {
        return Math.round(share * 1000) / 1000.0;
    }
}
