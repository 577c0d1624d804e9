package cn.cityapis.policy.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;

/** The words of the corpus by how they sound. Made from an index, then fixed. */
final class Vocabulary {

    static final Vocabulary EMPTY = new Vocabulary(Map.of(), Map.of());

    private static final int LONGEST = 6;
    private static final int MOST_READINGS = 6;
    private static final int MOST_WORDS = 40;
    private static final int LONGEST_SOUND = 30;

    private final Map<String, List<String>> byPinyin;
    private final Map<String, List<String>> byInitials;

    private Vocabulary(Map<String, List<String>> byPinyin, Map<String, List<String>> byInitials) {
        this.byPinyin = byPinyin;
        this.byInitials = byInitials;
    }

    static Vocabulary read(IndexReader reader) throws IOException {
        Map<String, Integer> words = new HashMap<>();
        Terms terms = MultiTerms.getTerms(reader, "text" + Analysis.WORD);
        if (terms != null) {
            TermsEnum each = terms.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next()) {
                String word = term.utf8ToString();
                if (word.length() <= LONGEST && word.chars().allMatch(Characters::han)) {
                    words.put(word, each.docFreq());
                }
            }
        }
        return of(words);
    }

    /** @param words with the number of articles each stands in */
    static Vocabulary of(Map<String, Integer> words) {
        Map<String, List<String>> byPinyin = new HashMap<>();
        Map<String, List<String>> byInitials = new HashMap<>();
        words.entrySet().stream().sorted(Map.Entry.comparingByValue(Comparator.reverseOrder())).forEach(word -> {
            Sounds.ofWord(word.getKey()).forEach(sound -> add(byPinyin, sound, word.getKey()));
            Sounds.initials(word.getKey()).forEach(sound -> add(byInitials, sound, word.getKey()));
        });
        return new Vocabulary(byPinyin, byInitials);
    }

    private static void add(Map<String, List<String>> map, String sound, String word) {
        List<String> words = map.computeIfAbsent(sound, first -> new ArrayList<>(2));
        if (words.size() < MOST_WORDS) {
            words.add(word);
        }
    }

    /** Reads letters as pinyin, else as initials; empty where they are neither. */
    Optional<Sounding> sounding(String letters) {
        List<List<List<String>>> readings = readings(byPinyin, letters, false);
        if (readings.isEmpty()) {
            readings = readings(byInitials, letters, true);
        }
        return readings.isEmpty() ? Optional.empty() : Optional.of(new Sounding(letters, readings));
    }

    /** The ways of cutting letters into words, those of fewest words first. */
    private static List<List<List<String>>> readings(Map<String, List<String>> bySound, String letters,
            boolean initials) {
        if (letters.length() > LONGEST_SOUND || initials && letters.length() < 2) {
            return List.of();
        }
        List<List<List<List<String>>>> upTo = new ArrayList<>();
        upTo.add(List.of(List.of()));
        for (int end = 1; end <= letters.length(); end++) {
            List<List<List<String>>> here = new ArrayList<>();
            for (int start = 0; start < end; start++) {
                List<String> words = bySound.get(letters.substring(start, end));
                if (words == null || initials && end - start < 2 && letters.length() > 1) {
                    continue;
                }
                for (List<List<String>> before : upTo.get(start)) {
                    List<List<String>> longer = new ArrayList<>(before);
                    longer.add(words);
                    here.add(longer);
                }
            }
            here.sort(Comparator.comparingInt(List::size));
            upTo.add(here.subList(0, Math.min(MOST_READINGS, here.size())));
        }
        return upTo.getLast();
    }
}
