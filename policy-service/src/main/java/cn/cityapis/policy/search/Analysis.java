package cn.cityapis.policy.search;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * The three ways a text is cut: into words (as smartcn does), pairs of characters and single characters. Together they find more of
 * what citizens ask than any one alone.
 */
final class Analysis {

    static final String WORD = ".word";
    static final String BIGRAM = ".bigram";
    static final String UNIGRAM = ".unigram";

    /** What the tokenizer makes of any punctuation. */
    private static final CharArraySet PUNCTUATION = new CharArraySet(Set.of(","), false);

    /** A word of a text and where it stands. */
    record Word(String text, int start, int end) {
    }

    private Analysis() {
    }

    static Analyzer perField() {
        Analyzer word = new Plain() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer words = new WordTokenizer();
                return new TokenStreamComponents(words, new StopFilter(words, PUNCTUATION));
            }
        };
        Analyzer bigram = new Plain() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer characters = new StandardTokenizer();
                return new TokenStreamComponents(characters, new CJKBigramFilter(characters));
            }
        };
        Analyzer unigram = new Plain() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                return new TokenStreamComponents(new StandardTokenizer());
            }
        };
        return new PerFieldAnalyzerWrapper(bigram,
                Map.of("text" + WORD, word, "title" + WORD, word, "heading" + WORD, word,
                        "text" + UNIGRAM, unigram, "title" + UNIGRAM, unigram, "heading" + UNIGRAM, unigram));
    }

    /** The words of a text, in order. */
    static List<Word> words(Analyzer analyzer, String text) {
        return terms(analyzer, "text" + WORD, text);
    }

    /** What a field would keep of a text, in order. */
    static List<Word> terms(Analyzer analyzer, String field, String text) {
        List<Word> words = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream(field, text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(new Word(term.toString(), offset.startOffset(), offset.endOffset()));
            }
            stream.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return words;
    }

    /** Characters in one spelling before anything else is done with them. */
    private abstract static class Plain extends Analyzer {

        @Override
        protected Reader initReader(String field, Reader reader) {
            return Characters.plain(reader);
        }

        @Override
        protected Reader initReaderForNormalization(String field, Reader reader) {
            return Characters.plain(reader);
        }
    }
}
