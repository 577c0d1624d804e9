package cn.cityapis.policy.search;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import cn.cityapis.policy.search.SearchRequest.Filters;
import cn.cityapis.policy.search.Synonyms.Alternative;
import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.Status;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.QueryBuilder;
import org.jspecify.annotations.Nullable;

/** From a question to a Lucene query. */
final class Queries {

    private static final float NUMBER = 1_000f;
    private static final float CITED = 100f;
    /** A number that may be meant where words were typed right before it. */
    private static final float ENDING = 500f;
    private static final float ARTICLE = 20f;
    private static final int MOST_OTHERS = 6;
    /** A question that has more characters has pairs enough, and a query no more than so many clauses. */
    private static final int MOST_SINGLES = 26;

    /** How much each field weighs, found by trying on the tuning half of the relevance set. */
    record Weights(float textWord, float textPair, float headingWord, float headingPair, float titleWord,
            float titlePair, float textSingle, float headingSingle, float titleSingle, float elsewhere, float other,
            float mended, float fact) {

        static final Weights TUNED = new Weights(0.3f, 0.5f, 0.2f, 0.5f, 0.5f, 1f, 1f, 0.4f, 0.8f, 0.1f, 0.6f, 0.9f,
                3f);
    }

    private final Analyzer analyzer;
    private final QueryBuilder builder;
    private final Weights weights;

    Queries(Analyzer analyzer, Weights weights) {
        this.analyzer = analyzer;
        this.builder = new QueryBuilder(analyzer);
        this.weights = weights;
    }

    /** @param mended the question with its misspelt words put right, where there are any */
    Query of(Question question, Optional<Question> mended, List<Sounding> sounding, Filters filters, LocalDate today) {
        Query words = asked(question, mended, sounding);
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        filters(all, filters, today);
        if (question.number().isEmpty()) {
            return standing(all.add(words, Occur.MUST).build(), question, today);
        }
        // what is asked for by its number is wanted whether it is in force or not
        all.add(numbered(question.number().get()), Occur.MUST);
        all.add(standing(words, question, today), Occur.SHOULD);
        return all.build();
    }

    /**
     * Finds the same articles by fewer and simpler clauses, of which Lucene skips most that cannot be among the best: each pair
     * of characters for itself, in each field. Its best are looked at closely, by the whole query.
     */
    Query candidates(Question question, Optional<Question> mended, List<Sounding> sounding, Filters filters,
            LocalDate today) {
        BooleanQuery.Builder words = new BooleanQuery.Builder();
        quick(words, question.pieces(), 1f);
        mended.ifPresent(better -> quick(words, better.pieces(), weights.mended()));
        for (Alternative alternative : mended.orElse(question).alternatives()) {
            for (String other : alternative.others().subList(0, Math.min(MOST_OTHERS, alternative.others().size()))) {
                phrase(words, "text", other, weights.other() * weights.textPair());
                phrase(words, "heading", other, weights.other() * weights.headingPair());
                phrase(words, "title", other, weights.other() * weights.titlePair());
            }
        }
        sounding.forEach(word -> sounding(words, word));
        article(words, question);
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        filters(all, filters, today);
        question.phrases().forEach(phrase -> all.add(anywhere(phrase), Occur.MUST));
        BooleanQuery found = words.build();
        if (question.number().isPresent()) {
            // every article of the document has the number: the words alone say which of them answers
            all.add(numbered(question.number().get()), Occur.MUST);
            return found.clauses().isEmpty()
                    ? all.build()
                    : all.add(standing(found, question, today), Occur.SHOULD).build();
        }
        if (!found.clauses().isEmpty() || question.phrases().isEmpty()) {
            all.add(found, question.phrases().isEmpty() ? Occur.MUST : Occur.SHOULD);
        }
        return standing(all.build(), question, today);
    }

