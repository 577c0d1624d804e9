package cn.cityapis.policy.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.cityapis.policy.document.DocumentVersion;
import cn.cityapis.policy.text.Article;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Asks saved queries of one document, in an index of its own that lives as long as the asking. The text is read as a search
 * reads it, but every word has to stand in the article, its headings or its title, by some name: a search ranks what is
 * less near below, an alert cannot.
 */
@Component
public class MatchDocument {

    private static final int MOST_ARTICLES = 20;

    private final Analyzer analyzer = Analysis.perField();
    private final QuestionReader questions = new QuestionReader(analyzer);
    private final Queries queries = new Queries(analyzer, Queries.Weights.TUNED);
    private final IndexThreads threads;
    private final Clock clock;

    MatchDocument(IndexThreads threads, Clock clock) {
        this.threads = threads;
        this.clock = clock;
    }

    /** The keys of the articles that answer, the best first, of each query that has any. */
    public Mono<Map<UUID, List<String>>> match(DocumentVersion document, List<Article> articles,
            Map<UUID, SavedQuery> asked) {
        return asked.isEmpty() || articles.isEmpty() ? Mono.just(Map.of()) : threads.call(() -> {
            try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
                try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
                    writer.addDocuments(IndexDocuments.of(new IndexedDocument(document, articles)));
                }
                try (DirectoryReader reader = DirectoryReader.open(directory)) {
                    return ask(new IndexSearcher(reader), asked);
                }
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        });
    }

    private Map<UUID, List<String>> ask(IndexSearcher searcher, Map<UUID, SavedQuery> asked) throws IOException {
        Map<UUID, List<String>> found = new LinkedHashMap<>();
        LocalDate today = LocalDate.now(clock);
        for (Map.Entry<UUID, SavedQuery> one : asked.entrySet()) {
            Query query = queries.everyWord(questions.read(one.getValue().q()), one.getValue().filters(), today);
            List<String> keys = new ArrayList<>();
            for (ScoreDoc hit : searcher.search(query, MOST_ARTICLES).scoreDocs) {
                keys.add(searcher.storedFields().document(hit.doc).get("key"));
            }
            if (!keys.isEmpty()) {
                found.put(one.getKey(), keys);
            }
        }
        return found;
    }
}
