package cn.cityapis.policy.search;

import java.io.IOException;
import java.text.BreakIterator;
import java.util.Locale;

import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.util.SegmentingTokenizerBase;

/** Sentence by sentence into words; punctuation comes as a comma. */
final class WordTokenizer extends SegmentingTokenizerBase {

    private static final BreakIterator SENTENCES = BreakIterator.getSentenceInstance(Locale.ROOT);

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute place = addAttribute(OffsetAttribute.class);
    private final WordCutter cutter = new WordCutter();
    private int begin;
    private int words;
    private int next;

    WordTokenizer() {
        super((BreakIterator) SENTENCES.clone());
    }

    @Override
    protected void setNextSentence(int from, int to) {
        begin = offset + from;
        words = cutter.cut(buffer, from, to);
        next = 0;
    }

    @Override
    protected boolean incrementWord() {
        if (next == words) {
            return false;
        }
        clearAttributes();
        term.setEmpty().append(cutter.text(next));
        place.setOffset(correctOffset(begin + cutter.start(next)), correctOffset(begin + cutter.end(next)));
        next++;
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        words = 0;
        next = 0;
    }
}
