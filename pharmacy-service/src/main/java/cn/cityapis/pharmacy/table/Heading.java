package cn.cityapis.pharmacy.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The first row of a file: which column holds what, in any order, by either of two names. */
public final class Heading {

    private final Map<String, Integer> columns;

    private Heading(Map<String, Integer> columns) {
        this.columns = columns;
    }

    /** A column that a file may have. */
    public record Column(String name, String chinese, boolean required) {
    }

    /** @throws TableException if a column is missing, unknown or there twice; all of them are named */
    public static Heading of(Row first, List<Column> known) {
        Map<String, String> names = new HashMap<>();
        known.forEach(c -> {
            names.put(c.name().toLowerCase(Locale.ROOT), c.name());
            names.put(c.chinese(), c.name());
        });
        Map<String, Integer> columns = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < first.cells().size(); i++) {
            String name = names.get(first.cell(i).toLowerCase(Locale.ROOT));
            if (name == null && !first.cell(i).isEmpty()) {
                wrong.add("不认识的列“" + shown(first.cell(i)) + "”");
            } else if (name != null && columns.putIfAbsent(name, i) != null) {
                wrong.add("“" + name + "”有两列");
            }
        }
        known.stream().filter(c -> c.required() && !columns.containsKey(c.name()))
                .forEach(c -> wrong.add("缺少列“" + c.name() + "”（" + c.chinese() + "）"));
        if (!wrong.isEmpty()) {
            throw new TableException("首行应为列名：" + String.join("；", wrong));
        }
        return new Heading(columns);
    }

    private static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "");
        return clean.length() <= 30 ? clean : clean.substring(0, 30) + "…";
    }

    /** The text of a column in a row; empty where the file has no such column. */
    public String cell(Row row, String name) {
        return row.cell(columns.getOrDefault(name, -1));
    }
}
