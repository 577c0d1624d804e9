package cn.cityapis.policy.gazette;

import java.util.List;

/** Titles inside a document that it names itself: of the instrument that it transmits, of its attachments. */
final class NamedTitles {

    private static final int LONGEST = 3;
    /** Every line is looked for in what is declared: more than this is no list of titles. */
    private static final int LONGEST_DECLARED = 4000;

    private final List<Line> lines;
    private final int end;
    private final String title;
    private String declared = "";

    NamedTitles(List<Line> lines, int end, String title) {
        this.lines = lines;
        this.end = end;
        this.title = cut(Titles.tight(title));
    }

    /** Notes a line of 附件：…. */
    void declare(String line) {
        declared = cut(declared + Titles.tight(line));
    }

    private static String cut(String tight) {
        return tight.length() <= LONGEST_DECLARED ? tight : tight.substring(0, LONGEST_DECLARED);
    }

    /** How many lines from here on are the title of the instrument; 0 when this line is none. */
    int instrument(int at) {
        return count(at, title);
    }

    /** How many lines from here on are the title of an attachment that was declared; 0 when this line is none. */
    int attachment(int at) {
        return count(at, declared);
    }

    private int count(int at, String named) {
        if (named.isEmpty()) {
            return 0;
        }
        StringBuilder joined = new StringBuilder();
        int count = 0;
        for (int i = at; i < Math.min(end, at + LONGEST) && Mark.of(lines.get(i).text()).isEmpty(); i++) {
            joined.append(lines.get(i).tight());
            boolean sentence = Line.ended(joined) && !joined.toString().matches(".*[）)]$");
            if (lines.get(i).table() || sentence || !Titles.names(named, joined.toString())) {
                break;
            }
            count++;
        }
        return count;
    }
}
