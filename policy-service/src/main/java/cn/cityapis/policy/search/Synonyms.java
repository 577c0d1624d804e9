package cn.cityapis.policy.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What citizens and officials call the same thing, and the words of a question that name nothing. Data, read once. */
final class Synonyms {

    private static final List<String> LINES = lines("/search/synonyms.txt");
    private static final Map<String, Set<String>> OTHERS = read();
    private static final Map<String, Set<String>> BY_SOUND = bySound();
    private static final Set<String> FILLERS = Set.copyOf(lines("/search/fillers.txt").stream()
            .flatMap(line -> Arrays.stream(line.split(" "))).map(Characters::plain).toList());
    static final int LONGEST_FILLER = FILLERS.stream().mapToInt(String::length).max().orElse(0);
    private static final int LONGEST = OTHERS.keySet().stream().mapToInt(String::length).max().orElse(0);

    private Synonyms() {
    }

    /** A word of a question and what else it may be called. */
    record Alternative(String said, List<String> others) {
    }

    static boolean filler(String word) {
        return FILLERS.contains(word);
    }

    /** All words and phrases that have others. */
    static Set<String> known() {
        return OTHERS.keySet();
    }

    static Set<String> others(String word) {
        return OTHERS.getOrDefault(word, Set.of());
    }

    /** Known words that sound as typed, with all that they may be called besides. */
    static Optional<Alternative> sounding(String letters) {
        Set<String> words = new LinkedHashSet<>();
        BY_SOUND.getOrDefault(letters, Set.of()).forEach(word -> {
            words.add(word);
            words.addAll(others(word));
        });
        return words.isEmpty() ? Optional.empty() : Optional.of(new Alternative(letters, List.copyOf(words)));
    }

    private static Map<String, Set<String>> bySound() {
        Map<String, Set<String>> bySound = new LinkedHashMap<>();
        for (String word : OTHERS.keySet()) {
            Sounds.ofWord(word)
                    .forEach(sound -> bySound.computeIfAbsent(sound, first -> new LinkedHashSet<>()).add(word));
        }
        return bySound;
    }

    /** The longest known words in a plain text, each once, from the left; a word inside a longer one is not taken. */
    static List<Alternative> find(String plain) {
        Map<String, Alternative> found = new LinkedHashMap<>();
        for (int at = 0; at < plain.length();) {
            int length = Math.min(LONGEST, plain.length() - at);
            while (length > 0 && !OTHERS.containsKey(plain.substring(at, at + length))) {
                length--;
            }
            String word = plain.substring(at, at + length);
            if (length > 0) {
                found.putIfAbsent(word, new Alternative(word, List.copyOf(others(word))));
            }
            at += Math.max(length, 1);
        }
        return List.copyOf(found.values());
    }

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> others = new LinkedHashMap<>();
        for (String line : LINES) {
            String[] sides = line.split("=>");
            List<String> right = words(sides[sides.length - 1]);
            for (String word : words(sides[0])) {
                Set<String> known = others.computeIfAbsent(word, first -> new LinkedHashSet<>());
                right.stream().filter(other -> !other.equals(word)).forEach(known::add);
            }
        }
        return others;
    }

    private static List<String> words(String list) {
        return Arrays.stream(list.split(",")).map(word -> Characters.plain(word.strip())).toList();
    }

    static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(Synonyms.class.getResourceAsStream(resource), resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
