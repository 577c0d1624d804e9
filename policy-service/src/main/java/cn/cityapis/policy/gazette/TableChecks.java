package cn.cityapis.policy.gazette;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import cn.cityapis.policy.text.Node;

/** What is odd in a table: rows that lack cells, rows whose cells stand in the wrong column. Nothing is mended. */
final class TableChecks {

    private static final Pattern RUNNING = Pattern.compile("^[*★]?(\\d{1,4})$");

    /** Fewer numbers in a row may be figures that happen to follow each other. */
    private static final int SHORTEST_RUN = 3;

    private TableChecks() {
    }

    /** Detail by code of the warning. */
    static Map<String, String> of(Node table) {
        Map<String, String> odd = new LinkedHashMap<>();
        List<List<String>> rows = table.rows();
        int widest = rows.stream().mapToInt(List::size).max().orElse(0);
        long shorter = rows.stream().filter(row -> row.size() < widest).count();
        if (shorter > 0) {
            odd.put("table-rows-differ", "表格共" + rows.size() + "行，其中" + shorter + "行缺少单元格，按原样保存。");
        }
        List<Integer> shifted = shifted(rows, widest);
        if (!shifted.isEmpty()) {
            odd.put("table-row-shifted", "表格中序号为" + shifted.toString().replaceAll("[\\[\\] ]", "").replace(",", "、")
                    + "的行缺少单元格，内容错列，按原样保存。");
        }
        return odd;
    }

    /** The running numbers that stand beside the column of the running numbers, where they are missing. */
    private static List<Integer> shifted(List<List<String>> rows, int width) {
        int column = IntStream.range(0, Math.min(width, 3)).boxed()
                .max(Comparator.comparing((Integer c) -> run(rows, c)).thenComparing(Comparator.reverseOrder()))
                .orElse(0);
        Set<Integer> held = rows.stream().map(row -> number(row, column)).collect(Collectors.toSet());
        return run(rows, column) < SHORTEST_RUN
                ? List.of()
                : rows.stream().filter(row -> number(row, column) == 0)
                        .flatMap(row -> Stream.of(number(row, column - 1), number(row, column + 1)))
                        .filter(number -> number > 1 && !held.contains(number) && held.contains(number - 1)).toList();
    }

    /** How many rows carry the next number in this column. */
    private static int run(List<List<String>> rows, int column) {
        int run = 0;
        int last = 0;
        for (List<String> row : rows) {
            int number = number(row, column);
            if (number > 0 && (last == 0 || number > last && number <= last + 2)) {
                run++;
                last = number;
            }
        }
        return run;
    }

    private static int number(List<String> row, int column) {
        if (column < 0 || column >= row.size()) {
            return 0;
        }
        Matcher number = RUNNING.matcher(row.get(column));
        return number.matches() ? Integer.parseInt(number.group(1)) : 0;
    }
}
