package cn.cityapis.policy.search;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;

/**
 * What is known of the words of the index, and of its titles, kept beside it. One thread at a time renews it after a change,
 * seldom enough not to be felt while a large load runs; the others go on with what there is.
 */
final class Lexicon {

    /** A word that is new is found by its sound this much later at most. */
    private static final long SELDOM = Duration.ofSeconds(2).toNanos();

    record Known(long version, long at, Vocabulary vocabulary, Suggestions suggestions) {
    }

    private static final Known NOTHING = new Known(-1, 0, Vocabulary.EMPTY, Suggestions.EMPTY);

    private volatile Known known = NOTHING;
    private final ReentrantLock renewing = new ReentrantLock();

    /** What comes next is of another database. */
    void forget() {
        known = NOTHING;
    }

    Known of(IndexSearcher searcher) throws IOException {
        long version = version(searcher.getIndexReader());
        Known now = known;
        boolean first = now.version() < 0;
        if (now.version() == version || !first && System.nanoTime() - now.at() < SELDOM) {
            return now;
        }
        if (first) {
            renewing.lock();
        } else if (!renewing.tryLock()) {
            return now;
        }
        try {
            return known == now ? renew(searcher.getIndexReader(), version) : known;
        } finally {
            renewing.unlock();
        }
    }

    private Known renew(IndexReader reader, long version) throws IOException {
        long begun = System.nanoTime();
        Vocabulary vocabulary = Vocabulary.read(reader);
        Suggestions suggestions = Suggestions.read(reader);
        // what took long is done more seldom
        long took = System.nanoTime() - begun;
        Known renewed = new Known(version, begun + took * 10, vocabulary, suggestions);
        known = renewed;
        return renewed;
    }

    private static long version(IndexReader reader) {
        return reader instanceof DirectoryReader directory ? directory.getVersion() : 0;
    }
}
