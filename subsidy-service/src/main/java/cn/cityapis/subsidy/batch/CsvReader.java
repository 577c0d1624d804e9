package cn.cityapis.subsidy.batch;

import cn.cityapis.subsidy.evaluation.FactReader;
import cn.cityapis.subsidy.expression.ValueType;
import cn.cityapis.subsidy.scheme.Fact;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The first line names the columns: id, applicantKind (may be left out) and facts. A field may be quoted ("" is a quote in
 * it) but holds no line break; an empty field is a fact that is not known.
 */
final class CsvReader extends CaseReader {

    private static final String ID = "id";
    private static final String KIND = "applicantKind";

    private final List<String> columns;
    private final Function<String, Optional<Fact>> vocabulary;

    CsvReader(String header, FactReader facts, Function<String, Optional<Fact>> vocabulary) {
        super(facts);
        this.vocabulary = vocabulary;
        List<String> read = fields(header.startsWith("\uFEFF") ? header.substring(1) : header);
        this.columns = read == null ? List.of() : List.copyOf(read);
    }

    /** What is wrong with the columns: without them no line can be read. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        if (!columns.contains(ID)) {
            wrong.add("缺少名为 id 的列");
        }
        columns.stream().filter(name -> !ID.equals(name) && !KIND.equals(name) && vocabulary.apply(name).isEmpty())
                .forEach(name -> wrong.add("没有名为 " + name + " 的事实"));
        if (columns.stream().distinct().count() < columns.size()) {
            wrong.add("有重复的列");
        }
        return wrong;
    }

    @Override
    CaseLine parse(long number, String line) {
        if (number == 1) {
            return new CaseLine.Blank();
        }
        List<String> fields = fields(line);
        if (fields == null) {
            return CaseLine.Broken.of("", "malformed-csv", "引号不成对");
        }
        if (fields.size() != columns.size()) {
            return CaseLine.Broken.of("", "malformed-csv", "应有 " + columns.size() + " 列，实有 " + fields.size() + " 列");
        }
        Map<String, @Nullable Object> values = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            values.put(columns.get(i), fields.get(i).isEmpty() ? null : typed(columns.get(i), fields.get(i)));
        }
        Object id = values.remove(ID);
        Object kind = values.remove(KIND);
        return checked(id, kind, values);
    }

    private Object typed(String column, String field) {
        ValueType type = vocabulary.apply(column).map(Fact::type).orElse(ValueType.CHOICE);
        return switch (type) {
            case BOOLEAN -> "true".equals(field) || "是".equals(field)
                    ? Boolean.TRUE
                    : "false".equals(field) || "否".equals(field) ? Boolean.FALSE : field;
            case INTEGER, MONEY -> number(field);
            case DATE, CHOICE -> field;
        };
    }

    private static Object number(String field) {
        try {
            return field.length() > 40 ? field : new BigDecimal(field);
        } catch (NumberFormatException e) {
            return field;
        }
    }

    /** Null where a quote is not closed. */
    private static @Nullable List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(line.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return quoted ? null : fields;
    }
}
