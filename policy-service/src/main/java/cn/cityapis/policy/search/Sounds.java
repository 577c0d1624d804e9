package cn.cityapis.policy.search;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.sourceforge.pinyin4j.PinyinHelper;
import org.jspecify.annotations.Nullable;

/** How characters sound in pinyin, without tones; a character may have several readings. */
final class Sounds {

    /** More than these and a word has readings nobody means. */
    private static final int MOST_READINGS = 8;
    private static final @Nullable List<String>[] READINGS = cache();
    private static final int[] LETTERS = new int[Character.MAX_VALUE + 1];
    /** What speakers of many dialects, and those who type fast, do not tell apart. */
    private static final Map<String, String> ALIKE = Map.of("zh", "z", "ch", "c", "sh", "s", "ang", "an", "eng", "en",
            "ing", "in");

    private Sounds() {
    }

    @SuppressWarnings("unchecked")
    private static @Nullable List<String>[] cache() {
        return new List[Character.MAX_VALUE + 1];
    }

    /** All readings of a character, the usual one first; none of what is not Chinese. */
    static List<String> of(char c) {
        List<String> known = READINGS[c];
        if (known == null) {
            String[] readings = c < 0x3400 ? null : PinyinHelper.toHanyuPinyinStringArray(c);
            known = readings == null
                    ? List.of()
                    : Arrays.stream(readings).map(Sounds::toneless).distinct().toList();
            READINGS[c] = known;
        }
        return known;
    }

    /** The letters that the readings of a character begin with, a bit for each, a first. */
    static int letters(char c) {
        int known = LETTERS[c];
        if (known == 0) {
            for (String reading : of(c)) {
                known |= reading.isEmpty() ? 0 : 1 << reading.charAt(0) - 'a';
            }
            LETTERS[c] = known | 1 << 31;
        }
        return known;
    }

    private static String toneless(String reading) {
        return reading.replaceAll("\\d", "").replace("u:", "v").replace('ü', 'v');
    }

    /** The ways a whole word may sound, at most eight; none where a character of it has no sound. */
    static List<String> ofWord(String word) {
        return combined(word, false);
    }

    /** The initial letters a word may be typed by. */
    static List<String> initials(String word) {
        return combined(word, true);
    }

    private static List<String> combined(String word, boolean initials) {
        List<String> sounds = List.of("");
        for (char c : word.toCharArray()) {
            List<String> next = new ArrayList<>();
            for (String before : sounds) {
                for (String reading : of(c)) {
                    String sound = before + (initials ? reading.substring(0, 1) : reading);
                    if (next.size() < MOST_READINGS && !next.contains(sound)) {
                        next.add(sound);
                    }
                }
            }
            sounds = next;
        }
        return sounds;
    }

    /** Characters that sound like this one, or nearly so. */
    static String alike(char c) {
        return of(c).stream().map(reading -> BySound.CHARACTERS.getOrDefault(blurred(reading), ""))
                .collect(Collectors.joining());
    }

    /** Made when first asked for: characters of the simplified standard by their sound. */
    private static final class BySound {

        private static final CharsetEncoder SIMPLIFIED = Charset.forName("GB2312").newEncoder();
        private static final Map<String, String> CHARACTERS = IntStream.range(0x4E00, 0x9FA6).mapToObj(c -> (char) c)
                .filter(SIMPLIFIED::canEncode).filter(c -> !of(c).isEmpty())
                .collect(Collectors.groupingBy(c -> blurred(of(c).getFirst()),
                        Collectors.mapping(String::valueOf, Collectors.joining())));
    }

    private static String blurred(String reading) {
        String blurred = reading;
        for (Map.Entry<String, String> alike : ALIKE.entrySet()) {
            blurred = alike.getKey().endsWith("h")
                    ? blurred.replaceFirst("^" + alike.getKey(), alike.getValue())
                    : blurred.replaceFirst(alike.getKey() + "$", alike.getValue());
        }
        return blurred;
    }
}
