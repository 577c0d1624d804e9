package cn.cityapis.trials;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Words such as {@code --seed 7} on a command line. */
public record Arguments(Map<String, String> values) {

    /** @throws IllegalArgumentException in one line, if a word is not among those known or has no value */
    public static Arguments parse(String[] words, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            String name = words[i].replaceFirst("^--", "");
            if (!known.contains(name) || i + 1 == words.length) {
                throw new IllegalArgumentException("not understood: " + String.join(" ", List.of(words)) + "; known: --"
                        + String.join(" N --", known.stream().sorted().toList()) + " N");
            }
            values.put(name, words[i + 1]);
        }
        return new Arguments(values);
    }

    public long number(String name, long otherwise) {
        return values.containsKey(name) ? Long.parseLong(values.get(name)) : otherwise;
    }
}
