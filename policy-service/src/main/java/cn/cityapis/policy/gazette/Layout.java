package cn.cityapis.policy.gazette;

import java.util.regex.Pattern;

/** What is layout and no text: white space, and blanks that OCR puts between the characters of a word. */
public final class Layout {

    private static final String CHARACTER = "\\p{IsHan}\\p{Nd}\\p{IsPunctuation}";
    private static final Pattern INSIDE = Pattern.compile("(?<=[" + CHARACTER + "]) (?=[" + CHARACTER + "])");
    private static final Pattern BESIDE_DIGIT = Pattern.compile(
            "(?<=\\p{Nd}) (?=[\\p{IsHan}%])|(?<=\\p{IsHan}) (?=\\p{Nd})|(?<=[\\p{IsPunctuation}&&[^)）]]) | (?=\\p{IsPunctuation})");

    private Layout() {
    }

    /** White space of any script, and the marks of zero width that copying leaves behind. */
    static boolean blank(char c) {
        if (c >= 0x4E00 && c <= 0x9FFF) {
            return false;
        }
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u200B' || c == '\uFEFF' || c == '\u0085';
    }

    /** The text without any white space. */
    public static String strip(String text) {
        char[] stripped = new char[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!blank(c)) {
                stripped[length++] = c;
            }
        }
        return length == text.length() ? text : new String(stripped, 0, length);
    }

    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && blank(text.charAt(from))) {
            from++;
        }
        while (to > from && blank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** A title or sentence without the blanks that OCR scattered in it; blanks between Latin words stay. */
    static String join(String text) {
        String single = single(text);
        return single.indexOf(' ') < 0 ? single : INSIDE.matcher(single).replaceAll("");
    }

    /** The same for a list of names and posts, where a blank between two Han characters means something. */
    static String loosen(String text) {
        String single = single(text);
        return single.indexOf(' ') < 0 ? single : BESIDE_DIGIT.matcher(single).replaceAll("");
    }

    /** Runs of white space as one blank each: the patterns need not look far, whatever the text. */
    private static String single(String text) {
        StringBuilder single = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!blank(c)) {
                single.append(c);
            } else if (!single.isEmpty() && single.charAt(single.length() - 1) != ' ') {
                single.append(' ');
            }
        }
        return trim(single.toString());
    }
}
