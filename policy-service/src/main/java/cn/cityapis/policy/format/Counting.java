package cn.cityapis.policy.format;

/** Numbers that Word or a browser writes before the entries of a list. */
final class Counting {

    private static final String[] DIGITS = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    private static final int[] ROMAN_VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
    private static final String[] ROMAN = {"m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"};

    private Counting() {
    }

    /** @param style as Word names it (w:numFmt) */
    static String write(String style, int number) {
        return switch (style) {
            case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital",
                    "taiwaneseCounting", "taiwaneseCountingThousand", "ideographTraditional", "koreanCounting" ->
                chinese(number);
            case "decimalEnclosedCircle", "decimalEnclosedCircleChinese" ->
                number >= 1 && number <= 20 ? String.valueOf((char) (0x245F + number)) : String.valueOf(number);
            case "decimalZero" -> number < 10 ? "0" + number : String.valueOf(number);
            case "lowerLetter" -> letters(number);
            case "upperLetter" -> letters(number).toUpperCase(java.util.Locale.ROOT);
            case "lowerRoman" -> roman(number);
            case "upperRoman" -> roman(number).toUpperCase(java.util.Locale.ROOT);
            case "bullet", "none" -> "";
            default -> String.valueOf(number);
        };
    }

    private static String chinese(int number) {
        if (number < 1 || number > 999) {
            return String.valueOf(number);
        }
        int hundreds = number / 100;
        int tens = number / 10 % 10;
        int ones = number % 10;
        StringBuilder text = new StringBuilder(hundreds > 0 ? DIGITS[hundreds] + "百" : "");
        if (tens > 0) {
            text.append(tens == 1 && hundreds == 0 ? "" : DIGITS[tens]).append("十");
        } else if (hundreds > 0 && ones > 0) {
            text.append(DIGITS[0]);
        }
        return text.append(ones > 0 ? DIGITS[ones] : "").toString();
    }

    /** a … z, then aa … zz, as Word counts. */
    private static String letters(int number) {
        if (number < 1 || number > 26 * 20) {
            return String.valueOf(number);
        }
        return String.valueOf((char) ('a' + (number - 1) % 26)).repeat((number - 1) / 26 + 1);
    }

    private static String roman(int number) {
        if (number < 1 || number > 3999) {
            return String.valueOf(number);
        }
        StringBuilder text = new StringBuilder();
        int rest = number;
        for (int i = 0; i < ROMAN.length; i++) {
            while (rest >= ROMAN_VALUES[i]) {
                text.append(ROMAN[i]);
                rest -= ROMAN_VALUES[i];
            }
        }
        return text.toString();
    }
}
