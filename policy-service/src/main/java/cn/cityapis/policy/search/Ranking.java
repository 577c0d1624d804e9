package cn.cityapis.policy.search;

import java.io.IOException;
import java.util.ArrayList;
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
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;

/** The best articles of an index, grouped by document. */
final class Ranking {

    /** Articles read for the first try; four times as many for each further one, until a page is full. */
    private static final int FIRST_READ = 200;
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

    static Found find(IndexSearcher searcher, Query query, SearchRequest request) throws IOException {
        for (int read = FIRST_READ;; read = Math.min(read * 4, MOST_READ)) {
            TopDocs top = request.order() == Order.DATE
                    ? searcher.search(query, read, BY_DATE, true)
                    : searcher.search(query, read);
            List<Group> groups = groups(searcher, top, request.after(), request.limit());
            boolean exhausted = top.scoreDocs.length < read || read == MOST_READ;
            if (groups.size() > request.limit() || exhausted) {
                return new Found(groups, top.totalHits.value(),
                        top.totalHits.relation() == TotalHits.Relation.GREATER_THAN_OR_EQUAL_TO);
            }
        }
    }

    private static List<Group> groups(IndexSearcher searcher, TopDocs top, Optional<Place> after, int limit)
            throws IOException {
        Map<Integer, String> works = works(searcher, top.scoreDocs);
        Map<String, Group> byWork = new LinkedHashMap<>();
        for (ScoreDoc hit : top.scoreDocs) {
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

    /** Which document each hit belongs to, read in the order of the index. */
    private static Map<Integer, String> works(IndexSearcher searcher, ScoreDoc[] hits) throws IOException {
        Map<Integer, String> works = new HashMap<>();
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        int[] docs = java.util.Arrays.stream(hits).mapToInt(hit -> hit.doc).sorted().toArray();
        int leaf = -1;
        SortedDocValues values = DocValues.emptySorted();
        for (int doc : docs) {
            int of = ReaderUtil.subIndex(doc, leaves);
            if (of != leaf) {
                leaf = of;
                values = DocValues.getSorted(leaves.get(leaf).reader(), "workId");
            }
            if (values.advanceExact(doc - leaves.get(leaf).docBase)) {
                works.put(doc, values.lookupOrd(values.ordValue()).utf8ToString());
            }
        }
        return works;
    }
}
