package cn.cityapis.eldercare.simulation;

import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.eldercare.waitlist.Needs;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Entries as they were recorded become the flow that a simulation starts from. */
final class FlowRules {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final double DAY = 86_400_000.0;

    private FlowRules() {
    }

    /** @param types the home's bed types with how many beds of each there are and are free */
    static RecordedFlow flow(List<History.Recorded> entries, List<Homes.TypeCount> types, LocalDate from, Instant now) {
        Instant start = from.atStartOfDay(ZONE).toInstant();
        Map<BedKind, Integer> beds = new EnumMap<>(BedKind.class);
        Map<BedKind, Integer> free = new EnumMap<>(BedKind.class);
        types.forEach(type -> {
            beds.put(type.type().kind(), Math.toIntExact(type.total()));
            free.put(type.type().kind(), Math.toIntExact(type.free()));
        });
        List<History.Recorded> ended = entries.stream().filter(entry -> entry.endedAt() != null).toList();
        int placements = (int) ended.stream().filter(entry -> "ADMITTED".equals(entry.endReason())).count();
        return new RecordedFlow(from, LocalDate.ofInstant(now, ZONE),
                entries.stream().filter(entry -> !entry.appliedAt().isBefore(start))
                        .map(entry -> applicant(entry, types, entry.appliedAt())).toList(),
                entries.stream().filter(entry -> entry.endedAt() == null)
                        .map(entry -> applicant(entry, types, now)).toList(),
                placements, ended.size() - placements,
                entries.stream().mapToDouble(entry -> daysWithin(entry, start, now)).sum(), beds, free);
    }

    private static RecordedFlow.Applicant applicant(History.Recorded entry, List<Homes.TypeCount> types, Instant now) {
        return new RecordedFlow.Applicant(entry.channel(), fits(entry.needs(), types),
                Math.max(0, (now.toEpochMilli() - entry.appliedAt().toEpochMilli()) / DAY));
    }

    /** Whose level is not known yet may come to need any kind that he would take. */
    private static Set<BedKind> fits(Needs needs, List<Homes.TypeCount> types) {
        Set<BedKind> fits = EnumSet.noneOf(BedKind.class);
        types.stream().map(Homes.TypeCount::type)
                .filter(type -> needs.level() == null || type.levels().contains(needs.level()))
                .filter(type -> needs.bedKinds().isEmpty() || needs.bedKinds().contains(type.kind()))
                .forEach(type -> fits.add(type.kind()));
        return fits;
    }

    private static double daysWithin(History.Recorded entry, Instant start, Instant now) {
        Instant from = entry.appliedAt().isBefore(start) ? start : entry.appliedAt();
        Instant to = entry.endedAt() == null ? now : entry.endedAt();
        return Math.max(0, (to.toEpochMilli() - from.toEpochMilli()) / DAY);
    }
}
