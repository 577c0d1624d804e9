package cn.cityapis.deploy;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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

    /** The main sources of all modules that contain it, by their paths. */
    static Map<String, String> sources(String contained) {
        try (Stream<Path> modules = Files.list(ROOT)) {
            Map<String, String> found = new TreeMap<>();
            for (Path java : modules.map(module -> module.resolve("src/main/java")).filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(java)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .map(file -> ROOT.relativize(file).toString())
                            .filter(file -> text(file).contains(contained))
                            .forEach(file -> found.put(file, text(file)));
                }
            }
            return found;
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
