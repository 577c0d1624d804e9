package cn.cityapis.policy.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.QueryBuilder;

/** Ways of ranking articles on one index: the whole search, and single analysers alone. */
final class Rankings implements AutoCloseable {

    static final LocalDate TODAY = LocalDate.of(2024, 6, 1);

    final ArticleIndex index;
    private final IndexThreads threads = new IndexThreads();
    final LuceneSearch search;

    Rankings(java.nio.file.Path folder, List<IndexedDocument> documents, Queries.Weights weights) {
        try {
            index = new ArticleIndex(new SearchSettings(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        search = new LuceneSearch(index, threads, weights);
        index.put(documents);
        index.publish(new Changes.Position(UUID.randomUUID(), 1));
    }

    void add(List<IndexedDocument> documents) {
        index.put(documents);
        index.publish(new Changes.Position(UUID.randomUUID(), 2));
    }

    static SearchRequest request(String text) {
        return new SearchRequest(text, TODAY, SearchRequest.Filters.NONE, SearchRequest.Order.RELEVANCE, false, 20,
                Optional.empty(), Optional.empty());
    }

    List<String> whole(String question) {
        return whole(question, Ranking.LOOKED_AT);
    }

    /** @param lookedAt how many articles are looked at closely, besides the best one of each document */
    List<String> whole(String question, int lookedAt) {
        return index.read(searcher -> articles(searcher, search.best(searcher, request(question), lookedAt)));
    }

    /** As the API shows it: by document, each with its best articles. */
    List<String> shown(String question) {
        List<String> shown = new ArrayList<>();
        search.search(request(question)).block().items().forEach(
                hit -> hit.articles().forEach(article -> shown.add(hit.number() + "#" + article.key())));
        return shown;
    }

    /** One analyser on its own, on title, heading and text. */
    List<String> single(String analyser, String question) {
        return index.read(searcher -> {
            Analyzer analyzer = index.analyzer();
            QueryBuilder builder = new QueryBuilder(analyzer);
            BooleanQuery.Builder all = new BooleanQuery.Builder();
            for (String field : analyser.equals(Analysis.UNIGRAM)
                    ? List.of("text")
                    : List.of("text", "heading", "title")) {
                Query query = builder.createBooleanQuery(field + analyser, question);
                if (query != null) {
                    all.add(query, Occur.SHOULD);
                }
            }
            return articles(searcher, List.of(searcher.search(all.build(), 10).scoreDocs));
        });
    }

    private static List<String> articles(IndexSearcher searcher, List<ScoreDoc> hits) throws IOException {
        List<String> ranked = new ArrayList<>();
        for (ScoreDoc hit : hits.subList(0, Math.min(10, hits.size()))) {
            Document article = searcher.storedFields().document(hit.doc, Set.of("number", "key"));
            ranked.add(article.get("number") + "#" + article.get("key"));
        }
        return ranked;
    }

    @Override
    public void close() {
        try {
            search.close();
            index.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.stop();
    }
}
