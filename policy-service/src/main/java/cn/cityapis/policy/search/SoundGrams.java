package cn.cityapis.policy.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Short pieces of how a text may be typed, by which an index finds what {@link SoundMatch} then looks at closely: characters,
 * pairs of characters, and the first one to three letters of pinyin or initials from any character on. Whatever matches has
 * all the pieces of what was typed. Pure.
 */
final class SoundGrams {

    private static final int LONGEST = 3;

    private SoundGrams() {
    }

    /** What counts of a text: letters, characters, digits. */
    static String typed(String text) {
        StringBuilder typed = new StringBuilder();
        Characters.plain(text).codePoints().filter(Character::isLetterOrDigit).limit(SoundMatch.LONGEST)
                .forEach(typed::appendCodePoint);
        return typed.substring(0, Math.min(typed.length(), SoundMatch.LONGEST));
    }

    /** The pieces of a text that can be suggested. */
    static Set<String> ofText(String plain) {
        String letters = letters(plain);
        Set<String> grams = new LinkedHashSet<>();
        for (int at = 0; at < letters.length(); at++) {
            grams.addAll(from(letters, at));
        }
        return grams;
    }

    /** The pieces at the beginning of a text. */
    static Set<String> ofBeginning(String plain) {
        return from(letters(plain), 0);
    }

    /** The pieces that whatever says what was typed must have, the first one first. */
    static List<String> ofTyped(String typed) {
        Set<String> grams = new LinkedHashSet<>();
        for (int at = 0; at < typed.length();) {
            int end = at;
            while (end < typed.length() && Characters.latin(typed.charAt(end)) && end - at < SoundMatch.LONGEST) {
                end++;
            }
            if (end > at) {
                grams.add(typed.substring(at, Math.min(end, at + LONGEST)));
                at = end;
            } else {
                boolean pair = at + 1 < typed.length() && !Characters.latin(typed.charAt(at + 1));
                grams.add(typed.substring(at, pair ? at + 2 : at + 1));
                at++;
            }
        }
        return List.copyOf(grams);
    }

    private static Set<String> from(String letters, int at) {
        Set<String> grams = new LinkedHashSet<>();
        if (letters.isEmpty()) {
            return grams;
        }
        if (!Characters.latin(letters.charAt(at))) {
            grams.add(letters.substring(at, at + 1));
            if (at + 1 < letters.length() && !Characters.latin(letters.charAt(at + 1))) {
                grams.add(letters.substring(at, at + 2));
            }
        }
        for (int length = 1; length <= LONGEST; length++) {
            grams.addAll(sounds(letters, at, length));
        }
        return grams;
    }

    /** All ways of typing so many letters from a character on. */
    private static List<String> sounds(String letters, int at, int length) {
        if (length == 0) {
            return List.of("");
        }
        if (at == letters.length()) {
            return List.of();
        }
        char c = letters.charAt(at);
        Set<String> begins = new LinkedHashSet<>();
        if (Characters.latin(c)) {
            begins.add(String.valueOf(c));
        }
        for (String reading : Sounds.of(c)) {
            begins.add(reading.substring(0, Math.min(length, reading.length())));
            begins.add(reading.substring(0, Math.min(1, reading.length())));
        }
        List<String> sounds = new ArrayList<>();
        for (String begin : begins) {
            if (!begin.isEmpty()) {
                sounds(letters, at + 1, length - begin.length()).forEach(rest -> sounds.add(begin + rest));
            }
        }
        return sounds;
    }

    private static String letters(String plain) {
        StringBuilder letters = new StringBuilder();
        plain.chars().filter(Character::isLetterOrDigit).forEach(c -> letters.append((char) c));
        return letters.toString();
    }
}
