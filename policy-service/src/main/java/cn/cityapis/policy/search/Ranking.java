package cn.cityapis.policy.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import cn.cityapis.policy.search.SearchRequest.Order;
import cn.cityapis.policy.search.SearchRequest.Place;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/** The best articles of an index, grouped by document. */
final class Ranking {

    /** Articles read for the first try; four times as many for each further one, until a page is full. */
    private static final int FIRST_READ = 200;
    /** The best candidates, which are looked at closely and put into their final order; those behind them keep theirs. */
    static final int CLOSELY = 200;
    private static final int MOST_READ = 50_000;
    private static final int ARTICLES_SHOWN = 3;
    private static final Sort BY_DATE = new Sort(new SortField("issuedDay", SortField.Type.LONG, true),
            SortField.FIELD_SCORE);

    /** A document with its best articles. */
    record Group(Place place, List<Integer> articles) {
    }

    /** @param groups one more than asked for where there is a further page */
    record Found(List<Group> groups, long articles, boolean atLeast) {
    }

    private Ranking() {
    }

    /** @param candidates finds articles quickly, @param whole says how well they answer */
    static Found find(IndexSearcher searcher, Query candidates, Query whole, SearchRequest request)
            throws IOException {
        for (int read = FIRST_READ;; read = Math.min(read * 4, MOST_READ)) {
            boolean byDate = request.order() == Order.DATE;
            TopDocs top = byDate
                    ? searcher.search(candidates, read, BY_DATE, true)
                    : searcher.search(candidates, read);
            ScoreDoc[] hits = byDate ? top.scoreDocs : closely(searcher, top.scoreDocs, whole, CLOSELY);
            List<Group> groups = groups(searcher, hits, request.after(), request.limit());
            boolean exhausted = top.scoreDocs.length < read || read == MOST_READ;
            if (groups.size() > request.limit() || exhausted) {
                return new Found(groups, top.totalHits.value(),
                        top.totalHits.relation() == TotalHits.Relation.GREATER_THAN_OR_EQUAL_TO);
            }
        }
    }

    /**
     * Orders the first of some candidates by the whole query. The order does not depend on how many are read behind them, so
     * that the next page goes on where this one ends.
     */
    static ScoreDoc[] closely(IndexSearcher searcher, ScoreDoc[] candidates, Query whole, int first)
            throws IOException {
        int looked = Math.min(first, candidates.length);
        if (looked == 0) {
            return candidates;
        }
        ScoreDoc[] best = Arrays.copyOf(candidates, looked);
        float quick = best[looked - 1].score;
        Arrays.sort(best, Comparator.comparingInt(hit -> hit.doc));
        float least = score(searcher, best, whole);
        Arrays.sort(best, Comparator.comparingDouble((ScoreDoc hit) -> -hit.score).thenComparingInt(hit -> hit.doc));
        ScoreDoc[] all = Arrays.copyOf(best, candidates.length);
        for (int i = looked; i < all.length; i++) {
            all[i] = new ScoreDoc(candidates[i].doc, least * candidates[i].score / quick);
        }
        return all;
    }

    /** Scores hits, which must be in the order of the index, and answers the lowest score. */
    private static float score(IndexSearcher searcher, ScoreDoc[] hits, Query whole) throws IOException {
        Weight weight = searcher.createWeight(searcher.rewrite(whole), ScoreMode.COMPLETE, 1f);
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        float least = Float.MAX_VALUE;
        int leaf = -1;
        Scorer scorer = null;
        for (int i = 0; i < hits.length; i++) {
            int of = ReaderUtil.subIndex(hits[i].doc, leaves);
            if (of != leaf) {
                leaf = of;
                scorer = weight.scorer(leaves.get(leaf));
            }
            float score = score(scorer, hits[i].doc - leaves.get(leaf).docBase);
            least = Math.min(least, score);
            hits[i] = new ScoreDoc(hits[i].doc, score);
        }
        return least;
    }

    private static float score(@Nullable Scorer scorer, int doc) throws IOException {
        if (scorer == null) {
            return 0;
        }
        int at = scorer.docID() < doc ? scorer.iterator().advance(doc) : scorer.docID();
        return at == doc ? scorer.score() : 0;
    }

    private static List<Group> groups(IndexSearcher searcher, ScoreDoc[] hits, Optional<Place> after, int limit)
            throws IOException {
        Map<Integer, String> works = works(searcher, hits);
        Map<String, Group> byWork = new LinkedHashMap<>();
        for (ScoreDoc hit : hits) {
            String work = works.getOrDefault(hit.doc, "");
            Group group = byWork.computeIfAbsent(work,
                    first -> new Group(new Place(rank(hit), work), new ArrayList<>()));
            if (group.articles().size() < ARTICLES_SHOWN) {
                group.articles().add(hit.doc);
            }
        }
        return byWork.values().stream().filter(group -> after.isEmpty() || group.place().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(Group::place)).limit(limit + 1L).toList();
    }

    private static double rank(ScoreDoc hit) {
        return hit instanceof FieldDoc sorted && sorted.fields != null && sorted.fields[0] instanceof Long day
                ? day
                : hit.score;
    }

    /** Which document each hit belongs to, read in the order of the index; the articles of one stand side by side in it. */
    private static Map<Integer, String> works(IndexSearcher searcher, ScoreDoc[] hits) throws IOException {
        Map<Integer, String> works = new HashMap<>();
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        int[] docs = Arrays.stream(hits).mapToInt(hit -> hit.doc).sorted().toArray();
        int leaf = -1;
        int last = -1;
        String work = "";
        SortedDocValues values = DocValues.emptySorted();
        for (int doc : docs) {
            int of = ReaderUtil.subIndex(doc, leaves);
            if (of != leaf) {
                leaf = of;
                last = -1;
                values = DocValues.getSorted(leaves.get(leaf).reader(), "workId");
            }
            if (values.advanceExact(doc - leaves.get(leaf).docBase)) {
                int value = values.ordValue();
                work = value == last ? work : values.lookupOrd(value).utf8ToString();
                last = value;
                works.put(doc, work);
            }
        }
        return works;
    }
}
