package cn.cityapis.trials.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Values at which programs break: boundaries of numbers, dates and texts, odd Unicode, other types, deep nesting. */
final class OddValues {

    private static final int HUGE = 200_000;

    private static final List<String> TEXTS = List.of("", " ", "\t", "\n", "\u0000", "甲\u0000乙", "\u0001\u001f\u007f",
            "\u200b", "\u202e反", "\ufeff首", "\ufffd", "\ufffe", "é", "e\u0301\u0301\u0301\u0301", "👩‍👩‍👧‍👦",
            "\ud840\udc00",
            "İıſẞ", "%00", "%", "%zz", "../../etc/passwd", "..;/", "'", "\"", "\\", "';--", "' OR '1'='1", "%_%",
            "{{7*7}}",
            "${7*7}", "<script>alert(1)</script>", "[", "(((((", "*", "~", "+", "AND OR NOT", "a:b", "\"a", "0", "-1",
            "NaN", "true", "٣", "１２３", "一二三", "371002199002300000", "=1+1", "@", "#", "\r\nX-Odd: 1");
    private static final List<String> DATES = List.of("2026-02-30", "2023-02-29", "2024-02-29", "0000-00-00",
            "0000-01-01", "0001-01-01", "-0001-01-01", "1582-10-10", "1752-09-10", "9999-12-31", "10000-01-01",
            "+999999999-12-31", "-999999999-01-01", "+5874898-01-01", "+294277-01-01", "-4714-01-01", "1970-01-01",
            "2026-1-1", "2026-13-01", "2026-01-31T09:00:00+08:00", "2026-01-31T24:00:00Z", "2026-12-31T23:59:60Z",
            "2026-01-31T09:00:00+18:00", "2026-01-31T09:00:00", "+999999999-12-31T23:59:59.999999999Z",
            "+1000000000-12-31T00:00:00Z", "-999999999-01-01T00:00:00Z", "2026-01-31T09:00:00.123456789Z", "2026-W05",
            "2026-06", "0000-00", "9999-99", "P1D", "P999999999Y");
    private static final List<String> NUMBERS = List.of("0", "-0", "1", "-1", "2147483647", "2147483648", "-2147483649",
            "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e2", "1.0",
            "0.1",
            "1e-7", "1e308", "1e400", "-1e400", "1e-400", "1E+2147483647", "1e9999999999", "0.00000000000000000001",
            "99999999999999999999999999999999999999", "01", "+1", ".5", "1.", "0x10", "NaN", "Infinity", "-");
    private static final List<String> IDS = List.of("00000000-0000-0000-0000-000000000000", "1-1-1-1-1",
            "ffffffff-ffff-ffff-ffff-ffffffffffff", "FFFFFFFF-FFFF-7FFF-8FFF-FFFFFFFFFFFF",
            "{00000000-0000-7000-8000-000000000000}", "urn:uuid:00000000-0000-7000-8000-000000000000", "0", "-1", "me",
            ".",
            "..", "a/b", "a%2Fb");
    /** Parts of a JSON text, well formed and not. */
    private static final List<String> PARTS = List.of("null", "true", "false", "{}", "[]", "[null]", "[[]]", "{\"\":0}",
            "\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\"", "\"x\\u0000y\"", "{\"a\":1,\"a\":2}", "'x'", "undefined",
            "\"\\x\"",
            "\"unfinished", "[1,]", "/* */1", "{\"@class\":\"x\"}", "\"\\uD83D\\uDE00\"");

    private OddValues() {
    }

    /** A text, now and then a very long one. */
    static String text(RandomGenerator chance) {
        return switch (chance.nextInt(12)) {
            case 0 -> "长".repeat(1 << chance.nextInt(12));
            case 1 -> pick(DATES, chance);
            case 2 -> pick(NUMBERS, chance);
            case 3 -> pick(IDS, chance);
            default -> pick(TEXTS, chance);
        };
    }

    static String id(RandomGenerator chance) {
        return chance.nextBoolean() ? pick(IDS, chance) : text(chance);
    }

    /** What may stand in a JSON text where a value is expected; not always JSON itself. */
    static String json(RandomGenerator chance) {
        return switch (chance.nextInt(10)) {
            case 0, 1, 2 -> pick(PARTS, chance);
            case 3, 4, 5 -> pick(NUMBERS, chance);
            case 6 -> deep(chance);
            case 7 -> chance.nextInt(40) == 0 ? quoted("长".repeat(HUGE)) : quoted("x".repeat(1 << chance.nextInt(15)));
            case 8 -> quoted(pick(DATES, chance));
            default -> quoted(text(chance));
        };
    }

    private static String deep(RandomGenerator chance) {
        int depth = 1 << chance.nextInt(14);
        return chance.nextBoolean()
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> quoted.append(c < ' ' || c == '"' || c == '\\'
                ? String.format("\\u%04x", c)
                : String.valueOf((char) c)));
        return quoted.append('"').toString();
    }

    static <T> T pick(List<T> some, RandomGenerator chance) {
        return some.get(chance.nextInt(some.size()));
    }
}
