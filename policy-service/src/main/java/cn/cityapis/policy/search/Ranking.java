package cn.cityapis.policy.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import cn.cityapis.policy.search.DocumentCollector.Candidate;
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
import org.apache.lucene.util.BytesRef;

/** The best articles of an index, grouped by document. */
final class Ranking {

    /** Articles read by date for the first try; four times as many for each further one, until a page is full. */
    private static final int FIRST_READ = 100;
    private static final int MOST_READ = 50_000;
    static final int ARTICLES_SHOWN = 5;
    /** Of a document only what answers at least this well beside its best article: three of which one answers hide the next. */
    static final float WORTH_SHOWING = 0.5f;
    /** So many of the best candidates are looked at closely and put into their final order; those behind them keep theirs. */
    static final int CLOSELY = 40;
    private static final int MORE_CLOSELY = 128;
    /** So many of their articles are looked at, besides the best one of each document. */
    static final int LOOKED_AT = 200;
    /** As a {@link Place} is ordered, so that what was not read stands behind what was, on one day too. */
    private static final Sort BY_DATE = new Sort(new SortField("issuedDay", SortField.Type.LONG, true),
            new SortField("workId", SortField.Type.STRING), SortField.FIELD_SCORE);

    private static final Comparator<ScoreDoc> BEST = Comparator.comparingDouble((ScoreDoc hit) -> -hit.score)
            .thenComparingInt(hit -> hit.doc);

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
        if (request.order() == Order.DATE) {
            return byDate(searcher, candidates, request);
        }
        int closely = request.limit() < CLOSELY ? CLOSELY : MORE_CLOSELY;
        DocumentCollector best = collect(searcher, candidates, closely);
        List<Group> first = closely(searcher, best.documents(), whole);
        List<Group> page = page(first, request);
        for (int read = closely * 4; page.size() <= request.limit() && best.documents().size() == read / 4
                && read <= MOST_READ; read *= 4) {
            best = collect(searcher, candidates, read);
            List<Group> all = new ArrayList<>(first);
            all.addAll(behind(searcher, best.documents(), first));
            page = page(all, request);
        }
        return new Found(page, best.articles(), best.skipped());
    }

    private static DocumentCollector collect(IndexSearcher searcher, Query candidates, int documents)
            throws IOException {
        DocumentCollector collector = new DocumentCollector(documents);
        searcher.search(candidates, collector);
        return collector;
    }

    /** The best articles of some documents by the whole query, the best first, for those who measure the ranking. */
    static List<ScoreDoc> articles(IndexSearcher searcher, Query candidates, Query whole, int lookedAt)
            throws IOException {
        return scored(searcher, collect(searcher, candidates, CLOSELY).documents(), whole, lookedAt).values().stream()
                .flatMap(List::stream).sorted(BEST).toList();
    }

    /** Some documents and their articles in the order of the whole query. */
    private static List<Group> closely(IndexSearcher searcher, List<Candidate> documents, Query whole)
            throws IOException {
        Map<Integer, List<ScoreDoc>> scored = scored(searcher, documents, whole, LOOKED_AT);
        Map<Integer, String> works = works(searcher, scored.keySet());
        List<Group> groups = new ArrayList<>();
        scored.forEach((best, articles) -> {
            float least = articles.getFirst().score * WORTH_SHOWING;
            groups.add(new Group(new Place(articles.getFirst().score, works.getOrDefault(best, "")),
                    articles.stream().filter(article -> article.score >= least).limit(ARTICLES_SHOWN)
                            .map(article -> article.doc).toList()));
        });
        return groups;
    }

    /**
     * The documents behind those that were looked at closely, in the order they were found in, which does not depend on how
     * many are read: the next page goes on where this one ends.
     */
    private static List<Group> behind(IndexSearcher searcher, List<Candidate> documents, List<Group> first)
            throws IOException {
        double least = first.stream().mapToDouble(group -> group.place().rank()).min().orElse(0);
        float quick = documents.get(first.size() - 1).score();
        List<Candidate> rest = documents.subList(first.size(), documents.size());
        Map<Integer, String> works = works(searcher, rest.stream().map(Candidate::best).toList());
        return rest.stream()
                .map(document -> new Group(
                        new Place(least * document.score() / quick, works.getOrDefault(document.best(), "")),
                        Arrays.stream(document.articles()).limit(1).boxed().toList()))
                .toList();
    }

    /** The most promising articles of each document by the whole query, the best first. */
    private static Map<Integer, List<ScoreDoc>> scored(IndexSearcher searcher, List<Candidate> documents, Query whole,
            int lookedAt) throws IOException {
        float least = documents.stream().flatMap(document -> IntStream.range(1, document.articles().length)
                .mapToObj(i -> document.scores()[i])).sorted(Comparator.reverseOrder()).skip(lookedAt).findFirst()
                .orElse(0f);
        Map<Integer, List<Integer>> promising = new LinkedHashMap<>();
        documents.forEach(document -> promising.put(document.best(), IntStream.range(0, document.articles().length)
                .filter(i -> i == 0 || document.scores()[i] > least).mapToObj(i -> document.articles()[i]).toList()));
        int[] articles = promising.values().stream().flatMap(List::stream).mapToInt(article -> article).sorted()
                .toArray();
        Map<Integer, Float> scores = articles.length == 0 ? Map.of() : scores(searcher, articles, whole);
        Map<Integer, List<ScoreDoc>> scored = new LinkedHashMap<>();
        promising.forEach((best, some) -> scored.put(best,
                some.stream().map(article -> new ScoreDoc(article, scores.getOrDefault(article, 0f))).sorted(BEST)
                        .toList()));
        return scored;
    }

    /** @param articles in the order of the index */
    private static Map<Integer, Float> scores(IndexSearcher searcher, int[] articles, Query whole) throws IOException {
        Weight weight = searcher.createWeight(searcher.rewrite(whole), ScoreMode.COMPLETE, 1f);
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        Map<Integer, Float> scores = new HashMap<>();
        int leaf = -1;
        Scorer scorer = null;
        for (int article : articles) {
            int of = ReaderUtil.subIndex(article, leaves);
            if (of != leaf) {
                leaf = of;
                scorer = weight.scorer(leaves.get(leaf));
            }
            int doc = article - leaves.get(leaf).docBase;
            if (scorer != null && (scorer.docID() < doc ? scorer.iterator().advance(doc) : scorer.docID()) == doc) {
                scores.put(article, scorer.score());
            }
        }
        return scores;
    }

    private static List<Group> page(List<Group> groups, SearchRequest request) {
        Optional<Place> after = request.after();
        return groups.stream().filter(group -> after.isEmpty() || group.place().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(Group::place)).limit(request.limit() + 1L).toList();
    }

    private static Found byDate(IndexSearcher searcher, Query query, SearchRequest request) throws IOException {
        for (int read = FIRST_READ;; read = Math.min(read * 4, MOST_READ)) {
            TopDocs top = request.after().isEmpty()
                    ? searcher.search(query, read, BY_DATE, true)
                    : searcher.searchAfter(last(searcher, request.after().get()), query, read, BY_DATE, true);
            List<Group> groups = page(groups(searcher, top), request);
            boolean exhausted = top.scoreDocs.length < read || read == MOST_READ;
            if (groups.size() > request.limit() || exhausted) {
                return new Found(groups, top.totalHits.value(),
                        top.totalHits.relation() == TotalHits.Relation.GREATER_THAN_OR_EQUAL_TO);
            }
        }
    }

    /** The place behind all articles of a document in the order by date. */
    private static FieldDoc last(IndexSearcher searcher, Place place) {
        return new FieldDoc(searcher.getIndexReader().maxDoc() - 1, Float.NaN,
                new Object[]{(long) place.rank(), new BytesRef(place.work()), Float.NEGATIVE_INFINITY});
    }

    private static List<Group> groups(IndexSearcher searcher, TopDocs top) throws IOException {
        Map<Integer, String> works = works(searcher, Arrays.stream(top.scoreDocs).map(hit -> hit.doc).toList());
        Map<String, Group> byWork = new LinkedHashMap<>();
        for (ScoreDoc hit : top.scoreDocs) {
            String work = works.getOrDefault(hit.doc, "");
            Group group = byWork.computeIfAbsent(work,
                    first -> new Group(new Place(day(hit), work), new ArrayList<>()));
            if (group.articles().size() < ARTICLES_SHOWN) {
                group.articles().add(hit.doc);
            }
        }
        return List.copyOf(byWork.values());
    }

    private static double day(ScoreDoc hit) {
        return hit instanceof FieldDoc sorted && sorted.fields != null && sorted.fields[0] instanceof Long day
                ? day
                : hit.score;
    }

    /** Which document each hit belongs to, read in the order of the index; the articles of one stand side by side in it. */
    private static Map<Integer, String> works(IndexSearcher searcher, Collection<Integer> hits)
            throws IOException {
        Map<Integer, String> works = new HashMap<>();
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        int[] docs = hits.stream().mapToInt(hit -> hit).sorted().toArray();
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
