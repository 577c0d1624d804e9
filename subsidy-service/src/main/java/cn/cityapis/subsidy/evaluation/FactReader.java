package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.scheme.Fact;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns what came over the wire into typed facts, naming all that is wrong at once. */
public final class FactReader {

    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2200, 1, 1);

    private final Vocabulary vocabulary;
    private final List<Fact> known;

    /** @param facts all that may be told; of two with the same name the first counts */
    public FactReader(Iterable<Fact> facts) {
        Map<String, Fact> byName = new TreeMap<>();
        facts.forEach(fact -> byName.putIfAbsent(fact.id(), fact));
        vocabulary = new Vocabulary(byName.keySet());
        known = List.copyOf(byName.values());
    }

    /** @param code stable, kebab-case; detail: Chinese */
    public record Wrong(String fact, String code, String detail) {
    }

    public record Reading(Facts facts, List<Wrong> wrong) {

        /**
         * Of what was checked before it was stored.
         *
         * @throws IllegalStateException naming the facts that cannot be read: left out, they would change what is decided
         */
        public Facts stored() {
            if (!wrong.isEmpty()) {
                throw new IllegalStateException("Stored facts that no version takes: "
                        + wrong.stream().map(each -> each.fact() + " " + each.code()).toList());
            }
            return facts;
        }
    }

    /** A fact given as null is a fact not given. */
    public Reading read(Map<String, ?> raw) {
        @Nullable
        Object[] values = new @Nullable Object[vocabulary.size()];
        List<Wrong> wrong = new ArrayList<>();
        raw.forEach((name, value) -> {
            int place = vocabulary.placeOf(name);
            if (place == Vocabulary.NO_PLACE) {
                wrong.add(new Wrong(name, "unknown-fact", "没有名为 " + name + " 的事实"));
            } else if (value != null) {
                Object typed = typed(known.get(place), value);
                if (typed instanceof Wrong refused) {
                    wrong.add(refused);
                } else {
                    values[place] = typed;
                }
            }
        });
        wrong.sort(Comparator.comparing(Wrong::fact));
        return new Reading(new Facts(vocabulary, values), List.copyOf(wrong));
    }

    private static Object typed(Fact fact, Object value) {
        return switch (fact.type()) {
            case DATE -> date(fact, value);
            case INTEGER, MONEY -> number(fact, value);
            case BOOLEAN -> value instanceof Boolean ? value : wrongType(fact, "应为 true 或 false");
            case CHOICE -> choice(fact, value);
        };
    }

    private static Object date(Fact fact, Object value) {
        if (value instanceof LocalDate date) {
            return date;
        }
        if (value instanceof String text) {
            try {
                LocalDate date = LocalDate.parse(text);
                return date.isBefore(EARLIEST) || date.isAfter(LATEST)
                        ? new Wrong(fact.id(), "out-of-range", fact.label() + "超出合理范围")
                        : date;
            } catch (DateTimeParseException e) {
                return wrongType(fact, "应为日期，如 2026-01-31");
            }
        }
        return wrongType(fact, "应为日期，如 2026-01-31");
    }

    private static Object number(Fact fact, Object value) {
        long min = fact.least();
        long max = fact.most();
        if (value instanceof Long number && number >= min && number <= max) {
            return number;
        }
        BigInteger exact = whole(value);
        if (exact == null) {
            return wrongType(fact, "应为整数");
        }
        if (exact.compareTo(BigInteger.valueOf(min)) < 0 || exact.compareTo(BigInteger.valueOf(max)) > 0) {
            return new Wrong(fact.id(), "out-of-range", fact.label() + "应在 " + min + " 至 " + max + " 之间");
        }
        return exact.longValueExact();
    }

    private static @Nullable BigInteger whole(Object value) {
        return switch (value) {
            case Long number -> BigInteger.valueOf(number);
            case Integer number -> BigInteger.valueOf(number);
            case BigInteger number -> number;
            case BigDecimal number -> number.stripTrailingZeros().scale() <= 0 && number.precision() < 40
                    ? number.toBigInteger()
                    : null;
            default -> null;
        };
    }

    private static Object choice(Fact fact, Object value) {
        return value instanceof String code && fact.codes().containsKey(code)
                ? code
                : new Wrong(fact.id(), "unknown-choice",
                        fact.label() + "应为：" + String.join("、", fact.codes().keySet()));
    }

    private static Wrong wrongType(Fact fact, String expected) {
        return new Wrong(fact.id(), "wrong-type", fact.label() + expected);
    }
}
