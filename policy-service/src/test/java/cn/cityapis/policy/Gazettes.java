package cn.cityapis.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.junit.jupiter.api.Assumptions;

/** The texts that tests read. */
public final class Gazettes {

    /** Official text is not part of the project; it lies beside it where there is any. */
    private static final Path OFFICIAL = Path.of("").toAbsolutePath()
            .resolve("../../shared/sources/gazette-2023-04.txt")
            .normalize();

    private Gazettes() {
    }

    /** A made-up issue with every trick of a real one. */
    public static String madeUp() {
        return resource("/made-up-gazette.txt");
    }

    /** The digest that the project ships. */
    public static String digest() {
        return resource("/digest/gazette-2023-04.txt");
    }

    /** The real issue; where it is not there the test is skipped and says so. */
    public static String official() {
        Assumptions.assumeTrue(Files.isRegularFile(OFFICIAL),
                () -> "skipped: the official text is not there (looked for " + OFFICIAL + ")");
        try {
            return Files.readString(OFFICIAL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Gazettes.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
