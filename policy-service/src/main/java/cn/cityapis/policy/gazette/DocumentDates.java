package cn.cityapis.policy.gazette;

import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.Validity;
import org.jspecify.annotations.Nullable;

/** The dates a document states: since when it applies and until when. */
final class DocumentDates {

    private static final String DAY = "(\\d{4})年(\\d{1,2})月(\\d{1,2})日";
    private static final Pattern IN_FORCE = Pattern.compile("自" + DAY + "起(?:正式)?(?:施行|实施|执行|生效)");
    private static final Pattern UNTIL = Pattern.compile("有效期(?:限)?(?:至|到)" + DAY);
    private static final Pattern FROM_ISSUE = Pattern.compile("自(?:发布|公布|印发)之日起(?:施行|实施|执行)");

    private DocumentDates() {
    }

    static Validity read(String title, String body, @Nullable LocalDate issued) {
        String text = Layout.strip(body);
        Optional<LocalDate> inForce = last(IN_FORCE, text);
        if (inForce.isEmpty() && FROM_ISSUE.matcher(text).find()) {
            inForce = Optional.ofNullable(issued);
        }
        boolean trial = Layout.strip(title).matches(".*[（(](试行|暂行)[）)].*");
        return new Validity(issued, inForce.orElse(null), last(UNTIL, text).orElse(null), trial);
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
