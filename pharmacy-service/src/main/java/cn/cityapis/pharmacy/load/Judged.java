package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.table.BadLine;
import java.util.List;
import java.util.Map;

/**
 * A line of a file and what would become of it.
 *
 * @param content the columns of the row to be; empty for a bad line
 */
record Judged(int line, Verdict verdict, Map<String, Object> content, List<BadLine> problems) {

    /** The same line, to be taken only if whoever applies the file says so. */
    Judged asked(Question question) {
        return verdict == Verdict.BAD
                ? this
                : new Judged(line, Verdict.QUESTIONED, content,
                        List.of(new BadLine(line, question.column(), question.code(), question.text())));
    }
}
