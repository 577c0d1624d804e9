package cn.cityapis.policy.text;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Numerals as article numbers use them: 十九, 二十, 一百零三, and plain digits. */
public final class ChineseNumeral {

    private static final String DIGITS = "零一二三四五六七八九";
    private static final Pattern BLANKS = Pattern.compile("\\s");
    private static final Pattern PLAIN = Pattern.compile("\\d{1,4}");

    private ChineseNumeral() {
    }

    /** The value of a numeral below 10,000, or empty when the text is none. */
    public static OptionalInt parse(String text) {
        String numeral = BLANKS.matcher(text).replaceAll("").replace('〇', '零').replace('两', '二');
        if (PLAIN.matcher(numeral).matches()) {
            return OptionalInt.of(Integer.parseInt(numeral));
        }
        return numeral.isEmpty() ? OptionalInt.empty() : han(numeral);
    }

    private static OptionalInt han(String numeral) {
        int total = 0;
        int digit = 0;
        for (char c : numeral.toCharArray()) {
            int unit = unit(c);
            int value = DIGITS.indexOf(c);
            if (unit == 0 && value < 0) {
                return OptionalInt.empty();
            }
            if (unit > 0) {
                total += Math.max(digit, 1) * unit;
                digit = 0;
            } else {
                digit = value;
            }
        }
        return OptionalInt.of(total + digit);
    }

    private static int unit(char c) {
        return switch (c) {
            case '十' -> 10;
            case '百' -> 100;
            case '千' -> 1000;
            default -> 0;
        };
    }
}
