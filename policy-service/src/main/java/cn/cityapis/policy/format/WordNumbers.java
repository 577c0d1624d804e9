package cn.cityapis.policy.format;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Counts the numbers that Word writes before paragraphs (第一条, （一）, 1.): they are nowhere in the text itself. */
final class WordNumbers {

    static final int LEVELS = 9;

    private final WordLists lists;
    /** Lists of one definition count on; one that starts anew counts for itself. */
    private final Map<String, int[]> counts = new HashMap<>();

    private WordNumbers(WordLists lists) {
        this.lists = lists;
    }

    static WordNumbers read(@Nullable InputStream numbering, @Nullable InputStream styles) {
        WordLists lists = new WordLists();
        WordXml.each(numbering, lists::numbering);
        WordXml.each(styles, lists::style);
        return new WordNumbers(lists);
    }

    /** The number of the next paragraph, with what parts it from the text; empty where it has none. */
    String next(String style, int ownList, int ownLevel) {
        WordLists.Place place = lists.place(style, ownList, ownLevel);
        WordLists.Level level = place == null ? null : lists.level(place.list(), place.level());
        if (place == null || level == null) {
            return "";
        }
        int[] count = count(place);
        count[place.level()]++;
        for (int i = 0; i < LEVELS; i++) {
            if (i > place.level()) {
                count[i] = lists.start(place.list(), i) - 1;
            } else if (i < place.level() && count[i] < lists.start(place.list(), i)) {
                count[i] = lists.start(place.list(), i);
            }
        }
        return write(place.list(), level, count);
    }

    private int[] count(WordLists.Place place) {
        return counts.computeIfAbsent(lists.counter(place.list()), key -> {
            int[] first = new int[LEVELS];
            for (int i = 0; i < LEVELS; i++) {
                first[i] = lists.start(place.list(), i) - 1;
            }
            return first;
        });
    }

    private String write(int list, WordLists.Level level, int[] count) {
        if (level.style.equals("bullet") || level.text.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < level.text.length(); i++) {
            char c = level.text.charAt(i);
            boolean placeholder = c == '%' && i + 1 < level.text.length() && "123456789".indexOf(
                    level.text.charAt(i + 1)) >= 0;
            if (placeholder) {
                int at = level.text.charAt(++i) - '1';
                WordLists.Level counted = lists.level(list, at);
                String style = counted == null || level.legal ? "decimal" : counted.style;
                text.append(Counting.write(style, count[at]));
            } else {
                text.append(c);
            }
        }
        return text.append(level.after.equals("nothing") ? "" : " ").toString();
    }
}
