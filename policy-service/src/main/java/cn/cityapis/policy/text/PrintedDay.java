package cn.cityapis.policy.text;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/** A day as documents print it: 2023年7月1日, ２０２３年７月１日, 二〇二三年七月一日. */
public final class PrintedDay {

    /** Three groups: year, month, day; of a text without blanks. */
    public static final String PATTERN = "([\\d０-９〇○零一二三四五六七八九]{4})年([\\d０-９一二三四五六七八九十]{1,3})月([\\d０-９一二三四五六七八九十]{1,3})日";

    private static final String DIGITS = "〇一二三四五六七八九";

    private PrintedDay() {
    }

    /** A day that the calendar knows; OCR makes others. */
    public static Optional<LocalDate> of(String year, String month, String day) {
        OptionalInt monthOfYear = number(month);
        OptionalInt dayOfMonth = number(day);
        if (monthOfYear.isEmpty() || dayOfMonth.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional
                    .of(LocalDate.of(Integer.parseInt(year(year)), monthOfYear.getAsInt(), dayOfMonth.getAsInt()));
        } catch (DateTimeException | NumberFormatException impossible) {
            return Optional.empty();
        }
    }

    private static OptionalInt number(String numeral) {
        return ChineseNumeral.parse(Normalizer.normalize(numeral, Normalizer.Form.NFKC));
    }

    /** Digit by digit: 二〇二三 is no sum. */
    private static String year(String printed) {
        StringBuilder year = new StringBuilder();
        for (char c : Normalizer.normalize(printed, Normalizer.Form.NFKC).toCharArray()) {
            int digit = DIGITS.indexOf(c == '○' || c == '零' ? '〇' : c);
            year.append(digit < 0 ? String.valueOf(c) : String.valueOf(digit));
        }
        return year.toString();
    }
}
