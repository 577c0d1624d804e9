package cn.cityapis.policy.format;

import java.util.ArrayList;
import java.util.List;

import org.jsoup.nodes.Element;

/** The rows of an HTML table, with an empty cell wherever another cell reaches over. */
final class HtmlTable {

    /** A cell that holds more paragraphs than this is part of a page, not of a table. */
    private static final int MOST_PARAGRAPHS = 4;
    private static final int WIDEST = 100;
    private static final int LONGEST = 10_000;

    private HtmlTable() {
    }

    /** Tables inside, or whole texts in its cells: a table in name only. */
    static boolean arrangesThePage(Element table) {
        return table.select("table").size() > 1
                || table.select("td").stream().anyMatch(cell -> cell.select("p, h1, h2, h3").size() > MOST_PARAGRAPHS);
    }

    static List<List<String>> rows(Element table) {
        List<List<String>> rows = new ArrayList<>();
        List<Integer> reach = new ArrayList<>();
        for (Element row : table.select("tr")) {
            List<String> cells = new ArrayList<>();
            for (Element cell : row.children()) {
                reachedOver(cells, reach);
                int below = span(cell, "rowspan", LONGEST) - 1;
                for (int i = span(cell, "colspan", WIDEST); i > 0; i--) {
                    put(reach, cells.size(), below);
                    cells.add("");
                }
                int first = cells.size() - span(cell, "colspan", WIDEST);
                cells.set(first, text(cell));
            }
            reachedOver(cells, reach);
            rows.add(cells);
        }
        return rows;
    }

    private static void reachedOver(List<String> cells, List<Integer> reach) {
        while (cells.size() < reach.size() && reach.get(cells.size()) > 0) {
            reach.set(cells.size(), reach.get(cells.size()) - 1);
            cells.add("");
        }
    }

    private static void put(List<Integer> reach, int column, int rows) {
        while (reach.size() <= column) {
            reach.add(0);
        }
        reach.set(column, rows);
    }

    private static int span(Element cell, String attribute, int most) {
        String value = cell.attr(attribute).strip();
        return value.matches("\\d{1,6}") ? Math.clamp(Integer.parseInt(value), 1, most) : 1;
    }

    static String text(Element cell) {
        Element copy = cell.clone();
        copy.select("script, style, template").remove();
        return copy.text();
    }
}
