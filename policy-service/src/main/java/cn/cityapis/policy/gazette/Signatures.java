package cn.cityapis.policy.gazette;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.PrintedDay;

/**
 * The closing lines of a document: organs, then the date alone on its line.
 *
 * @param first    the date below the first organs
 * @param unsigned where there are none, the last date that stands alone before what is attached: a page of the web, or a
 *                 document with a letterhead and a seal
 */
record Signatures(Map<Integer, Kind> lines, Optional<LocalDate> first, Optional<LocalDate> unsigned) {

    private static final Pattern DATE = Pattern.compile("^" + PrintedDay.PATTERN + "$");
    private static final Pattern ATTACHMENT = Pattern.compile("^附件\\d{0,2}[:：]?$");

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
        return found.isEmpty() ? unsigned(lines, from, to) : new Signatures(Map.copyOf(found), first, Optional.empty());
    }

    private static Signatures unsigned(List<Line> lines, int from, int to) {
        int at = -1;
        for (int i = from; i < to && !ATTACHMENT.matcher(lines.get(i).tight()).matches(); i++) {
            at = date(lines.get(i).tight()).isPresent() ? i : at;
        }
        return at < 0
                ? new Signatures(Map.of(), Optional.empty(), Optional.empty())
                : new Signatures(Map.of(at, Kind.DATE), Optional.empty(), date(lines.get(at).tight()));
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
        return date.matches() ? PrintedDay.of(date.group(1), date.group(2), date.group(3)) : Optional.empty();
    }
}
