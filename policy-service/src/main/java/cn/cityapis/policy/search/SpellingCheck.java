package cn.cityapis.policy.search;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import cn.cityapis.policy.search.Analysis.Word;

/**
 * Mends a character that was taken for one that sounds alike: 轮后 is nowhere in the corpus, 轮候 is. What the corpus knows is
 * never touched.
 */
final class SpellingCheck {

    private static final int MOST_MENDED = 3;

    private final Frequencies frequencies;

    SpellingCheck(Frequencies frequencies) {
        this.frequencies = frequencies;
    }

    /** The text as it was probably meant; empty where nothing seems wrong. */
    Optional<String> mend(String text, List<Word> words) throws IOException {
        StringBuilder mended = new StringBuilder(Characters.plain(text));
        int times = 0;
        for (int i = 0; i < words.size() && times < MOST_MENDED; i++) {
            Word word = words.get(i);
            boolean shattered = i + 1 < words.size() && single(word) && single(words.get(i + 1))
                    && word.end() == words.get(i + 1).start();
            int begin = word.start();
            int end = shattered ? words.get(i + 1).end() : word.end();
            if (end - begin == 2 && !Synonyms.filler(word.text()) && !known(mended, begin)) {
                times += replace(mended, begin, !shattered) ? 1 : 0;
            }
        }
        return times == 0 ? Optional.empty() : Optional.of(mended.toString().strip());
    }

    /** What is misspelt falls apart: a tokenizer that knows 机构 makes two words of 机购. */
    private static boolean single(Word word) {
        return word.end() - word.start() == 1 && !Synonyms.filler(word.text());
    }

    /**
     * Changes one of two characters so that they are a word of the corpus that sounds alike.
     *
     * @param exactly for what is a word already: 总共 and 中共 only sound nearly alike
     */
    private boolean replace(StringBuilder text, int begin, boolean exactly) throws IOException {
        String best = "";
        int most = 0;
        for (int at = begin; at < begin + 2; at++) {
            for (char candidate : Sounds.alike(text.charAt(at)).toCharArray()) {
                if (exactly && Collections.disjoint(Sounds.of(candidate), Sounds.of(text.charAt(at)))) {
                    continue;
                }
                char[] pair = {text.charAt(begin), text.charAt(begin + 1)};
                pair[at - begin] = candidate;
                int found = asWord(new String(pair));
                if (found > most) {
                    most = found;
                    best = new String(pair);
                }
            }
        }
        if (most > 0) {
            text.replace(begin, begin + 2, best);
        }
        return most > 0;
    }

    private boolean known(CharSequence text, int at) throws IOException {
        if (!Characters.han(text.charAt(at)) || !Characters.han(text.charAt(at + 1))) {
            return true;
        }
        String pair = text.subSequence(at, at + 2).toString();
        return frequencies.of("text" + Analysis.BIGRAM, pair)
                + frequencies.of("title" + Analysis.BIGRAM, pair) > 0
                || frequencies.of("heading" + Analysis.BIGRAM, pair) > 0 || Synonyms.known().contains(pair);
    }

    /** A word of the text, or part of a title: 轮候 is no word for the tokenizer. */
    private int asWord(String pair) throws IOException {
        return frequencies.of("text" + Analysis.WORD, pair)
                + frequencies.of("title" + Analysis.BIGRAM, pair);
    }
}
