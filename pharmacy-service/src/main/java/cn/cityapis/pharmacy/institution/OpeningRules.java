package cn.cityapis.pharmacy.institution;

import cn.cityapis.platform.problem.Violations;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which hours hold on a day, and what may be declared for one. */
final class OpeningRules {

    static final int MOST_DAYS_AHEAD = 400;

    private OpeningRules() {
    }

    /** A stretch of one day; 24:00 is its end. */
    record Stretch(String opens, String closes) {
    }

    /** Whose hours a place that keeps the calendar has: Sunday's on a public holiday, Monday's on a make-up day. */
    static DayOfWeek calendarWeekday(LocalDate day, boolean working) {
        boolean weekend = day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
        if (weekend == working) {
            return working ? DayOfWeek.MONDAY : DayOfWeek.SUNDAY;
        }
        return day.getDayOfWeek();
    }

    /** Not in the past, not years ahead; stretches have a length and do not overlap. None at all: closed that day. */
    static Violations checkException(LocalDate day, List<Stretch> stretches, LocalDate today) {
        Violations wrong = new Violations();
        if (day.isBefore(today) || day.isAfter(today.plusDays(MOST_DAYS_AHEAD))) {
            wrong.add("/day", "out-of-range", "应在今天至 " + MOST_DAYS_AHEAD + " 天之内");
        }
        List<int[]> taken = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            int opens = minutes(stretches.get(i).opens());
            int closes = minutes(stretches.get(i).closes());
            if (opens >= closes) {
                wrong.add("/hours/" + i, "out-of-range", "关门时间应晚于开门时间；跨夜请分成两天");
            } else if (taken.stream().anyMatch(other -> opens < other[1] && other[0] < closes)) {
                wrong.add("/hours/" + i, "duplicate", "与前面的时段重叠");
            } else {
                taken.add(new int[]{opens, closes});
            }
        }
        return wrong;
    }

    private static int minutes(String time) {
        return time.equals("24:00") ? 24 * 60 : LocalTime.parse(time).toSecondOfDay() / 60;
    }

    /** The stretches of one day as people read them. */
    static String text(List<Stretch> stretches) {
        return stretches.stream().sorted(Comparator.comparing(Stretch::opens)).map(s -> s.opens() + "-" + s.closes())
                .reduce((a, b) -> a + "、" + b).filter(text -> !text.isEmpty())
                .or(() -> Optional.of("全天不营业")).orElseThrow();
    }
}
