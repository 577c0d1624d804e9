package cn.cityapis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one measurement. It is gone at the end, unless it is kept for the next.
 *
 * @param kept whether it stays
 */
public record Scratch(Path folder, boolean kept) implements AutoCloseable {

    /** @param folder to be kept; empty: a new one that is deleted */
    public static Scratch open(String name, Optional<Path> folder) throws IOException {
        return folder.isPresent()
                ? new Scratch(Files.createDirectories(folder.get()), true)
                : new Scratch(Files.createTempDirectory(name + "-bench"), false);
    }

    @Override
    public void close() throws IOException {
        if (kept) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
