package cn.cityapis.subsidy.property;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.SubsidyApplication;
import cn.cityapis.platform.test.TestDatabase;
import cn.cityapis.platform.test.TestIssuer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The service as a process of its own, which can be killed and started again on the same port. */
final class Replica implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final int port = freePort();
    private final TestDatabase database;
    private final Path folder;
    private final Path clock;
    private volatile Process process;
    private volatile boolean ready;

    Replica(TestDatabase database, Path folder, Path clock) {
        this.database = database;
        this.folder = folder;
        this.clock = clock;
    }

    boolean isReady() {
        return ready;
    }

    /** Starts, without waiting. */
    void start() throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx320m", "-cp", classes,
                        SubsidyApplication.class.getName(), "--server.port=" + port,
                        "--DATA_DIR=" + folder.resolve("data"), "--DEV_CLOCK_FILE=" + clock,
                        "--spring.profiles.active=development", "--subsidy.bank=file", "--subsidy.jobs.every=PT0.5S",
                        "--OIDC_ISSUER=" + TestIssuer.ISSUER,
                        "--OIDC_JWKS_URI=" + TestIssuer.shared().jwksUri(), "--reactor.netty.native=false"));
        database.environment().forEach((name, value) -> command.add("--" + name + "=" + value));
        process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("replica-" + port + ".log").toFile()))
                .start();
    }

    void awaitReady() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            assertThat(process.isAlive() && System.nanoTime() < end).as("the service starts").isTrue();
            Thread.sleep(100);
        }
        ready = true;
    }

    /** SIGKILL: nothing is finished, nobody is told. */
    void kill() throws InterruptedException {
        ready = false;
        process.destroyForcibly().waitFor();
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
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }
}
