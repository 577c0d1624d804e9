package cn.cityapis.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A service as a process of its own, which can be killed and started again on the same port. */
public final class Replica implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port = freePort();
    private final Class<?> application;
    private final TestDatabase database;
    private final Path folder;
    private final List<String> settings;
    private volatile @Nullable Process process;
    private volatile boolean ready;

    /**
     * @param folder for its data and its log
     * @param settings further properties, as {@code --name=value}
     */
    public Replica(Class<?> application, TestDatabase database, Path folder, String... settings) {
        this.application = application;
        this.database = database;
        this.folder = folder;
        this.settings = List.of(settings);
    }

    public int port() {
        return port;
    }

    public boolean isReady() {
        return ready;
    }

    /** Starts, without waiting. */
    public void start() throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx320m", "-cp", classes,
                        application.getName(), "--server.port=" + port, "--DATA_DIR=" + folder.resolve("data"),
                        "--spring.profiles.active=development", "--OIDC_ISSUER=" + TestIssuer.ISSUER,
                        "--OIDC_JWKS_URI=" + TestIssuer.shared().jwksUri(), "--ID_NUMBER_PROOF=if-told",
                        "--reactor.netty.native=false"));
        database.environment().forEach((name, value) -> command.add("--" + name + "=" + value));
        command.addAll(settings);
        process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("replica-" + port + ".log").toFile()))
                .start();
    }

    public void awaitReady() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            assertThat(running().isAlive() && System.nanoTime() < end).as("the service starts").isTrue();
            Thread.sleep(100);
        }
        ready = true;
    }

    /** SIGKILL: nothing is finished, nobody is told. */
    public void kill() throws InterruptedException {
        ready = false;
        running().destroyForcibly().waitFor();
    }

    private Process running() {
        return Objects.requireNonNull(process, "not started");
    }

    private boolean answers() throws InterruptedException {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port
                    + "/actuator/health/readiness")).timeout(Duration.ofSeconds(5)).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }
}
