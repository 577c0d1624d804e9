package cn.cityapis.deploy;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of the project. */
final class Project {

    static final Path ROOT = root();

    private Project() {
    }

    static String text(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every document of a YAML file, as maps and lists. */
    static List<Object> yaml(Path file) {
        try (Reader text = Files.newBufferedReader(file)) {
            return StreamSupport
                    .stream(new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text).spliterator(), false)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Object yaml(String path) {
        return yaml(ROOT.resolve(path)).get(0);
    }

    /** Maven names it; an IDE starts somewhere inside. */
    private static Path root() {
        Path candidate = Path.of(System.getProperty("project.root", "")).toAbsolutePath();
        while (!Files.exists(candidate.resolve("docker-compose.yml"))) {
            candidate = candidate.getParent();
        }
        return candidate;
    }
}
