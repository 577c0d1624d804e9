package cn.cityapis.gateway.limit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The real redis-server of this machine, in memory only, on a port of its own. */
public final class RedisServer implements AutoCloseable {

    public static final String PASSWORD = "of this test only";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path program;
    private final Process process;
    private final int port;

    private RedisServer(Path program, Process process, int port) {
        this.program = program;
        this.process = process;
        this.port = port;
    }

    /** Skips the test that asks for it where there is none; .ci/run installs it. */
    public static RedisServer start() {
        Path program = Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable).findFirst().orElse(null);
        Assumptions.assumeTrue(program != null, "redis-server is not installed: limits in Redis are not tested");
        return start(program, freePort());
    }

    private static RedisServer start(Path program, int port) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--port", Integer.toString(port), "--bind",
                    "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no", "--requirepass", PASSWORD)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            awaitPort(port);
            return new RedisServer(program, process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Another one in its place, empty. */
    public RedisServer restarted() {
        return start(program, port);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitPort(int port) throws IOException {
        Instant limit = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                if (Instant.now().isAfter(limit)) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
