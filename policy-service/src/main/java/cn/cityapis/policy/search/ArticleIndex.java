package cn.cityapis.policy.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.annotation.PreDestroy;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The Lucene index of this replica. Blocking: to be called on {@link IndexThreads} only. */
@Component
class ArticleIndex {

    private static final Logger LOG = LoggerFactory.getLogger(ArticleIndex.class);
    /** Of the fields: another one means that the index is built anew. */
    private static final String FORM = IndexDocuments.FORM;

    /** Something done with a consistent view of the index. */
    interface Reading<T> {
        T read(IndexSearcher searcher) throws IOException;
    }

    private final Analyzer analyzer = Analysis.perField();
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    /** Set once the index has caught up with the database after the start. */
    private final AtomicBoolean complete = new AtomicBoolean();

    ArticleIndex(SearchSettings settings) throws IOException {
        Path folder = Files.createDirectories(settings.indexDir());
        directory = FSDirectory.open(folder);
        writer = new IndexWriter(directory, new IndexWriterConfig(analyzer));
        searchers = new SearcherManager(writer, null);
    }

    Analyzer analyzer() {
        return analyzer;
    }

    /** The place up to which this index has followed the database; empty when it is new or of another form. */
    Optional<Changes.Position> position() {
        Map<String, String> kept = new java.util.HashMap<>();
        Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
        if (data != null) {
            data.forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        }
        String corpus = kept.get("corpus");
        String transaction = kept.get("transaction");
        return corpus == null || transaction == null || !FORM.equals(kept.get("form"))
                ? Optional.empty()
                : Optional.of(new Changes.Position(UUID.fromString(corpus), Long.parseLong(transaction)));
    }

    void clear() {
        try {
            writer.deleteAll();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Replaces all articles of each document. */
    void put(List<IndexedDocument> documents) {
        try {
            for (IndexedDocument document : documents) {
                writer.updateDocuments(new Term("work", document.document().id().toString()),
                        IndexDocuments.of(document));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Makes everything put so far visible and durable, together with the place it leads to. */
    void publish(Changes.Position position) {
        try {
            writer.setLiveCommitData(Map.of("corpus", position.corpus().toString(), "transaction",
                    String.valueOf(position.transaction()), "form", FORM).entrySet());
            writer.commit();
            searchers.maybeRefreshBlocking();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        if (complete.compareAndSet(false, true)) {
            LOG.info("the index is complete: {} articles", writer.getDocStats().numDocs);
        }
    }

    /** Reads the dictionary of words, which takes a second, before somebody waits for it. */
    void warm() {
        try (TokenStream words = analyzer.tokenStream("text" + Analysis.WORD, "老年人能力评估")) {
            words.reset();
            while (words.incrementToken()) {
                continue;
            }
            words.end();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    boolean complete() {
        return complete.get();
    }

    <T> T read(Reading<T> reading) {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return reading.read(searcher);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @PreDestroy
    void close() throws IOException {
        searchers.close();
        writer.close();
        directory.close();
    }
}
