package cn.cityapis.stack;

import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SHA-256 of each file of a folder, in the form that {@code sha256sum --check} reads.
 *
 * @param digests in hexadecimal, by path within the folder
 */
record Manifest(Map<String, String> digests) {

    private static final int BUFFER = 1 << 16;

    static Manifest of(Path folder) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.equals(folder.resolve(DataCopy.MANIFEST))) {
                    digests.put(folder.relativize(file).toString(), digest(file));
                }
            }
        }
        return new Manifest(digests);
    }

    static Manifest read(Path file) throws IOException {
        return new Manifest(Files.readAllLines(file).stream().map(line -> line.split("  ", 2))
                .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0], (a, b) -> a, TreeMap::new)));
    }

    void write(Path file) {
        DataFolder.writePrivately(file, digests.entrySet().stream().map(e -> e.getValue() + "  " + e.getKey() + "\n")
                .collect(Collectors.joining()));
    }

    /** @throws StackException naming files that differ, are missing or are too many */
    void requireEqual(Manifest found) {
        List<String> different = Stream.concat(digests.keySet().stream(), found.digests.keySet().stream()).distinct()
                .filter(path -> !digests.getOrDefault(path, "").equals(found.digests.getOrDefault(path, ""))).limit(5)
                .toList();
        if (!different.isEmpty()) {
            throw new StackException("the backup is damaged: " + String.join(", ", different));
        }
    }

    private static String digest(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file);
                DigestInputStream digesting = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
            byte[] buffer = new byte[BUFFER];
            while (digesting.read(buffer) >= 0) {
                continue;
            }
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
