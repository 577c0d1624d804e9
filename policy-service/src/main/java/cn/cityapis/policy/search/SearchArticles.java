package cn.cityapis.policy.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import cn.cityapis.policy.search.SearchRequest.Place;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Searches articles and groups them by document. */
@Component
class SearchArticles {

    /** Articles read for the first try; four times as many for each further one, until a page is full. */
    private static final int FIRST_READ = 200;
    private static final int MOST_READ = 50_000;
    private static final int ARTICLES_SHOWN = 3;

    /** A document with its best articles. */
    record Group(Place place, List<Document> articles) {
    }

    /** @param groups one more than asked for where there is a further page */
    record Found(List<Group> groups, long articles, boolean atLeast) {
    }

    private final ArticleIndex index;
    private final IndexThreads threads;
    private final Queries queries;

    SearchArticles(ArticleIndex index, IndexThreads threads) {
        this.index = index;
        this.threads = threads;
        this.queries = new Queries(index.analyzer());
    }

    /** Answers what {@code shape} makes of the result; both run off the event loop. */
    Mono<SearchAnswer> search(SearchRequest request, Snippets snippets) {
        return threads.call(() -> index.read(searcher -> {
            Found found = find(searcher, queries.of(request), request);
            return snippets.answer(request, found, queries.highlighted(request.text()));
        }));
    }

    private static Found find(IndexSearcher searcher, Query query, SearchRequest request) throws IOException {
        for (int read = FIRST_READ;; read *= 4) {
            TopDocs top = searcher.search(query, Math.min(read, MOST_READ));
            List<Group> groups = groups(searcher, top, request);
            boolean exhausted = top.scoreDocs.length < read || read >= MOST_READ;
            if (groups.size() > request.limit() || exhausted) {
                return new Found(groups, top.totalHits.value(),
                        top.totalHits.relation() == TotalHits.Relation.GREATER_THAN_OR_EQUAL_TO);
            }
        }
    }

    private static List<Group> groups(IndexSearcher searcher, TopDocs top, SearchRequest request) throws IOException {
        StoredFields stored = searcher.storedFields();
        Map<String, List<ScoreDoc>> byWork = new LinkedHashMap<>();
        for (ScoreDoc hit : top.scoreDocs) {
            String work = stored.document(hit.doc, Set.of("work")).get("work");
            byWork.computeIfAbsent(work, first -> new ArrayList<>()).add(hit);
        }
        List<Map.Entry<Place, List<ScoreDoc>>> page = byWork.entrySet().stream()
                .map(entry -> Map.entry(new Place(entry.getValue().getFirst().score, entry.getKey()), entry.getValue()))
                .filter(entry -> request.after().isEmpty() || entry.getKey().compareTo(request.after().get()) > 0)
                .sorted(Map.Entry.comparingByKey()).limit(request.limit() + 1L).toList();
        List<Group> groups = new ArrayList<>();
        for (Map.Entry<Place, List<ScoreDoc>> entry : page) {
            List<Document> articles = new ArrayList<>();
            for (ScoreDoc hit : entry.getValue().subList(0, Math.min(ARTICLES_SHOWN, entry.getValue().size()))) {
                articles.add(stored.document(hit.doc));
            }
            groups.add(new Group(entry.getKey(), articles));
        }
        return groups;
    }
}
