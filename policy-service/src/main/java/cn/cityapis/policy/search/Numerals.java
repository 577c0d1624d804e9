package cn.cityapis.policy.search;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.search.Synonyms.Alternative;
import cn.cityapis.policy.text.ChineseNumeral;

/** The same figure in digits and in characters: 五万 and 5万, 百分之八十 and 80%, 5个 and 五个. */
final class Numerals {

    private static final Pattern PERCENT = Pattern.compile("百分之([一二两三四五六七八九十百\\d]{1,5})");
    private static final String UNITS = "元个年天日月岁周件家人项次分批级期名号折倍吨米座";
    /** Only before a unit, or a sum that lacks its 元: 一 in 一致 or 统一 is no figure. */
    private static final Pattern FIGURE = Pattern
            .compile("([一二两三四五六七八九十百千]{1,9})(?:(万|亿)|(?=[" + UNITS + "]))");
    private static final Pattern DIGITS = Pattern.compile("(?<!\\d)(\\d{1,4})(?=[万亿元个年天日月岁周件家人项次分批级期名折倍])");
    private static final int GREAT = 10_000;

    private Numerals() {
    }

    static List<Alternative> find(String plain) {
        List<Alternative> found = new ArrayList<>();
        Matcher percent = PERCENT.matcher(plain);
        while (percent.find()) {
            value(percent.group(1)).ifPresent(
                    value -> found.add(new Alternative(percent.group(), List.of(value + "%"))));
        }
        Matcher figure = FIGURE.matcher(plain);
        while (figure.find()) {
            value(figure.group(1)).ifPresent(value -> found.add(new Alternative(figure.group(),
                    List.of(figure.group(2) == null
                            ? value + unit(plain, figure.end())
                            : value + figure.group(2) + unitOrYuan(plain, figure.end())))));
        }
        Matcher digits = DIGITS.matcher(plain);
        while (digits.find()) {
            int value = Integer.parseInt(digits.group(1));
            if (value > 0 && value < 100) {
                found.add(new Alternative(digits.group(), List.of(inCharacters(value) + unit(plain, digits.end()))));
            }
        }
        return found;
    }

    private static OptionalInt value(String numeral) {
        OptionalInt value = ChineseNumeral.parse(numeral);
        return value.isPresent() && value.getAsInt() > 0 && value.getAsInt() < GREAT ? value : OptionalInt.empty();
    }

    private static String unit(String plain, int at) {
        return at < plain.length() ? plain.substring(at, at + 1) : "";
    }

    private static String unitOrYuan(String plain, int at) {
        String unit = unit(plain, at);
        return !unit.isEmpty() && UNITS.contains(unit) ? unit : "元";
    }

    private static String inCharacters(int value) {
        String digits = "零一二三四五六七八九";
        String tens = value < 20 ? "" : String.valueOf(digits.charAt(value / 10));
        String ones = value % 10 == 0 ? "" : String.valueOf(digits.charAt(value % 10));
        return value < 10 ? ones : tens + "十" + ones;
    }
}
