package cn.cityapis.policy.gazette;

import java.util.regex.Pattern;

/** What is layout and no text: white space, and blanks that OCR puts between the characters of a word. */
public final class Layout {

    private static final Pattern WHITE = Pattern.compile("[\\s\\u3000\\u00A0\\u200B\\uFEFF]+");
    private static final Pattern INSIDE = Pattern
            .compile("(?<=[\\p{IsHan}\\p{Nd}\\p{IsPunctuation}])\\s+(?=[\\p{IsHan}\\p{Nd}\\p{IsPunctuation}])");
    private static final Pattern BESIDE_DIGIT = Pattern.compile(
            "(?<=\\p{Nd})\\s+(?=[\\p{IsHan}%])|(?<=\\p{IsHan})\\s+(?=\\p{Nd})|(?<=\\p{IsPunctuation})\\s+|\\s+(?=\\p{IsPunctuation})");

    private Layout() {
    }

    /** The text without any white space. */
    public static String strip(String text) {
        return WHITE.matcher(text).replaceAll("");
    }

    static String trim(String text) {
        return text.replaceAll("^[\\s\\u3000\\u00A0]+|[\\s\\u3000\\u00A0]+$", "");
    }

    /** A title or sentence without the blanks that OCR scattered in it; blanks between Latin words stay. */
    static String join(String text) {
        return INSIDE.matcher(trim(text)).replaceAll("");
    }

    /** The same for a list of names and posts, where a blank between two Han characters means something. */
    static String loosen(String text) {
        return BESIDE_DIGIT.matcher(trim(text)).replaceAll("").replaceAll("\\s+", " ");
    }
}
