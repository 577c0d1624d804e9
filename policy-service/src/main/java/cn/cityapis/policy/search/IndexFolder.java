package cn.cityapis.policy.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of this replica's index: a folder of its own for each generation, named by a number. */
final class IndexFolder {

    private static final Logger LOG = LoggerFactory.getLogger(IndexFolder.class);

    private static final String LOCK = "instance.lock";

    private final Path base;
    private final Lock lock;

    private IndexFolder(Path base, Lock lock) {
        this.base = base;
        this.lock = lock;
    }

    /** @throws LockObtainFailedException where another instance works in it */
    static IndexFolder occupy(Path base) throws IOException {
        return new IndexFolder(base, FSDirectory.open(Files.createDirectories(base)).obtainLock(LOCK));
    }

    /** The generations on disk, the latest first. */
    List<Path> generations() throws IOException {
        return generations(base);
    }

    static List<Path> generations(Path base) throws IOException {
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(base)) {
            return folders.filter(folder -> name(folder).matches("\\d{1,9}"))
                    .sorted(Comparator.comparing(IndexFolder::number).reversed()).toList();
        }
    }

    Path next() throws IOException {
        return base.resolve(String.valueOf(generations().stream().mapToInt(IndexFolder::number).max().orElse(0) + 1));
    }

    /** Deletes all but one generation, also an index that lies here without one. */
    void keepOnly(Path kept) {
        try (Stream<Path> all = Files.list(base)) {
            IOUtils.rm(all.filter(path -> !path.equals(kept))
                    .filter(path -> name(path).matches("\\d{1,9}|_.*|(pending_)?segments_.*|write\\.lock"))
                    .toArray(Path[]::new));
        } catch (IOException left) {
            LOG.warn("an old index could not be deleted: {}", left.toString());
        }
    }

    void delete(Path generation) throws IOException {
        if (Files.exists(generation)) {
            IOUtils.rm(generation);
        }
    }

    void close() {
        IOUtils.closeWhileHandlingException(lock);
    }

    private static int number(Path folder) {
        return Integer.parseInt(name(folder));
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
