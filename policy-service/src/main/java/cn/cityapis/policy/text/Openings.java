package cn.cityapis.policy.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern that is tried only where a character stands that it can begin with. Few characters of a text are one; tried at each of
 * them, a regular expression costs several times as much.
 */
public final class Openings {

    private final String characters;
    private final Pattern pattern;

    private Openings(String characters, Pattern pattern) {
        this.characters = characters;
        this.pattern = pattern;
    }

    /** @param characters all that a match can begin with */
    public static Openings of(String characters, String regex) {
        return new Openings(characters, Pattern.compile(regex));
    }

    /** To be used with {@link #find}: it looks behind a place as it does in the whole text. */
    public Matcher matcher(String text) {
        return pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
    }

    /** As {@link Matcher#find(int)}. */
    public boolean find(Matcher matcher, String text, int from) {
        for (int at = from; at < text.length(); at++) {
            if (characters.indexOf(text.charAt(at)) >= 0 && matcher.region(at, text.length()).lookingAt()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it occurs in a text. */
    public boolean in(String text) {
        return find(matcher(text), text, 0);
    }
}
