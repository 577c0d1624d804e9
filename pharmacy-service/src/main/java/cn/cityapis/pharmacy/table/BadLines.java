package cn.cityapis.pharmacy.table;

import java.util.ArrayList;
import java.util.List;

/** Faults as they are found, line after line: the first are kept, of the rest the lines are counted. */
public final class BadLines {

    /** More than these are only counted: nobody mends ten thousand lines by hand. */
    static final int MOST_TOLD = 10_000;

    private final List<BadLine> first = new ArrayList<>();
    private int lines;
    private int last;

    public void add(BadLine fault) {
        if (!isBad(fault.line())) {
            lines++;
            last = fault.line();
        }
        if (first.size() < MOST_TOLD) {
            first.add(fault);
        }
    }

    /** Whether something is wrong with the line that is looked at. */
    public boolean isBad(int line) {
        return lines > 0 && last == line;
    }

    public BadLine.Told told() {
        return new BadLine.Told(lines, List.copyOf(first));
    }
}
