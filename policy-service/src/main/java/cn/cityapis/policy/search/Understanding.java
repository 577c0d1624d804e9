package cn.cityapis.policy.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import cn.cityapis.policy.search.SearchAnswer.Dropped;
import cn.cityapis.policy.search.Synonyms.Alternative;
import org.apache.lucene.analysis.Analyzer;

/** Makes of a text what is looked for, by what an index knows: the same for every index. */
final class Understanding {

    /** The words of an index by their sound, read only when they are wanted. */
    interface Sounded {
        Vocabulary vocabulary() throws IOException;
    }

    private final Analyzer analyzer;
    private final QuestionReader questions;

    Understanding(Analyzer analyzer) {
        this.analyzer = analyzer;
        this.questions = new QuestionReader(analyzer);
    }

    Understood of(String text, Frequencies frequencies, Sounded sounded) throws IOException {
        Question asked = questions.read(text);
        Vocabulary vocabulary = asked.latin().isEmpty() ? Vocabulary.EMPTY : sounded.vocabulary();
        List<Sounding> sounding = new ArrayList<>();
        List<Alternative> others = new ArrayList<>(asked.alternatives());
        for (String letters : asked.latin()) {
            if (frequencies.of("text" + Analysis.BIGRAM, letters) == 0) {
                vocabulary.sounding(letters).ifPresent(sounding::add);
                Synonyms.sounding(letters).ifPresent(others::add);
            }
        }
        Question question = new Question(asked.number(), asked.article(), asked.phrases(), asked.pieces(),
                asked.words(), others, asked.latin(), asked.facts());
        Optional<String> better = new SpellingCheck(frequencies).mend(text, Analysis.words(analyzer, text));
        return new Understood(question, better, better.map(questions::read), sounding,
                unknown(frequencies, question, better.isPresent(), sounding));
    }

    private static List<Dropped> unknown(Frequencies frequencies, Question question, boolean mended,
            List<Sounding> sounding) throws IOException {
        List<Dropped> unknown = new ArrayList<>();
        for (String word : question.words()) {
            boolean read = sounding.stream().anyMatch(one -> one.typed().equals(word)) || mended
                    || question.alternatives().stream().anyMatch(other -> word.contains(other.said())
                            || other.said().contains(word));
            if (word.length() > 1 && !read && !stands(frequencies, word)) {
                unknown.add(new Dropped("word", word));
            }
        }
        return unknown.size() == question.words().size() ? List.of() : unknown;
    }

    private static boolean stands(Frequencies frequencies, String word) throws IOException {
        for (String field : List.of("text", "title", "heading")) {
            if (frequencies.of(field + Analysis.WORD, word) > 0) {
                return true;
            }
        }
        boolean han = word.chars().allMatch(Characters::han);
        for (int at = 0; at + 1 < word.length() && han; at++) {
            String pair = word.substring(at, at + 2);
            if (frequencies.of("text" + Analysis.BIGRAM, pair) == 0
                    && frequencies.of("title" + Analysis.BIGRAM, pair) == 0
                    && frequencies.of("heading" + Analysis.BIGRAM, pair) == 0) {
                return false;
            }
        }
        return han;
    }
}
