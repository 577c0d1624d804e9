package cn.cityapis.platform.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Tools of Node.js, as the {@code package-lock.json} of the module pins them. */
public final class NodeTool {

    private static final int MINUTES = 5;

    /** @param text standard output and standard error */
    public record Outcome(int exit, String text) {
    }

    private NodeTool() {
    }

    /** Skips the test where there is no npm; fetches what {@code package-lock.json} names if it is not there yet. */
    public static void installed() {
        assumeTrue(
                List.of("/usr/bin/npm", "/usr/local/bin/npm").stream()
                        .anyMatch(npm -> Files.isExecutable(Path.of(npm))),
                "Skipped: npm is not on this machine (apt-get install nodejs npm)");
        Path mark = Path.of("node_modules/.package-lock.json");
        if (!Files.exists(mark) || isNewer(Path.of("package-lock.json"), mark)) {
            Outcome outcome = run(Path.of("."), "npm", "ci", "--ignore-scripts");
            assertThat(outcome.exit()).as(outcome.text()).isZero();
        }
    }

    private static boolean isNewer(Path one, Path other) {
        try {
            return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other)) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Outcome run(Path folder, String... command) {
        try {
            Path output = Files.createTempFile("node", ".log");
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile()).redirectOutput(output.toFile()).start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(List.of(command) + " does not come to an end");
            }
            Outcome outcome = new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
            Files.delete(output);
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
