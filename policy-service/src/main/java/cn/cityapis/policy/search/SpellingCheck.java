package cn.cityapis.policy.search;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;

/**
 * Mends a character that was taken for one that sounds alike: 轮后 is nowhere in the corpus, 轮候 is. What the corpus knows is
 * never touched.
 */
final class SpellingCheck {

    private static final int MOST_MENDED = 3;

    private final IndexReader reader;

    SpellingCheck(IndexReader reader) {
        this.reader = reader;
    }

    /** The text as it was probably meant; empty where nothing seems wrong. */
    Optional<String> mend(String text, Question question) throws IOException {
        String plain = Characters.plain(text);
        String mended = plain;
        int times = 0;
        for (String piece : question.pieces()) {
            String better = times < MOST_MENDED ? piece(piece) : piece;
            if (!better.equals(piece)) {
                mended = mended.replace(piece, better);
                times++;
            }
        }
        return mended.equals(plain) ? Optional.empty() : Optional.of(mended.strip());
    }

    private String piece(String piece) throws IOException {
        StringBuilder mended = new StringBuilder(piece);
        for (int at = 0; at < mended.length(); at++) {
            if (Characters.han(mended.charAt(at)) && suspicious(mended, at)) {
                mended.setCharAt(at, better(mended, at));
            }
        }
        return mended.toString();
    }

    /** Neither with the character before nor with the one after does it make a pair that the corpus has. */
    private boolean suspicious(CharSequence text, int at) throws IOException {
        boolean alone = text.length() == 1;
        return !alone && known(text, at - 1) <= 0 && known(text, at) <= 0;
    }

    private char better(StringBuilder text, int at) throws IOException {
        char best = text.charAt(at);
        int most = 0;
        StringBuilder tried = new StringBuilder(text);
        List<Character> alike = Sounds.alike(text.charAt(at)).chars().mapToObj(c -> (char) c)
                .collect(Collectors.toList());
        for (char candidate : alike) {
            tried.setCharAt(at, candidate);
            int found = Math.max(0, known(tried, at - 1)) + Math.max(0, known(tried, at));
            if (found > most) {
                most = found;
                best = candidate;
            }
        }
        return best;
    }

    /** How many articles have the pair that begins at a place; -1 where there is no pair. */
    private int known(CharSequence text, int at) throws IOException {
        if (at < 0 || at + 1 >= text.length() || !Characters.han(text.charAt(at))
                || !Characters.han(text.charAt(at + 1))) {
            return -1;
        }
        String pair = text.subSequence(at, at + 2).toString();
        return reader.docFreq(new Term("text" + Analysis.BIGRAM, pair))
                + reader.docFreq(new Term("title" + Analysis.BIGRAM, pair));
    }
}
