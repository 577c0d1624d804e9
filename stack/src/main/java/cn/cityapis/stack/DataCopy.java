package cn.cityapis.stack;

import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.StackException;
import cn.cityapis.stack.process.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A copy of a data folder whose stack is stopped: databases, files of the services, secrets, the clock. Whole or not at
 * all, and with a digest of each file, so that a damaged copy is not restored.
 */
final class DataCopy {

    static final String MANIFEST = "manifest.sha256";
    /** Of one run, not of the data. */
    private static final Set<String> LEFT_OUT = Set.of("lock", "running.properties", "logs");

    private final DataFolder data;

    DataCopy(DataFolder data) {
        this.data = data;
    }

    /** @throws StackException if a stack runs on the folder, there is no data, or something is at the target */
    void backUp(Path target) {
        if (!Files.exists(data.postgres().resolve("PG_VERSION"))) {
            throw new StackException("there is no data in " + data.root());
        }
        requireNothingAt(target);
        try (FolderLock lock = FolderLock.take(data)) {
            requireStopped();
            Path draft = target.resolveSibling(target.getFileName() + ".partial");
            delete(draft);
            copy(data.root(), draft);
            Manifest.of(draft).write(draft.resolve(MANIFEST));
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackException("cannot back up to " + target + ": " + e.getMessage(), e);
        }
    }

    /** @throws StackException if the copy is damaged, or the data folder holds databases already */
    void restore(Path copy) {
        if (!Files.exists(copy.resolve(MANIFEST))) {
            throw new StackException("no backup: " + copy);
        }
        if (Files.exists(data.postgres())) {
            throw new StackException("there is data in " + data.root() + " already: --data DIR names another folder");
        }
        try {
            Manifest.read(copy.resolve(MANIFEST)).requireEqual(Manifest.of(copy));
            Files.createDirectories(data.root());
            try (FolderLock lock = FolderLock.take(data)) {
                requireStopped();
                copy(copy, data.root());
            }
        } catch (IOException e) {
            throw new StackException("cannot restore " + copy + ": " + e.getMessage(), e);
        }
    }

    private void requireStopped() {
        if (Files.exists(data.running())) {
            throw new StackException("an earlier start has left processes behind: ./run stop ends them");
        }
    }

    private static void requireNothingAt(Path target) {
        if (Files.exists(target)) {
            throw new StackException("there is something at " + target + " already");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path source : tree(from)) {
            Path target = to.resolve(from.relativize(source).toString());
            if (Files.isDirectory(source)) {
                Files.createDirectories(target);
                Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(source));
            } else if (!source.equals(from.resolve(MANIFEST))) {
                Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Folders before what is in them. */
    private static List<Path> tree(Path root) throws IOException {
        List<Path> all = new ArrayList<>(List.of(root));
        try (Stream<Path> top = Files.list(root)) {
            for (Path entry : top.filter(path -> !LEFT_OUT.contains(path.getFileName().toString())).sorted().toList()) {
                try (Stream<Path> below = Files.walk(entry)) {
                    below.forEach(all::add);
                }
            }
        }
        return all;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
