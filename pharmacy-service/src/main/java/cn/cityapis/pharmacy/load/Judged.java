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
}
