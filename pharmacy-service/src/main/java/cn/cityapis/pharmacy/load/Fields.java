package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.table.BadLine;
import cn.cityapis.pharmacy.table.Heading;
import cn.cityapis.pharmacy.table.Row;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the cells of one line and collects all that is wrong with them. */
final class Fields {

    private static final LocalDate SPREADSHEET_EPOCH = LocalDate.of(1899, 12, 30);

    private final Heading heading;
    private final Row row;
    private final List<BadLine> problems = new ArrayList<>();

    Fields(Heading heading, Row row) {
        this.heading = heading;
        this.row = row;
    }

    int line() {
        return row.line();
    }

    List<BadLine> problems() {
        return List.copyOf(problems);
    }

    boolean good() {
        return problems.isEmpty();
    }

    void wrong(String column, String code, String detail) {
        problems.add(new BadLine(row.line(), column, code, detail));
    }

    /** As it stands there; empty where the file has no such column. */
    String cell(String column) {
        return heading.cell(row, column);
    }

    String text(String column, int most) {
        String text = textOrNothing(column, most);
        if (text == null) {
            wrong(column, "missing", "缺少 " + column);
        }
        return text == null ? "" : text;
    }

    @Nullable
    String textOrNothing(String column, int most) {
        String text = heading.cell(row, column);
        if (text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
            wrong(column, "size", "至多 " + most + " 字，不含控制字符");
        }
        return text.isEmpty() ? null : text;
    }

    boolean yes(String column) {
        return switch (matching(column, "(?i)是|否|true|false|1|0", "应为 是 或 否").toLowerCase(Locale.ROOT)) {
            case "是", "true", "1" -> true;
            default -> false;
        };
    }

    String matching(String column, String pattern, String detail) {
        String text = heading.cell(row, column);
        if (text.isEmpty()) {
            wrong(column, "missing", "缺少 " + column);
        } else if (!text.matches(pattern)) {
            wrong(column, "wrong-type", detail);
        }
        return text;
    }

    long number(String column, long least, long most) {
        String text = matching(column, "\\d{1,12}(\\.0+)?", "应为整数");
        if (!good(column)) {
            return least;
        }
        long value = new BigDecimal(text).longValue();
        if (value < least || value > most) {
            wrong(column, "out-of-range", "应为 " + least + " 至 " + most + " 的整数");
        }
        return value;
    }

    @Nullable
    Long numberOrNothing(String column, long least, long most) {
        return heading.cell(row, column).isEmpty() ? null : (Long) number(column, least, most);
    }

    BigDecimal positive(String column) {
        String text = matching(column, "\\d{1,8}(\\.\\d{1,4}0*)?", "应为正数，至多四位小数");
        BigDecimal value = good(column) ? new BigDecimal(text).stripTrailingZeros() : BigDecimal.ONE;
        if (value.signum() <= 0) {
            wrong(column, "out-of-range", "应大于 0");
        }
        return value;
    }

    /** A date as text, or as the number of a day that spreadsheets keep. */
    LocalDate date(String column) {
        String text = heading.cell(row, column);
        if (text.isEmpty()) {
            wrong(column, "missing", "缺少 " + column);
            return LocalDate.EPOCH;
        }
        try {
            LocalDate date = text.matches("[1-9]\\d{4}(\\.0+)?")
                    ? SPREADSHEET_EPOCH.plusDays(new BigDecimal(text).longValue())
                    : LocalDate.parse(text.replace('/', '-'));
            if (date.getYear() >= 1990 && date.getYear() <= 2100) {
                return date;
            }
        } catch (DateTimeException e) {
            // named below
        }
        wrong(column, "wrong-type", "应为日期，如 2027-01-01");
        return LocalDate.EPOCH;
    }

    @Nullable
    LocalDate dateOrNothing(String column) {
        return heading.cell(row, column).isEmpty() ? null : date(column);
    }

    /** Whether nothing was found wrong with this cell so far. */
    boolean good(String column) {
        return problems.stream().noneMatch(problem -> problem.column().equals(column));
    }
}
