package cn.cityapis.trials.faults;

import cn.cityapis.stack.layout.Ports;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The redis-server of this machine, in memory only, in which the gateway counts. */
final class Redis implements Closeable {

    private static final String PASSWORD = "of this trial only";

    private final Path program;
    private final int port = Ports.pick(1).getFirst();
    private Process process;

    private Redis(Path program) {
        this.program = program;
        this.process = started();
    }

    /** Empty where none is installed. */
    static Optional<Redis> start() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(folder -> Path.of(folder, "redis-server")).filter(Files::isExecutable).findFirst().map(Redis::new);
    }

    /** What the gateway is told. */
    Map<String, String> settings() {
        return Map.of("REDIS_URL", "redis://127.0.0.1:" + port, "REDIS_PASSWORD", PASSWORD);
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Empty, as after a loss of its memory. */
    void startAgain() {
        process = started();
    }

    private Process started() {
        try {
            return new ProcessBuilder(program.toString(), "--port", Integer.toString(port), "--bind", "127.0.0.1",
                    "--save", "", "--appendonly", "no", "--requirepass", PASSWORD).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
