package cn.cityapis.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Runs a program and keeps what it says. */
final class Shell {

    private static final int PATIENCE_SECONDS = 120;

    record Result(int exit, String said) {
    }

    private Shell() {
    }

    static Result run(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path said = Files.createTempFile("said", ".log");
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(said.toFile()).redirectInput(new java.io.File("/dev/null"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not come to an end: " + read(said));
            }
            return new Result(process.exitValue(), read(said));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static Result run(Path folder, String... command) {
        return run(folder, Map.of(), List.of(command));
    }

    /** Skips the test, and says so, on a machine without the program; .ci/run installs it. */
    static void require(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        Assumptions.assumeTrue(there, program + " is not installed on this machine: this test is skipped");
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
