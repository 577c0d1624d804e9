package cn.cityapis.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The paste-able blocks of README.md, run in one shell as a reader would, against a running stack. */
final class ReadmeWalkThrough {

    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private ReadmeWalkThrough() {
    }

    /** Whether this machine has what a reader pastes into. */
    static boolean canRun() {
        return Files.isExecutable(Path.of("/bin/bash"))
                && List.of("/usr/bin/curl", "/bin/curl", "/usr/local/bin/curl").stream()
                        .anyMatch(curl -> Files.isExecutable(Path.of(curl)));
    }

    /**
     * All that the blocks print.
     *
     * @param data folder of the running stack
     * @throws AssertionError if the shell does not end by itself within two minutes
     */
    static String run(String url, Path data) throws IOException, InterruptedException {
        Path root = ProjectFiles.root();
        String script = blocks(root).replace("http://localhost:8080", url)
                .replaceAll("\\./run (token|advance) (\\S+)",
                        Matcher.quoteReplacement("./run ") + "$1 $2 --data '" + data + "'");
        Path file = Files.createTempFile("readme", ".sh");
        Path output = Files.createTempFile("readme", ".log");
        Files.writeString(file, script);
        Process shell = new ProcessBuilder("/bin/bash", file.toString()).directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        if (!shell.waitFor(2, TimeUnit.MINUTES)) {
            shell.destroyForcibly();
            throw new AssertionError("The README's calls do not come to an end:\n"
                    + new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
        }
        // cut counts bytes and may leave half a character at the end of a line
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    }

    private static String blocks(Path root) throws IOException {
        return BLOCK.matcher(Files.readString(root.resolve("README.md"))).results().map(block -> block.group(1))
                .collect(Collectors.joining("\n"));
    }
}
