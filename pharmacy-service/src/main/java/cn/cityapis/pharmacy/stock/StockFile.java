package cn.cityapis.pharmacy.stock;

import cn.cityapis.pharmacy.table.BadLine;
import cn.cityapis.pharmacy.table.BadLines;
import cn.cityapis.pharmacy.table.Csv;
import cn.cityapis.pharmacy.table.Heading;
import cn.cityapis.pharmacy.table.Row;
import cn.cityapis.pharmacy.table.TableException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file of reports, line by line: what could be read, and what is wrong with the rest. */
record StockFile(List<Line> lines, BadLine.Told bad, int received) {

    static final int MOST_LINES = 200_000;
    /** As a cell of a CSV file; five fields need a tenth of it. */
    private static final int MOST_CHARACTERS = 2_000;
    private static final int MOST_UNKNOWN_FIELDS = 20;
    /** Years that a report can be of; no column holds all that Java can tell. */
    private static final int EARLIEST = 2000;
    private static final int LATEST = 9999;
    private static final int MOST_DIGITS = 9;
    private static final List<Heading.Column> COLUMNS = List.of(new Heading.Column("storeId", "门店编号", true),
            new Heading.Column("drugId", "药品编号", true), new Heading.Column("quantity", "库存", true),
            new Heading.Column("retailPriceFen", "零售价（分）", true),
            new Heading.Column("reportedAt", "上报时间", true));
    private static final Set<String> FIELDS = Set.of("storeId", "drugId", "quantity", "retailPriceFen", "reportedAt");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /** A report and where it stands in the file. */
    record Line(int line, ShelfReport report) {
    }

    /** @throws TableException if it is no CSV with these columns */
    static StockFile csv(byte[] bytes) {
        List<Row> rows = Csv.read(bytes, MOST_LINES + 1);
        if (rows.isEmpty()) {
            throw new TableException("文件是空的");
        }
        Heading heading = Heading.of(rows.getFirst(), COLUMNS);
        Reading reading = new Reading();
        for (Row row : rows.subList(1, rows.size())) {
            reading.line(row.line(), name -> heading.cell(row, name));
        }
        return reading.file();
    }

    /** One JSON object a line. @throws TableException if it is no text or too long */
    static StockFile ndjson(byte[] bytes) {
        Reading reading = new Reading();
        String text = Csv.text(bytes);
        int number = 0;
        for (int from = 0; from < text.length();) {
            int next = text.indexOf('\n', from);
            int end = next < 0 ? text.length() : next;
            if (++number > MOST_LINES) {
                throw new TableException("文件超过 " + MOST_LINES + " 行，请分成几个文件");
            }
            if (end - from > MOST_CHARACTERS) {
                reading.tooLong(number);
            } else {
                reading.json(number, text.substring(from, end));
            }
            from = end + 1;
        }
        if (reading.received == 0) {
            throw new TableException("文件是空的");
        }
        return reading.file();
    }

    /** What the line before had in a column: files go store by store, and mostly tell of one moment. */
    private record Known<T>(String text, @Nullable T value) {

        static <T> Known<T> nothing() {
            return new Known<>("", null);
        }

        boolean is(String other) {
            return value != null && text.equals(other);
        }
    }

    private static final class Reading {

        private final List<Line> lines = new ArrayList<>();
        private final BadLines bad = new BadLines();
        private int received;
        private Known<UUID> store = Known.nothing();
        private Known<OffsetDateTime> time = Known.nothing();

        StockFile file() {
            return new StockFile(List.copyOf(lines), bad.told(), received);
        }

        void tooLong(int number) {
            received++;
            bad.add(new BadLine(number, "", "size", "这一行超过 " + MOST_CHARACTERS + " 字"));
        }

        void json(int number, String text) {
            if (text.isBlank()) {
                return;
            }
            try {
                JsonNode node = JSON.readTree(text);
                if (node.isObject()) {
                    node.propertyNames().stream().filter(name -> !FIELDS.contains(name)).limit(MOST_UNKNOWN_FIELDS)
                            .forEach(name -> bad.add(new BadLine(number, name.length() > 40 ? "" : name,
                                    "unknown-field", "没有这个字段")));
                    line(number, name -> node.path(name).isNull() ? "" : node.path(name).asString(""));
                    return;
                }
            } catch (JacksonException e) {
                // named below
            }
            received++;
            bad.add(new BadLine(number, "", "malformed-json", "这一行不是一个 JSON 对象"));
        }

        void line(int number, Function<String, String> cell) {
            received++;
            UUID place = place(number, cell);
            UUID drug = id(number, "drugId", cell);
            Long quantity = number(number, "quantity", cell, 0, 1_000_000);
            Long price = number(number, "retailPriceFen", cell, 1, 100_000_000);
            OffsetDateTime at = time(number, cell.apply("reportedAt"));
            if (place != null && drug != null && quantity != null && price != null && at != null
                    && !bad.isBad(number)) {
                lines.add(new Line(number, new ShelfReport(place, drug, quantity.intValue(), price, at)));
            }
        }

        private @Nullable UUID place(int number, Function<String, String> cell) {
            String text = cell.apply("storeId");
            if (!store.is(text)) {
                store = new Known<>(text, id(number, "storeId", cell));
            }
            return store.value();
        }

        private @Nullable UUID id(int number, String column, Function<String, String> cell) {
            String text = cell.apply(column);
            try {
                if (text.length() == 36) {
                    return UUID.fromString(text);
                }
            } catch (IllegalArgumentException e) {
                // named below
            }
            wrong(number, column, text, "应为编号（UUID）");
            return null;
        }

        private @Nullable Long number(int number, String column, Function<String, String> cell, long least,
                long most) {
            String text = cell.apply(column);
            long value = isNumber(text) ? Long.parseLong(text) : -1;
            if (value < least || value > most) {
                wrong(number, column, text, "应为 " + least + " 至 " + most + " 的整数");
                return null;
            }
            return value;
        }

        private static boolean isNumber(String text) {
            return !text.isEmpty() && text.length() <= MOST_DIGITS
                    && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        }

        private @Nullable OffsetDateTime time(int number, String text) {
            if (time.is(text)) {
                return time.value();
            }
            try {
                OffsetDateTime at = text.length() <= 40 ? OffsetDateTime.parse(text) : OffsetDateTime.MIN;
                if (at.getYear() >= EARLIEST && at.getYear() < LATEST) {
                    time = new Known<>(text, at);
                    return at;
                }
            } catch (DateTimeException e) {
                // named below
            }
            wrong(number, "reportedAt", text, "应为带时区的时间，如 2026-11-21T09:30:00+08:00");
            return null;
        }

        private void wrong(int number, String column, String text, String detail) {
            bad.add(text.isEmpty()
                    ? new BadLine(number, column, "missing", "缺少 " + column)
                    : new BadLine(number, column, "wrong-type", detail));
        }
    }
}
