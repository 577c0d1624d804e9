package cn.cityapis.policy.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import cn.cityapis.policy.gazette.Layout;
import cn.cityapis.policy.gazette.Line;

/** Collects what a format marks as paragraphs, rows and lines. */
final class Lines implements Sink {

    /** Ends a line that the author ended. */
    static final char HARD_BREAK = '\n';
    /** Ends a line of the source, which may go on in the next. */
    static final char SOFT_BREAK = '\r';
    private static final Pattern BREAKS = Pattern.compile("(?<=[\n\r])");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F\\uFFFE\\uFFFF]");
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
    private static final int MOST_CELLS = 200;

    private final List<Line> lines = new ArrayList<>();
    private boolean inTable;
    private String label = "";

    /** A number that stands before the next paragraph. */
    void label(String number) {
        label = label + number;
    }

    /** A paragraph, a heading, an entry of a list. */
    @Override
    public void paragraph(String text) {
        boolean first = true;
        boolean whole = true;
        inTable = false;
        for (String piece : BREAKS.split(label + text)) {
            String clean = clean(piece);
            if (!Layout.strip(clean).isEmpty()) {
                lines.add(new Line(lines.size() + 1, clean, first, whole));
                first = false;
                label = "";
            }
            whole = first || !piece.endsWith(String.valueOf(SOFT_BREAK));
        }
    }

    /** A line of print: where it was cut is for the parser to see. */
    void print(String text) {
        inTable = false;
        String clean = clean(text);
        if (!Layout.strip(clean).isEmpty()) {
            lines.add(new Line(lines.size() + 1, clean, true, false));
        }
    }

    /** A row of a table; of one cell it is a paragraph. */
    @Override
    public void row(List<String> cells) {
        List<String> clean = cells.stream().limit(MOST_CELLS).map(Lines::clean).toList();
        if (cells.size() < 2) {
            clean.forEach(this::paragraph);
        } else if (clean.stream().anyMatch(cell -> !Layout.strip(cell).isEmpty())) {
            lines.add(new Line(lines.size() + 1, String.join("\t", clean), !inTable, true));
            inTable = true;
        }
        cells.stream().skip(MOST_CELLS).filter(cell -> !cell.isBlank()).forEach(this::paragraph);
    }

    /** What follows is another table. */
    @Override
    public void endTable() {
        inTable = false;
    }

    List<Line> list() {
        if (!label.isBlank()) {
            paragraph("");
        }
        return lines;
    }

    private static String clean(String text) {
        String kept = LONE_SURROGATE.matcher(CONTROL.matcher(text).replaceAll("")).replaceAll("\uFFFD");
        return kept.replaceAll("\\s+", " ").strip();
    }
}
