package cn.cityapis.policy.gazette;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;

/**
 * One line of the input without its layout: outer blanks, Markdown list marks and emphasis.
 *
 * @param number of the line in the input, from 1
 * @param text   never empty; the cells of a table's row are parted by tabs
 * @param whole  a paragraph as its format marks it; else a line of print, which may have been cut
 */
public record Line(int number, String text, boolean blankBefore, boolean whole) {

    private static final Pattern LIST_MARK = Pattern.compile("^[-*+] +");
    private static final Pattern SENTENCE_END = Pattern.compile("[。；：！？;:!?]$|[。；;][”’》）)]{1,9}$|[)）]$");
    /** A page of two columns holds this many full-width characters in a line: a line as long was probably cut. */
    private static final double COLUMN_MIN = 14.5;
    private static final double COLUMN_MAX = 17.5;
    private static final int LONGEST_END = 12;

    /** Plain text, as OCR gives it. */
    public static List<Line> read(String input) {
        List<Line> lines = new ArrayList<>();
        boolean blank = true;
        int number = 0;
        int end;
        for (int begin = 0; begin <= input.length(); begin = input.startsWith("\r\n", end) ? end + 2 : end + 1) {
            number++;
            end = end(input, begin);
            String text = clean(input.substring(begin, end));
            if (Layout.strip(text).isEmpty()) {
                blank = true;
            } else {
                lines.add(new Line(number, text, blank, false));
                blank = false;
            }
        }
        return lines;
    }

    private static int end(String input, int begin) {
        int end = begin;
        while (end < input.length() && input.charAt(end) != '\n' && input.charAt(end) != '\r'
                && input.charAt(end) != '\f') {
            end++;
        }
        return end;
    }

    /** A row of a table keeps its tabs: each parts two cells, and a first empty cell counts. */
    private static String clean(String raw) {
        String text = raw.replace("\uFEFF", "").replace("**", "");
        if (text.strip().contains("\t")) {
            return text;
        }
        return LIST_MARK.matcher(Layout.trim(text)).replaceFirst("");
    }

    boolean table() {
        return text.contains("\t");
    }

    /**
     * Without any blank, for comparing. Every step of the parser begins here, so it ends here when it is interrupted.
     *
     * @throws CancellationException when it is
     */
    String tight() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the parse was given up");
        }
        return Layout.strip(text);
    }

    /** Whether a sentence ends with this text. */
    static boolean ended(CharSequence text) {
        int end = text.length();
        while (end > 0 && Layout.blank(text.charAt(end - 1))) {
            end--;
        }
        return SENTENCE_END.matcher(text.subSequence(Math.max(0, end - LONGEST_END), end)).find();
    }

    /** Whether the line fills a column of the page, so that a sentence or heading may have been cut at its end. */
    boolean fillsColumn() {
        double width = tight().codePoints().mapToDouble(c -> c < 0x250 ? 0.5 : 1).sum();
        return width >= COLUMN_MIN && width <= COLUMN_MAX;
    }
}
