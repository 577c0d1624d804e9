package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.institution.OpeningHours;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A week's opening hours in one cell, such as {@code 1-5 08:00-12:00,13:00-20:00；6-7 09:00-17:00}; other days are closed. */
final class WeekHours {

    static final String FORM = "应如 08:00-20:00（每天）或 1-5 08:00-12:00,13:00-20:00；6-7 09:00-17:00；24:00 为当日结束，跨夜的写成两段";

    private static final String TIME = "(?:[01]\\d|2[0-3]):[0-5]\\d";
    private static final Pattern STRETCH = Pattern.compile("(" + TIME + ")-(" + TIME + "|24:00)");
    private static final Pattern DAYS = Pattern.compile("(?:([1-7])(?:-([1-7]))?\\s+)?(\\S+)");

    private WeekHours() {
    }

    /** By day and time; empty if it cannot be read, or two stretches of a day overlap. */
    static Optional<List<OpeningHours>> parse(String text) {
        List<OpeningHours> hours = new ArrayList<>();
        for (String part : text.split("[;；]", -1)) {
            Matcher days = DAYS.matcher(part.strip());
            if (!days.matches() || !add(hours, days)) {
                return Optional.empty();
            }
        }
        hours.sort(Comparator.comparing(OpeningHours::weekday).thenComparing(OpeningHours::opens));
        for (int i = 1; i < hours.size(); i++) {
            OpeningHours before = hours.get(i - 1);
            OpeningHours after = hours.get(i);
            if (before.weekday() == after.weekday() && before.closes().compareTo(after.opens()) > 0) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(hours));
    }

    private static boolean add(List<OpeningHours> hours, Matcher days) {
        int from = days.group(1) == null ? 1 : Integer.parseInt(days.group(1));
        int to = days.group(1) == null ? 7 : days.group(2) == null ? from : Integer.parseInt(days.group(2));
        for (String stretch : days.group(3).split("[,，]", -1)) {
            Matcher times = STRETCH.matcher(stretch);
            if (from > to || !times.matches() || times.group(1).compareTo(times.group(2)) >= 0) {
                return false;
            }
            for (int day = from; day <= to; day++) {
                hours.add(new OpeningHours(day, times.group(1), times.group(2)));
            }
        }
        return true;
    }
}
