package cn.cityapis.policy.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.lucene.index.IndexReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/**
 * Where the terms of questions stand in the latest state of the index. Looking a term up in each part of the index costs as much
 * as reading what a rare one is about; both queries of a question need it, and most questions share their words.
 */
final class KnownTerms {

    /** So many are kept; then it begins anew. */
    private static final int MOST = 20_000;

    private record Known(IndexReaderContext of, Map<Term, TermStates> terms) {
    }

    private volatile @Nullable Known latest;

    /** The same query, in which each term knows where it stands. */
    Query in(IndexSearcher searcher, Query query) throws IOException {
        return found(searcher, of(searcher), query);
    }

    private Map<Term, TermStates> of(IndexSearcher searcher) {
        Known known = latest;
        if (known == null || known.of() != searcher.getTopReaderContext() || known.terms().size() > MOST) {
            known = new Known(searcher.getTopReaderContext(), new ConcurrentHashMap<>());
            latest = known;
        }
        return known.terms();
    }

    private static Query found(IndexSearcher searcher, Map<Term, TermStates> known, Query query) throws IOException {
        return switch (query) {
            case TermQuery term -> found(searcher, known, term);
            case BoostQuery boosted -> new BoostQuery(found(searcher, known, boosted.getQuery()), boosted.getBoost());
            case StandingQuery standing -> new StandingQuery(found(searcher, known, standing.inner()),
                    standing.day(), standing.frame());
            case DisjunctionMaxQuery best -> best(searcher, known, best);
            case BooleanQuery all -> all(searcher, known, all);
            default -> query;
        };
    }

    private static Query found(IndexSearcher searcher, Map<Term, TermStates> known, TermQuery query)
            throws IOException {
        Term term = query.getTerm();
        TermStates states = known.get(term);
        if (states == null) {
            states = TermStates.build(searcher, term, true);
            known.put(term, states);
        }
        return new TermQuery(term, states);
    }

    private static Query best(IndexSearcher searcher, Map<Term, TermStates> known, DisjunctionMaxQuery query)
            throws IOException {
        List<Query> found = new ArrayList<>();
        for (Query each : query.getDisjuncts()) {
            found.add(found(searcher, known, each));
        }
        return new DisjunctionMaxQuery(found, query.getTieBreakerMultiplier());
    }

    private static Query all(IndexSearcher searcher, Map<Term, TermStates> known, BooleanQuery query)
            throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder()
                .setMinimumNumberShouldMatch(query.getMinimumNumberShouldMatch());
        for (BooleanClause clause : query) {
            all.add(found(searcher, known, clause.query()), clause.occur());
        }
        return all.build();
    }
}
