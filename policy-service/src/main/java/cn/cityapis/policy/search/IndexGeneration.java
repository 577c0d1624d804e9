package cn.cityapis.policy.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One folder with an index, its writer and its searchers. Once the writer is lost, what was visible can still be read. */
final class IndexGeneration {

    private static final Logger LOG = LoggerFactory.getLogger(IndexGeneration.class);
    private static final long SELDOM = Duration.ofMinutes(1).toNanos();

    private final Path folder;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    /** Of the last commit: as long as they are there, so is what a search shows. */
    private volatile Set<String> files;
    private volatile Optional<Changes.Position> position;
    /** Works that Lucene refuses: what it had of them before stays, and what comes behind them does not wait. */
    private final Set<UUID> setAside = ConcurrentHashMap.newKeySet();
    private volatile boolean suspect;
    private final AtomicLong checked = new AtomicLong(System.nanoTime() - SELDOM);

    /**
     * @param above the version of an index that was shown before: that of this one will be higher
     * @throws IOException where the index is damaged, or cannot be written
     */
    static IndexGeneration open(Path folder, Analyzer analyzer, long above) throws IOException {
        Directory directory = FSDirectory.open(Files.createDirectories(folder));
        IndexWriter writer = null;
        try {
            writer = new IndexWriter(directory, new IndexWriterConfig(analyzer));
            writer.advanceSegmentInfosVersion(above + 1);
            IndexGeneration opened = new IndexGeneration(folder, directory, writer);
            opened.check();
            return opened;
        } catch (IOException | RuntimeException | InternalError damaged) {
            if (writer != null) {
                IOUtils.closeWhileHandlingException(writer::rollback);
            }
            IOUtils.closeWhileHandlingException(directory);
            throw damaged;
        }
    }

    private IndexGeneration(Path folder, Directory directory, IndexWriter writer) throws IOException {
        this.folder = folder;
        this.directory = directory;
        this.writer = writer;
        this.searchers = new SearcherManager(writer, null);
        this.position = CommittedPlace.read(writer.getLiveCommitData());
        this.setAside.addAll(CommittedPlace.setAside(writer.getLiveCommitData()));
        this.files = DirectoryReader.indexExists(directory) ? committedFiles() : Set.of();
    }

    /** Whether a folder holds a whole index of the form that is read. */
    static boolean usable(Path folder) {
        try (Directory directory = FSDirectory.open(folder)) {
            return CommittedPlace.read(SegmentInfos.readLatestCommit(directory).getUserData().entrySet()).isPresent();
        } catch (IOException | RuntimeException damaged) {
            return false;
        }
    }

    private Set<String> committedFiles() throws IOException {
        return Set.copyOf(SegmentInfos.readLatestCommit(directory).files(true));
    }

    Path folder() {
        return folder;
    }

    /** The place up to which this index has followed the database. */
    Optional<Changes.Position> position() {
        return position;
    }

    /** Nothing that the index holds has changed up to this place. */
    void reached(Changes.Position place) {
        position = Optional.of(place);
    }

    int articles() {
        return writer.getDocStats().numDocs;
    }

    long version() throws IOException {
        return read(searcher -> ((DirectoryReader) searcher.getIndexReader()).getVersion());
    }

    void put(List<IndexedDocument> documents) throws IOException {
        for (IndexedDocument document : documents) {
            put(document);
        }
    }

    /** A document that cannot be indexed is no reason to leave out others; an index that cannot be written is. */
    private void put(IndexedDocument document) throws IOException {
        UUID work = document.document().id();
        try {
            writer.updateDocuments(new Term("work", work.toString()), IndexDocuments.of(document));
            setAside.remove(work);
        } catch (AlreadyClosedException closed) {
            throw closed;
        } catch (RuntimeException refused) {
            if (!writer.isOpen()) {
                throw refused;
            }
            setAside.add(work);
            LOG.warn("document {} ({}) cannot be indexed and is set aside: {}", work, document.document().number(),
                    refused.toString());
        }
    }

    /** Works that are missing, or shown as they were before, because Lucene refuses them. */
    Set<UUID> setAside() {
        return Set.copyOf(setAside);
    }

    void commit(Changes.Position place) throws IOException {
        writer.setLiveCommitData(CommittedPlace.of(place, setAside));
        writer.commit();
        files = committedFiles();
        position = Optional.of(place);
        searchers.maybeRefreshBlocking();
    }

    private void check() throws IOException {
        read(searcher -> {
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                leaf.reader().checkIntegrity();
            }
            return true;
        });
    }

    /** Whether the checksums do not fit any more; to be asked when a reading went wrong, and looked into seldom. */
    boolean damaged() {
        long now = System.nanoTime();
        long before = checked.get();
        if (now - before < SELDOM || !checked.compareAndSet(before, now)) {
            return suspect;
        }
        try {
            check();
            return false;
        } catch (IOException | RuntimeException | InternalError broken) {
            return true;
        }
    }

    /** Something of it could not be read or written. */
    void suspect() {
        suspect = true;
    }

    boolean suspected() {
        return suspect || !writer.isOpen();
    }

    /** Whether all files of the last commit are there. */
    boolean whole() {
        try {
            return Set.of(directory.listAll()).containsAll(files);
        } catch (IOException gone) {
            return false;
        }
    }

    /** @throws org.apache.lucene.store.AlreadyClosedException where it has been replaced */
    <T> T read(ArticleIndex.Reading<T> reading) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return reading.read(searcher);
        } finally {
            searchers.release(searcher);
        }
    }

    /** Ends the writing, what was not committed is lost; it can still be read. */
    void stopWriting() {
        IOUtils.closeWhileHandlingException(writer::rollback);
    }

    /** All that was published is committed. */
    void close() {
        IOUtils.closeWhileHandlingException(searchers, writer::rollback, directory);
    }
}
