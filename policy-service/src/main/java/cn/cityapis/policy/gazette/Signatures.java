package cn.cityapis.policy.gazette;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.Kind;

/** The closing lines of a document: organs, then the date alone on its line. */
record Signatures(Map<Integer, Kind> lines, Optional<LocalDate> first) {

    private static final Pattern DATE = Pattern.compile("^(\\d{4})年(\\d{1,2})月(\\d{1,2})日$");

    /** Finds them among the lines from (inclusive) to (exclusive); indexes are those of the list. */
    static Signatures find(List<Line> lines, int from, int to) {
        Map<Integer, Kind> found = new HashMap<>();
        Optional<LocalDate> first = Optional.empty();
        for (int i = from; i < to; i++) {
            Optional<LocalDate> date = date(lines.get(i).tight());
            int organs = date.isEmpty() ? 0 : organsAbove(lines, from, i);
            if (organs > 0) {
                found.put(i, Kind.DATE);
                for (int k = 1; k <= organs; k++) {
                    found.put(i - k, Kind.SIGNATURE);
                }
                first = first.or(() -> date);
            }
        }
        return new Signatures(Map.copyOf(found), first);
    }

    private static int organsAbove(List<Line> lines, int from, int date) {
        int count = 0;
        while (date - count - 1 >= from && closes(lines.get(date - count - 1).tight())) {
            count++;
        }
        return count;
    }

    private static boolean closes(String line) {
        return Titles.organ(line) || Titles.signer(line);
    }

    static Optional<LocalDate> date(String text) {
        Matcher date = DATE.matcher(text);
        return date.matches() ? day(date.group(1), date.group(2), date.group(3)) : Optional.empty();
    }

    /** A day that the calendar knows; OCR makes others. */
    static Optional<LocalDate> day(String year, String month, String day) {
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
        } catch (DateTimeException | NumberFormatException impossible) {
            return Optional.empty();
        }
    }
}
