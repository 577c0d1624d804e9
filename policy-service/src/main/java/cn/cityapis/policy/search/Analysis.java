package cn.cityapis.policy.search;

import java.io.Reader;
import java.util.Map;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthCharFilter;
import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * The three ways a text is cut: into words (smartcn), pairs of characters and single characters. Together they find more of
 * what citizens ask than any one alone.
 */
final class Analysis {

    static final String WORD = ".word";
    static final String BIGRAM = ".bigram";
    static final String UNIGRAM = ".unigram";

    private Analysis() {
    }

    static Analyzer perField() {
        Analyzer word = new Widened() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer words = new HMMChineseTokenizer();
                return new TokenStreamComponents(words, new LowerCaseFilter(words));
            }
        };
        Analyzer bigram = new Widened() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer characters = new StandardTokenizer();
                return new TokenStreamComponents(characters, new CJKBigramFilter(new LowerCaseFilter(characters)));
            }
        };
        Analyzer unigram = new Widened() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer characters = new StandardTokenizer();
                return new TokenStreamComponents(characters, new LowerCaseFilter(characters));
            }
        };
        return new PerFieldAnalyzerWrapper(bigram,
                Map.of("text" + WORD, word, "title" + WORD, word, "heading" + WORD, word,
                        "text" + UNIGRAM, unigram));
    }

    /** Full-width and half-width forms are one. */
    private abstract static class Widened extends Analyzer {

        @Override
        protected Reader initReader(String field, Reader reader) {
            return new CJKWidthCharFilter(reader);
        }

        @Override
        protected Reader initReaderForNormalization(String field, Reader reader) {
            return new CJKWidthCharFilter(reader);
        }

        @Override
        protected TokenStream normalize(String field, TokenStream in) {
            return new LowerCaseFilter(in);
        }
    }
}
