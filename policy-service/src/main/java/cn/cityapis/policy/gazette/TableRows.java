package cn.cityapis.policy.gazette;

import java.util.Arrays;
import java.util.List;

import cn.cityapis.policy.text.Kind;
import org.jspecify.annotations.Nullable;

/** Rows and the tables they belong to. A table that the next page goes on with, its head repeated, is one table. */
final class TableRows {

    private static final int LONGEST_CAPTION = 40;

    private TableRows() {
    }

    /** Adds a row to the table above it, or to a new one; answers the table. */
    static Branch add(Line line, @Nullable Branch above, Branch holder) {
        List<String> cells = Arrays.stream(line.text().split("\t", -1)).map(Layout::join).toList();
        Branch table = above != null && above.kind == Kind.TABLE && goesOn(above, line, cells)
                ? above
                : holder.add(new Branch(Kind.TABLE, null));
        table.rows.add(cells);
        table.last = line;
        return table;
    }

    private static boolean goesOn(Branch table, Line line, List<String> cells) {
        return !line.blankBefore() || table.rows.isEmpty() || filled(table.rows.getFirst()).equals(filled(cells));
    }

    private static List<String> filled(List<String> cells) {
        return cells.stream().filter(cell -> !cell.isEmpty()).toList();
    }

    /** Whether a line right above a row is the table's caption. */
    static boolean caption(Line line, Line next) {
        return !line.table() && next.table() && line.tight().length() <= LONGEST_CAPTION && !Line.ended(line.text())
                && line.text().chars().noneMatch(c -> "，。；,;".indexOf(c) >= 0);
    }
}
