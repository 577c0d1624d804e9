package cn.cityapis.policy.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PointRangeQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * A Lucene query in the words of OpenSearch, which runs the same one again. A query of a kind that is not known here is an
 * error: better none than another one.
 */
final class QueryJson {

    private QueryJson() {
    }

    static Map<String, Object> of(Query query) {
        return of(query, 1f);
    }

    private static Map<String, Object> of(Query query, float boost) {
        return switch (query) {
            case BoostQuery boosted -> of(boosted.getQuery(), boost * boosted.getBoost());
            case StandingQuery standing -> standing(standing, boost);
            case BooleanQuery all -> bool(all, boost);
            case DisjunctionMaxQuery best -> json("dis_max", boost, "queries",
                    best.getDisjuncts().stream().map(QueryJson::of).toList(), "tie_breaker",
                    best.getTieBreakerMultiplier());
            case ConstantScoreQuery constant ->
                json("constant_score", boost, "filter", of(constant.getQuery()));
            case TermQuery term -> term(term.getTerm(), boost);
            case PhraseQuery phrase -> phrase(phrase, boost);
            case MultiPhraseQuery phrase -> phrase(phrase, boost);
            case PointRangeQuery range -> range(range);
            case IndexOrDocValuesQuery either -> of(either.getIndexQuery(), boost);
            case MatchNoDocsQuery none -> Map.of("match_none", Map.of());
            default -> throw new IllegalStateException("no words of OpenSearch for " + query.getClass());
        };
    }

    private static Map<String, Object> json(String kind, float boost, Object... parts) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i += 2) {
            json.put((String) parts[i], parts[i + 1]);
        }
        if (boost != 1f) {
            json.put("boost", boost);
        }
        return Map.of(kind, json);
    }

    private static Map<String, Object> bool(BooleanQuery query, float boost) {
        if (query.clauses().stream().allMatch(BooleanClause::isProhibited)) {
            // matches nothing in Lucene, everything in OpenSearch
            return Map.of("match_none", Map.of());
        }
        Map<String, List<Object>> clauses = new LinkedHashMap<>();
        for (BooleanClause clause : query) {
            String occur = switch (clause.occur()) {
                case MUST -> "must";
                case SHOULD -> "should";
                case FILTER -> "filter";
                case MUST_NOT -> "must_not";
            };
            clauses.computeIfAbsent(occur, first -> new ArrayList<>()).add(of(clause.query()));
        }
        Object[] parts = clauses.entrySet().stream()
                .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue())).toArray();
        return json("bool", boost, parts);
    }

    /** In force on the day or not, the frame around a rule or the rule: as {@link StandingQuery} weighs them. */
    private static Map<String, Object> standing(StandingQuery query, float boost) {
        Map<String, Object> inForce = Map.of("bool", Map.of("filter", List.of(
                Map.of("range", Map.of("p.from", Map.of("lte", query.day()))),
                Map.of("range", Map.of("p.until", Map.of("gte", query.day()))))));
        return json("function_score", boost, "query", of(query.inner()), "functions",
                List.of(Map.of("filter", inForce, "weight", StandingQuery.IN_FORCE), Map.of("filter",
                        Map.of("term", Map.of("n.frame", 1)), "weight", query.frame())),
                "score_mode", "multiply", "boost_mode", "multiply");
    }

    static String field(String name) {
        boolean cut = name.endsWith(Analysis.WORD) || name.endsWith(Analysis.BIGRAM) || name.endsWith(Analysis.UNIGRAM);
        return (cut ? "t." : "e.") + name;
    }

    private static Map<String, Object> term(Term term, float boost) {
        return json("term", 1f, field(term.field()),
                boost == 1f ? Map.of("value", term.text()) : Map.of("value", term.text(), "boost", boost));
    }

    private static Map<String, Object> phrase(PhraseQuery phrase, float boost) {
        Term[] terms = phrase.getTerms();
        int[] places = phrase.getPositions();
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < terms.length; i++) {
            int gaps = i == 0 ? 0 : places[i] - places[i - 1] - 1;
            words.repeat(ArticleJson.GAP + " ", gaps).append(terms[i].text()).append(' ');
        }
        return json("match_phrase", 1f, field(terms[0].field()),
                Map.of("query", words.toString(), "slop", phrase.getSlop(), "boost", boost));
    }

    private static Map<String, Object> phrase(MultiPhraseQuery phrase, float boost) {
        List<Object> places = new ArrayList<>();
        for (Term[] words : phrase.getTermArrays()) {
            List<Object> any = new ArrayList<>();
            for (Term word : words) {
                any.add(Map.of("span_term", Map.of(field(word.field()), word.text())));
            }
            places.add(any.size() == 1 ? any.getFirst() : Map.of("span_or", Map.of("clauses", any)));
        }
        if (places.size() == 1) {
            return json("bool", boost, "should", java.util.Arrays.stream(phrase.getTermArrays()[0])
                    .map(word -> term(word, 1f)).toList());
        }
        return json("span_near", boost, "clauses", places, "slop", phrase.getSlop(), "in_order", true);
    }

    private static Map<String, Object> range(PointRangeQuery range) {
        return Map.of("range", Map.of("p." + range.getField(), Map.of("gte",
                LongPoint.decodeDimension(range.getLowerPoint(), 0), "lte",
                LongPoint.decodeDimension(range.getUpperPoint(), 0))));
    }
}
