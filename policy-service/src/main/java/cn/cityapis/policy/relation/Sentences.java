package cn.cityapis.policy.relation;

import java.util.ArrayList;
import java.util.List;

/** Cuts an article into lines and sentences, never inside a 《title》: OCR breaks those too. */
final class Sentences {

    private static final String ENDS = "。；;！？!?";
    private static final int LONGEST_TITLE = 150;

    private Sentences() {
    }

    /** One line for each node and each row of a table. */
    static List<String> lines(String article) {
        return cut(article, "\n", true);
    }

    static List<String> of(String line) {
        return cut(line, ENDS, false);
    }

    private static List<String> cut(String text, String ends, boolean dropEnd) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int opened = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            opened = c == '《' && opened < 0 ? i : c == '》' ? -1 : opened;
            boolean inside = opened >= 0 && i - opened < LONGEST_TITLE;
            boolean end = ends.indexOf(c) >= 0;
            if (!end || !dropEnd) {
                part.append(c);
            }
            if (end && !inside) {
                parts.add(part.toString());
                part.setLength(0);
                opened = -1;
            }
        }
        parts.add(part.toString());
        return parts.stream().map(String::strip).filter(one -> !one.isEmpty()).toList();
    }
}
