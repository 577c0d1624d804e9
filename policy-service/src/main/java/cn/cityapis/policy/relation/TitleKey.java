package cn.cityapis.policy.relation;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Titles compared however they are blanked and punctuated. */
final class TitleKey {

    private static final Pattern LAYOUT = Pattern.compile("[\\s\\p{IsPunctuation}\\p{S}]+");
    /** What a new edition of a rule changes in its name. */
    private static final Pattern EDITION = Pattern
            .compile("试行|暂行|修订版?|(?:19|20)\\d{2}(?:年版|年)?|印发|的通知$|关于");

    private TitleKey() {
    }

    static String of(String title) {
        return LAYOUT.matcher(Normalizer.normalize(title, Normalizer.Form.NFKC)).replaceAll("")
                .toLowerCase(Locale.ROOT);
    }

    /** The same for all editions of a rule. */
    static String stem(String title) {
        return EDITION.matcher(of(title)).replaceAll("");
    }
}
