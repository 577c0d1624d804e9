package cn.cityapis.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The documents of operation and for maintainers: their blocks, links, headings. */
final class Documents {

    /** @param marks what stands behind the three ticks: {@code sh}, {@code sh run} */
    record Block(String document, String marks, String text) {
    }

    private static final Pattern BLOCK = Pattern.compile("^```(\\w[^\\n]*)\\n(.*?)^```$",
            Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\[[^]]+]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    private Documents() {
    }

    static List<String> all() {
        List<String> names = new ArrayList<>(List.of("docs/security.md", "docs/architecture.md", "docs/maintain.md",
                "deploy/kubernetes/README.md", "deploy/README.md"));
        try (Stream<Path> files = Files.list(Project.ROOT.resolve("docs/operation"))) {
            files.map(file -> Project.ROOT.relativize(file).toString()).sorted().forEach(names::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    static List<Block> shell() {
        return all().stream().flatMap(name -> BLOCK.matcher(Project.text(name)).results()
                .map(block -> new Block(name, block.group(1), block.group(2))))
                .filter(block -> block.marks().split(" ", -1)[0].equals("sh")).toList();
    }

    /** Links within the project, as written. */
    static List<String> links(String document) {
        return LINK.matcher(Project.text(document)).results().map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*")).toList();
    }

    /** Anchors of a document as GitHub makes them of headings. */
    static Set<String> anchors(Path document) {
        return HEADING.matcher(Project.text(Project.ROOT.relativize(document).toString())).results()
                .map((MatchResult heading) -> heading.group(1).toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
