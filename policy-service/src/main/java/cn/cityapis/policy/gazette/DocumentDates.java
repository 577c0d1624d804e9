package cn.cityapis.policy.gazette;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.ChineseNumeral;
import cn.cityapis.policy.text.Validity;
import org.jspecify.annotations.Nullable;

/** The dates a document states: since when it applies and until when. */
final class DocumentDates {

    private static final String DAY = "(\\d{4})年(\\d{1,2})月(\\d{1,2})日";
    private static final Pattern IN_FORCE = Pattern.compile("自" + DAY + "起?(?:正式)?(?:施行|实施|执行|生效|试行)");
    private static final Pattern UNTIL = Pattern.compile("有效期(?:限)?(?:至|到)" + DAY);
    private static final Pattern FROM_ISSUE = Pattern.compile("自(?:发布|公布|印发)之日起(?:施行|实施|执行|生效|试行)");
    /** Years, in the same sentence as the beginning. */
    private static final Pattern YEARS = Pattern
            .compile("(?:施行|实施|执行|生效|试行)[，,；;]有效期(?:限)?为?([\\d一二两三四五六七八九十]{1,3})年");
    /** How an assembly says when it passed a text: a line of its own below the title. */
    private static final Pattern PASSED = Pattern
            .compile("^[（(]" + DAY + ".{2,80}(?:通过|批准|修订|修正|公布|发布)[）)]$");
    private static final Pattern DRAFT = Pattern.compile("[（(](?:[^（）()]{0,8}草案|征求意见稿|送审稿|讨论稿)[）)]");

    private DocumentDates() {
    }

    static Validity read(String title, String body, @Nullable LocalDate issued) {
        String text = Layout.strip(body);
        boolean trial = Layout.strip(title).matches(".*[（(](试行|暂行)[）)].*");
        if (draft(title)) {
            // a draft is no law, whatever day stands on it
            return new Validity(null, null, null, trial);
        }
        Optional<LocalDate> inForce = inForce(text, issued);
        LocalDate until = last(UNTIL, text).or(() -> years(text, inForce)).orElse(null);
        return new Validity(issued, inForce.orElse(null), until, trial);
    }

    private static Optional<LocalDate> inForce(String text, @Nullable LocalDate issued) {
        return last(IN_FORCE, text)
                .or(() -> FROM_ISSUE.matcher(text).find() ? Optional.ofNullable(issued) : Optional.empty());
    }

    /** 有效期5年 from 1 September ends with 31 August. */
    private static Optional<LocalDate> years(String text, Optional<LocalDate> from) {
        Matcher years = YEARS.matcher(text);
        return from.filter(day -> years.find())
                .flatMap(day -> number(years.group(1)).map(count -> day.plusYears(count).minusDays(1)));
    }

    private static Optional<Integer> number(String numeral) {
        OptionalInt number = ChineseNumeral.parse(numeral.replace('两', '二'));
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    static boolean draft(String title) {
        return DRAFT.matcher(Layout.strip(title)).find();
    }

    /** The day on which an assembly passed the text, where a line says so. */
    static Optional<LocalDate> passed(Line line) {
        Matcher passed = PASSED.matcher(line.tight());
        return passed.matches()
                ? Signatures.day(passed.group(1), passed.group(2), passed.group(3))
                : Optional.empty();
    }

    /** The clause stands at the end: an earlier match speaks of another document. */
    private static Optional<LocalDate> last(Pattern pattern, String text) {
        Optional<LocalDate> day = Optional.empty();
        Matcher found = pattern.matcher(text);
        while (found.find()) {
            day = Signatures.day(found.group(1), found.group(2), found.group(3)).or(Optional::empty);
        }
        return day;
    }
}
