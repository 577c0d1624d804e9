package cn.cityapis.policy.relation;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.relation.FoundRelation.Longer;
import cn.cityapis.policy.text.ChineseNumeral;
import org.jspecify.annotations.Nullable;

/** Sentences that prolong the validity of a document: 有效期延长至, 有效期延长两年, 继续有效. */
final class Prolonging {

    private static final String MORE = "(?:延长|延续|顺延|延期|展期)";
    private static final Pattern AFTER = Pattern
            .compile("^[^，。；《]{0,16}[，,]?(?:经评估[，,]?)?(?:决定)?(?:将)?(?:其)?的?(?:有效期限?|执行期限?|施行期限?|实施期限?)"
                    + "[^，。；《]{0,16}?" + MORE
                    + "|^[^，。；《]{0,24}[，,]?(?:经评估[，,]?)?(?:决定)?(?:将)?(?:其)?(?<!不再|如需|需要|拟|可)(?:"
                    + MORE + "(?:执行|施行|实施|适用)|继续(?:有效|执行|施行|实施)(?:[至到，。；]|$))");
    private static final Pattern BEFORE = Pattern.compile(MORE + "(?:执行|施行|实施)?(?:了|原)?$");
    private static final Pattern DAY = Pattern
            .compile("(?:至|到)\\s*(\\d{4})\\s*年(?:底|末|\\s*(\\d{1,2})\\s*月(?:底|末|\\s*(\\d{1,2})\\s*日)?)");
    private static final Pattern FOR_EVER = Pattern.compile("继续(?:有效|执行|施行|实施)(?:[，。；]|$)");
    private static final Pattern TIME = Pattern
            .compile(MORE + "[^，。；\\d]{0,6}?([\\d一二两三四五六七八九十]{1,3})\\s*(年|个月)");
    private static final int MONTHS_A_YEAR = 12;

    private Prolonging() {
    }

    static boolean says(String before, String after) {
        return AFTER.matcher(after).find() || BEFORE.matcher(before).find() && after.contains("有效期");
    }

    /** Whether it can be told for how long; what only says that it is prolonged does not mean for ever. */
    static boolean clear(String after) {
        return how(after) != null || FOR_EVER.matcher(after).find();
    }

    /** Until a day, or for how long; neither where it goes on without an end. */
    static @Nullable Longer how(String sentence) {
        Matcher day = DAY.matcher(sentence);
        if (day.find()) {
            return lastDay(day).map(until -> new Longer(until, null)).orElse(null);
        }
        Matcher time = TIME.matcher(sentence);
        if (!time.find()) {
            return null;
        }
        int many = ChineseNumeral.parse(time.group(1)).orElse(0);
        return many == 0 ? null : new Longer(null, time.group(2).equals("年") ? many * MONTHS_A_YEAR : many);
    }

    /** 至2027年6月 means its last day, 至2027年底 that of the year. */
    private static Optional<LocalDate> lastDay(Matcher day) {
        try {
            int year = Integer.parseInt(day.group(1));
            YearMonth month = YearMonth.of(year, day.group(2) == null ? MONTHS_A_YEAR : Integer.parseInt(day.group(2)));
            return Optional
                    .of(day.group(3) == null ? month.atEndOfMonth() : month.atDay(Integer.parseInt(day.group(3))));
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }
}
