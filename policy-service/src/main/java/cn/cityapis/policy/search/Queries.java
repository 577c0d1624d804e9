package cn.cityapis.policy.search;

import java.time.LocalDate;
import java.util.Optional;

import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.Status;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.QueryBuilder;
import org.jspecify.annotations.Nullable;

/** From a request to a Lucene query. The document number is recognised before any analysis. */
final class Queries {

    /** A document in force ranks before a dead one that answers about as well, not before one that answers much better. */
    private static final float IN_FORCE_BOOST = 1.3f;
    /** The notice around a rule names its subject, but seldom answers. */
    private static final float FRAME_BOOST = 0.6f;
    private static final Query FRAME = new TermQuery(new Term("frame", "true"));
    private static final float NUMBER_BOOST = 1_000f;
    private static final float CITED_BOOST = 100f;

    private final Analyzer analyzer;
    private final QueryBuilder builder;

    Queries(Analyzer analyzer) {
        this.analyzer = analyzer;
        this.builder = new QueryBuilder(analyzer);
    }

    Query of(SearchRequest request) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        Query answering = FunctionScoreQuery.boostByQuery(asked(request.text()), FRAME, FRAME_BOOST);
        all.add(FunctionScoreQuery.boostByQuery(answering, inForce(request.today()), IN_FORCE_BOOST),
                Occur.MUST);
        if (request.validOn() != null) {
            all.add(inForce(request.validOn()), Occur.FILTER);
        }
        if (request.status() != null) {
            all.add(status(request.status(), request.today()), Occur.FILTER);
        }
        exact(all, "organ", request.issuer());
        exact(all, "topic", request.topic());
        return all.build();
    }

    /** The part of the query that is text, for the highlighter; nothing when all of it is a document number. */
    Query highlighted(String text) {
        String words = DocumentNumber.without(text).strip();
        Query pairs = words.isEmpty() ? null : builder.createBooleanQuery("text" + Analysis.BIGRAM, words);
        return pairs == null ? new MatchNoDocsQuery() : pairs;
    }

    Analyzer analyzer() {
        return analyzer;
    }

    private Query asked(String text) {
        Optional<DocumentNumber> number = DocumentNumber.find(text);
        String words = DocumentNumber.without(text).strip();
        if (number.isEmpty()) {
            return words(text);
        }
        BooleanQuery.Builder asked = new BooleanQuery.Builder();
        asked.add(new BooleanQuery.Builder().add(term("numberKey", number.get().key(), NUMBER_BOOST), Occur.SHOULD)
                .add(term("cited", number.get().key(), CITED_BOOST), Occur.SHOULD).build(), Occur.MUST);
        if (!words.isEmpty()) {
            asked.add(words(words), Occur.SHOULD);
        }
        return asked.build();
    }

    /** Must match a word or a pair of characters somewhere; single characters only add to the score. */
    private Query words(String text) {
        BooleanQuery.Builder anywhere = new BooleanQuery.Builder();
        field(anywhere, "text" + Analysis.WORD, text, 1f);
        field(anywhere, "text" + Analysis.BIGRAM, text, 1f);
        field(anywhere, "heading" + Analysis.WORD, text, 0.5f);
        field(anywhere, "heading" + Analysis.BIGRAM, text, 0.5f);
        field(anywhere, "title" + Analysis.WORD, text, 0.5f);
        field(anywhere, "title" + Analysis.BIGRAM, text, 0.5f);
        BooleanQuery.Builder words = new BooleanQuery.Builder().add(anywhere.build(), Occur.MUST);
        field(words, "text" + Analysis.UNIGRAM, text, 1f);
        return words.build();
    }

    private void field(BooleanQuery.Builder into, String field, String text, float boost) {
        Query query = builder.createBooleanQuery(field, text);
        if (query != null) {
            into.add(boost == 1f ? query : new BoostQuery(query, boost), Occur.SHOULD);
        }
    }

    private static Query term(String field, String value, float boost) {
        return new BoostQuery(new ConstantScoreQuery(new TermQuery(new Term(field, value))), boost);
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

    private static Query status(Status status, LocalDate day) {
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