    /** The notice around a rule says from when until when it holds, and what it ends. */
    private static Query standing(Query query, Question question, LocalDate today) {
        return new StandingQuery(query, today.toEpochDay(),
                question.facts().contains(Fact.FORCE) ? 1f : StandingQuery.FRAME);
    }

    private void quick(BooleanQuery.Builder into, List<String> pieces, float weight) {
        Set<String> pairs = new LinkedHashSet<>();
        Set<String> words = new LinkedHashSet<>();
        for (String piece : pieces) {
            Analysis.terms(analyzer, "text" + Analysis.BIGRAM, piece).forEach(pair -> pairs.add(pair.text()));
            // a character alone is no pair; any longer word is found by the pairs in it
            if (piece.codePointCount(0, piece.length()) == 1) {
                Analysis.terms(analyzer, "text" + Analysis.WORD, piece).forEach(word -> words.add(word.text()));
            }
        }
        pairs.forEach(pair -> eachField(into, Analysis.BIGRAM, pair, weight * weights.textPair(),
                weight * weights.headingPair(), weight * weights.titlePair()));
        words.forEach(word -> eachField(into, Analysis.WORD, word, weight * weights.textWord(),
                weight * weights.headingWord(), weight * weights.titleWord()));
    }

    private static void eachField(BooleanQuery.Builder into, String analysis, String term, float text, float heading,
            float title) {
        into.add(new BoostQuery(new TermQuery(new Term("text" + analysis, term)), text), Occur.SHOULD);
        into.add(new BoostQuery(new TermQuery(new Term("heading" + analysis, term)), heading), Occur.SHOULD);
        into.add(new BoostQuery(new TermQuery(new Term("title" + analysis, term)), title), Occur.SHOULD);
    }

    private static Query numbered(DocumentNumber number) {
        BooleanQuery.Builder numbered = new BooleanQuery.Builder()
                .add(constant("numberKey", number.key(), NUMBER), Occur.SHOULD)
                .add(constant("cited", number.key(), CITED), Occur.SHOULD);
        number.endings().forEach(one -> numbered.add(constant("numberKey", one.key(), ENDING), Occur.SHOULD));
        return numbered.build();
    }

