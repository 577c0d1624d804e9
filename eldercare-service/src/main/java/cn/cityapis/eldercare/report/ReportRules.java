package cn.cityapis.eldercare.report;

import cn.cityapis.eldercare.waitlist.Channel;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** 第七条: counts become the lines of the report; how many wait at the end of a month is all who came less all who went. */
final class ReportRules {

    private ReportRules() {
    }

    /** A home of the report. */
    record Place(UUID id, String code, String name, String districtCode) {
    }

    /** A line for each home, channel and month, also where nothing happened. */
    static List<ReportLine> lines(List<Place> homes, YearMonth from, YearMonth to, Movements movements) {
        Map<Movements.Key, Movements.Entered> entered = index(movements.entered(), Movements.Entered::key);
        Map<Movements.Key, Movements.Ended> ended = index(movements.ended(), Movements.Ended::key);
        Map<Movements.Key, Movements.Made> made = index(movements.made(), Movements.Made::key);
        Map<Movements.Key, Movements.Missed> missed = index(movements.missed(), Movements.Missed::key);
        List<ReportLine> lines = new ArrayList<>();
        for (Place home : homes) {
            for (Channel channel : Channel.values()) {
                int waiting = 0;
                for (YearMonth month = from.minusMonths(1); !month.isAfter(to); month = month.plusMonths(1)) {
                    Movements.Key key = new Movements.Key(home.id(), channel, month);
                    Movements.Entered came = entered.getOrDefault(key, new Movements.Entered(key, 0));
                    Movements.Ended went = ended.getOrDefault(key, new Movements.Ended(key, 0, 0, null, null));
                    waiting += came.count() - went.admitted() - went.others();
                    if (!month.isBefore(from)) {
                        lines.add(line(home, came, went, waiting,
                                made.getOrDefault(key, new Movements.Made(key, 0, 0, 0, 0)),
                                missed.getOrDefault(key, new Movements.Missed(key, 0))));
                    }
                }
            }
        }
        lines.sort(Comparator.comparing(ReportLine::month).thenComparing(ReportLine::districtCode)
                .thenComparing(ReportLine::homeCode).thenComparing(ReportLine::channel));
        return List.copyOf(lines);
    }

    private static ReportLine line(Place home, Movements.Entered came, Movements.Ended went, int waiting,
            Movements.Made made, Movements.Missed missed) {
        return new ReportLine(came.key().month().toString(), home.id(), home.code(), home.name(), home.districtCode(),
                came.key().channel(), came.count(), waiting, went.admitted(), went.others(), went.medianDays(),
                went.longDays(), made.offers(), made.accepted(), made.refused(), made.lapsed(), missed.count());
    }

    private static <T> Map<Movements.Key, T> index(List<T> counts, Function<T, Movements.Key> keyOf) {
        return counts.stream().collect(Collectors.toMap(keyOf, Function.identity()));
    }
}
