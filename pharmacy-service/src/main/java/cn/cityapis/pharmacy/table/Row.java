package cn.cityapis.pharmacy.table;

import java.util.List;

/** A row of a file, with the number of the line at which it begins (1 is the first of the file). */
public record Row(int line, List<String> cells) {

    /** The text of a column without blanks around it; empty where the row is shorter. */
    public String cell(int column) {
        return column >= 0 && column < cells.size() ? cells.get(column).strip() : "";
    }

    public boolean isBlank() {
        return cells.stream().allMatch(String::isBlank);
    }
}