    /** Every word has to stand somewhere in the article, its headings or its title, by this or another of its names. */
    Query everyWord(Question question, Filters filters, LocalDate today) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        filters(all, filters, today);
        question.number().ifPresent(number -> all.add(numbered(number), Occur.MUST));
        question.article().ifPresent(
                article -> all.add(constant("articleNumber", String.valueOf(article), 1f), Occur.MUST));
        question.phrases().forEach(phrase -> all.add(anywhere(phrase), Occur.MUST));
        for (String word : question.words()) {
            BooleanQuery.Builder names = new BooleanQuery.Builder().add(anywhere(word), Occur.SHOULD);
            question.alternatives().stream()
                    .filter(other -> other.said().contains(word) || word.contains(other.said()))
                    .flatMap(other -> other.others().stream().limit(MOST_OTHERS))
                    .forEach(other -> names.add(anywhere(other), Occur.SHOULD));
            all.add(names.build(), Occur.MUST);
        }
        return question.empty() ? new MatchNoDocsQuery("nothing is looked for") : all.build();
    }

    /** Whether a text stands anywhere in the index at all. */
    Query anywhere(String text) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (String field : List.of("text", "heading", "title")) {
            phrase(any, field, text, 1f);
        }
        return any.build();
    }

    private Query asked(Question question, Optional<Question> mended, List<Sounding> sounding) {
        BooleanQuery.Builder asked = new BooleanQuery.Builder();
        question.phrases().forEach(phrase -> asked.add(anywhere(phrase), Occur.MUST));
        question.article().ifPresent(
                article -> asked.add(constant("articleNumber", String.valueOf(article), ARTICLE), Occur.SHOULD));
        question.facts().forEach(fact -> asked.add(constant("fact", fact.code(), weights.fact()), Occur.SHOULD));
        Query words = words(question, mended, sounding);
        boolean optional = !question.phrases().isEmpty();
        if (!(words instanceof MatchNoDocsQuery) || !optional) {
            asked.add(words, optional ? Occur.SHOULD : Occur.MUST);
        }
        return asked.build();
    }

    /** Must match a word or a pair of characters somewhere; single characters only add to the score. */
    private Query words(Question question, Optional<Question> mended, List<Sounding> sounding) {
        BooleanQuery.Builder anywhere = new BooleanQuery.Builder();
        pieces(anywhere, question.pieces(), 1f);
        mended.ifPresent(better -> pieces(anywhere, better.pieces(), weights.mended()));
        besides(anywhere, question, mended, sounding);
        BooleanQuery found = anywhere.build();
        if (found.clauses().isEmpty()) {
            return new MatchNoDocsQuery("nothing is looked for");
        }
        BooleanQuery.Builder words = new BooleanQuery.Builder().add(found, Occur.MUST);
        terms(Analysis.UNIGRAM, question.pieces()).stream().limit(MOST_SINGLES)
                .forEach(single -> words.add(anyField(Analysis.UNIGRAM, single,
                        weights.textSingle(), weights.headingSingle(), weights.titleSingle()), Occur.SHOULD));
        return words.build();
    }

    /** What is looked for besides the words: what they may be called, or sound like, and the number of an article. */
    private void besides(BooleanQuery.Builder into, Question question, Optional<Question> mended,
            List<Sounding> sounding) {
        for (Alternative alternative : mended.orElse(question).alternatives()) {
            others(into, alternative.others());
        }
        sounding.forEach(word -> sounding(into, word));
        article(into, question);
    }

    private static void article(BooleanQuery.Builder into, Question question) {
        question.article().ifPresent(
                article -> into.add(constant("articleNumber", String.valueOf(article), 1f), Occur.SHOULD));
    }

    /** Each word and each pair of characters counts where it weighs most, and a little more where it stands elsewhere too. */
    private void pieces(BooleanQuery.Builder into, List<String> pieces, float weight) {
        terms(Analysis.WORD, pieces).forEach(word -> into.add(anyField(Analysis.WORD, word, weight * weights.textWord(),
                weight * weights.headingWord(), weight * weights.titleWord()), Occur.SHOULD));
        terms(Analysis.BIGRAM, pieces)
                .forEach(pair -> into.add(anyField(Analysis.BIGRAM, pair, weight * weights.textPair(),
                        weight * weights.headingPair(), weight * weights.titlePair()), Occur.SHOULD));
    }

    private Query anyField(String analysis, String term, float text, float heading, float title) {
        return new DisjunctionMaxQuery(List.of(new BoostQuery(new TermQuery(new Term("text" + analysis, term)), text),
                new BoostQuery(new TermQuery(new Term("heading" + analysis, term)), heading),
                new BoostQuery(new TermQuery(new Term("title" + analysis, term)), title)), weights.elsewhere());
    }

    private Set<String> terms(String analysis, List<String> pieces) {
        Set<String> terms = new LinkedHashSet<>();
        pieces.forEach(piece -> Analysis.terms(analyzer, "text" + analysis, piece)
                .forEach(term -> terms.add(term.text())));
        return terms;
    }

    /** The best of the other names counts. */
    private void others(BooleanQuery.Builder into, List<String> others) {
        List<Query> names = new ArrayList<>();
        for (String other : others.subList(0, Math.min(MOST_OTHERS, others.size()))) {
            BooleanQuery.Builder name = new BooleanQuery.Builder();
            phrase(name, "text", other, weights.textPair());
            phrase(name, "heading", other, weights.headingPair());
            phrase(name, "title", other, weights.titlePair());
            names.add(name.build());
        }
        into.add(new BoostQuery(new DisjunctionMaxQuery(names, 0f), weights.other()), Occur.SHOULD);
    }

    private void phrase(BooleanQuery.Builder into, String field, String text, float weight) {
        boolean single = text.codePointCount(0, text.length()) == 1 && field.equals("text");
        Query query = builder.createPhraseQuery(field + (single ? Analysis.UNIGRAM : Analysis.BIGRAM), text);
        if (query != null && weight > 0) {
            into.add(weight == 1f ? query : new BoostQuery(query, weight), Occur.SHOULD);
        }
    }

    /** Words that sound like what was typed, side by side. */
    private static void sounding(BooleanQuery.Builder into, Sounding sounding) {
        for (String field : List.of("text", "heading", "title")) {
            List<Query> readings = new ArrayList<>();
            for (List<List<String>> reading : sounding.readings()) {
                MultiPhraseQuery.Builder words = new MultiPhraseQuery.Builder();
                reading.forEach(place -> words
                        .add(place.stream().map(word -> new Term(field + Analysis.WORD, word)).toArray(Term[]::new)));
                readings.add(words.build());
            }
            into.add(new DisjunctionMaxQuery(readings, 0f), Occur.SHOULD);
        }
    }

    private static Query constant(String field, String value, float boost) {
        return new BoostQuery(new ConstantScoreQuery(new TermQuery(new Term(field, value))), boost);
    }

    private static void filters(BooleanQuery.Builder all, Filters filters, LocalDate today) {
        if (filters.validOn() != null) {
            all.add(inForce(filters.validOn()), Occur.FILTER);
        }
        if (filters.status() != null) {
            all.add(status(filters.status(), today), Occur.FILTER);
        }
        exact(all, "organ", filters.issuer());
        exact(all, "topic", filters.topic());
        exact(all, "kind", filters.kind());
        exact(all, "responsible", filters.responsible());
        if (filters.issuedFrom() != null || filters.issuedTo() != null) {
            long from = filters.issuedFrom() == null ? Long.MIN_VALUE + 1 : filters.issuedFrom().toEpochDay();
            long to = filters.issuedTo() == null ? Long.MAX_VALUE : filters.issuedTo().toEpochDay();
            all.add(LongPoint.newRangeQuery("issued", from, to), Occur.FILTER);
        }
        if (filters.amountMin() != null) {
            all.add(LongPoint.newRangeQuery("amount", filters.amountMin(), Long.MAX_VALUE), Occur.FILTER);
        }
    }

    private static void exact(BooleanQuery.Builder all, String field, @Nullable String value) {
        if (value != null) {
            all.add(new TermQuery(new Term(field, value)), Occur.FILTER);
        }
    }

    private static Query inForce(LocalDate day) {
        return new BooleanQuery.Builder()
                .add(LongPoint.newRangeQuery("from", Long.MIN_VALUE, day.toEpochDay()), Occur.FILTER)
                .add(LongPoint.newRangeQuery("until", day.toEpochDay(), Long.MAX_VALUE), Occur.FILTER).build();
    }

    static Query status(Status status, LocalDate day) {
        long today = day.toEpochDay();
        return switch (status) {
            case IN_FORCE -> inForce(day);
            case EXPIRED ->
                new BooleanQuery.Builder()
                        .add(LongPoint.newRangeQuery("until", Long.MIN_VALUE, today - 1), Occur.FILTER)
                        .add(RepealFields.repealed(day), Occur.MUST_NOT).build();
            case NOT_YET -> new BooleanQuery.Builder()
                    .add(LongPoint.newRangeQuery("from", today + 1, IndexDocuments.NEVER - 1), Occur.FILTER)
                    .add(LongPoint.newRangeQuery("until", today, Long.MAX_VALUE), Occur.FILTER).build();
            case UNKNOWN -> new BooleanQuery.Builder()
                    .add(LongPoint.newExactQuery("from", IndexDocuments.NEVER), Occur.FILTER)
                    .add(LongPoint.newRangeQuery("until", today, Long.MAX_VALUE), Occur.FILTER).build();
            case REPEALED -> RepealFields.repealed(day);
        };
    }
}
