package cn.cityapis.policy.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherLifetimeManager;
import org.jspecify.annotations.Nullable;

/**
 * States of the index that somebody is paging through, kept for some minutes, the latest of them, so that a document neither comes twice nor is
 * left out when the index changes between two pages. A state that is gone, or another replica's, is replaced by the latest.
 */
final class Snapshots implements AutoCloseable {

    private static final double KEPT_SECONDS = 300;
    /** Each holds its files open, those merged away as well: while much is loaded there is a new state every second. */
    static final int MOST = 60;

    private final SearcherLifetimeManager kept = new SearcherLifetimeManager();
    private final String replica = UUID.randomUUID().toString().substring(0, 8) + "-";
    private final ArticleIndex index;

    Snapshots(ArticleIndex index) {
        this.index = index;
    }

    <T> T read(Optional<String> snapshot, ArticleIndex.Reading<T> reading) {
        try {
            IndexSearcher before = snapshot.map(this::find).orElse(null);
            if (before == null) {
                return index.read(reading);
            }
            try {
                return index.read(latest -> reading.read(before));
            } finally {
                kept.release(before);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A name under which this state can be asked for again. */
    String keep(IndexSearcher searcher) throws IOException {
        String name = replica + kept.record(searcher);
        AtomicInteger newer = new AtomicInteger();
        // asked of the latest first
        kept.prune((age, one) -> newer.getAndIncrement() >= MOST || age > KEPT_SECONDS);
        return name;
    }

    /** What comes next is of another database. */
    void forget() {
        try {
            kept.prune((age, searcher) -> true);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private @Nullable IndexSearcher find(String snapshot) {
        return snapshot.matches(replica + "\\d{1,18}")
                ? kept.acquire(Long.parseLong(snapshot.substring(replica.length())))
                : null;
    }

    @Override
    public void close() throws IOException {
        kept.close();
    }
}
