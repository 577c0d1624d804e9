package cn.cityapis.policy.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.settings.SettingException;
import cn.cityapis.policy.PolicyProblem;
import jakarta.annotation.PreDestroy;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The Lucene index of this replica. One generation is written and one is shown, as a rule the same; where an index has to
 * be built anew, that is done beside the one shown, which is replaced when the new one has caught up. Blocking: to be called
 * on {@link IndexThreads} only, and written by one at a time, but that several may put documents at once.
 */
@Component
@OnLucene
class ArticleIndex {

    private static final Logger LOG = LoggerFactory.getLogger(ArticleIndex.class);

    /** Something done with a consistent view of the index. */
    interface Reading<T> {
        T read(IndexSearcher searcher) throws IOException;
    }

    private final Analyzer analyzer = Analysis.perField();
    private final IndexFolder folder;
    /** Null until an index has caught up with the database. */
    private final AtomicReference<@Nullable IndexGeneration> shown = new AtomicReference<>();
    private volatile IndexGeneration written;
    /** Of the latest state ever shown here: the states of the next generation come after it. */
    private long version;
    private final List<Runnable> withdrawn = new CopyOnWriteArrayList<>();

    ArticleIndex(SearchSettings settings) throws IOException {
        try {
            folder = IndexFolder.occupy(settings.indexDir());
            written = opened();
        } catch (LockObtainFailedException taken) {
            throw new SettingException("DATA_DIR", "is in use by another instance: " + settings.indexDir(), taken);
        }
    }

    private IndexGeneration opened() throws IOException {
        for (Path found : folder.generations()) {
            if (IndexGeneration.usable(found)) {
                try {
                    return IndexGeneration.open(found, analyzer, version);
                } catch (IOException | RuntimeException | InternalError damaged) {
                    LOG.warn("the index in {} is damaged and will be built anew: {}", found, damaged.toString());
                }
            }
        }
        return IndexGeneration.open(folder.next(), analyzer, version);
    }

    Analyzer analyzer() {
        return analyzer;
    }

    /** The place up to which this index has followed the database; empty when it is new or of another form. */
    Optional<Changes.Position> position() {
        return written.position();
    }

    void reached(Changes.Position position) {
        written.reached(position);
    }

    /** What is to be forgotten when the state shown turns out to be another database's. */
    void whenWithdrawn(Runnable forget) {
        withdrawn.add(forget);
    }

    /** Whether what was written can be gone on with. */
    boolean sound() {
        return !written.suspected() && written.whole();
    }

    /** Opens the index again from its last commit, or begins a new one beside it; what is shown stays. */
    void mend() {
        LOG.warn("the index in {} cannot be gone on with; it is opened again or built anew", written.folder());
        renew(true);
    }

    /** Withdraws what is shown, because it is of another database, and begins a new index. */
    void startOver() {
        IndexGeneration before = shown.getAndSet(null);
        if (before != null) {
            before.close();
        }
        withdrawn.forEach(Runnable::run);
        renew(false);
    }

    private void renew(boolean again) {
        try {
            IndexGeneration before = written;
            before.stopWriting();
            if (before != shown.get()) {
                before.close();
                if (before.position().isEmpty()) {
                    folder.delete(before.folder());
                }
            }
            written = again && before.whole() ? opened() : IndexGeneration.open(folder.next(), analyzer, version);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Replaces all articles of each document; one that Lucene refuses is set aside. */
    void put(List<IndexedDocument> documents) {
        IndexGeneration into = written;
        writing(into, () -> into.put(documents));
    }

    /** Works that Lucene refuses; they are to be tried again. */
    Set<UUID> setAside() {
        return written.setAside();
    }

    /** Makes everything put so far durable and visible, together with the place it leads to. */
    void publish(Changes.Position position) {
        IndexGeneration now = written;
        writing(now, () -> {
            now.commit(position);
            version = Math.max(version, now.version());
        });
        IndexGeneration before = shown.getAndSet(now);
        if (before != now) {
            LOG.info("the index is complete: {} articles", now.articles());
            if (before != null) {
                before.close();
            }
            folder.keepOnly(now.folder());
        }
    }

    private interface Writing {
        void write() throws IOException;
    }

    private static void writing(IndexGeneration into, Writing writing) {
        try {
            writing.write();
        } catch (IOException | AlreadyClosedException | InternalError broken) {
            into.suspect();
            throw new UncheckedIOException(new IOException("the index could not be written", broken));
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
        return shown.get() != null;
    }

    /** Whether what is written is what is shown. */
    boolean showsLatest() {
        return shown.get() == written;
    }

    /** @throws ProblemException where there is nothing to read yet, or it cannot be read and is about to be mended */
    <T> T read(Reading<T> reading) {
        IndexGeneration from = shown.get();
        if (from == null) {
            throw ProblemException.of(PolicyProblem.INDEX_BUILDING);
        }
        try {
            return from.read(reading);
        } catch (AlreadyClosedException replaced) {
            if (shown.get() != from) {
                return read(reading);
            }
            throw damaged(from, replaced);
        } catch (ProblemException refused) {
            throw refused;
        } catch (IOException | InternalError broken) {
            throw damaged(from, broken);
        } catch (RuntimeException unforeseen) {
            throw from.damaged() ? damaged(from, unforeseen) : unforeseen;
        }
    }

    private static ProblemException damaged(IndexGeneration from, Throwable broken) {
        LOG.error("the index in {} cannot be read", from.folder(), broken);
        from.suspect();
        return ProblemException.of(PolicyProblem.INDEX_BUILDING);
    }

    @PreDestroy
    void close() throws IOException {
        IndexGeneration visible = shown.get();
        if (visible != null && visible != written) {
            visible.close();
        }
        written.close();
        folder.close();
    }
}
