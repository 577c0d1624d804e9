package cn.cityapis.policy.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import cn.cityapis.policy.opensearch.OpenSearchSettings;
import org.jspecify.annotations.Nullable;

/**
 * Two real OpenSearch nodes, each a process of its own: the first manages the cluster and holds data, the second holds data.
 * Their class path is written by the module opensearch-node.
 */
final class OpenSearchCluster implements AutoCloseable {

    private static final Path MODULE = Path.of("../opensearch-node/target").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final int[] http = {port(), port()};
    private final int[] transport = {port(), port()};
    private final @Nullable Process[] nodes = new Process[2];
    private final HttpClient client = HttpClient.newHttpClient();

    private OpenSearchCluster(Path folder) {
        this.folder = folder;
    }

    /** One for all tests of a run. */
    static OpenSearchCluster shared() {
        return Shared.CLUSTER;
    }

    private static final class Shared {

        private static final OpenSearchCluster CLUSTER = started();
    }

    private static OpenSearchCluster started() {
        try {
            OpenSearchCluster cluster = new OpenSearchCluster(Files.createTempDirectory("opensearch"));
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
            cluster.start(0);
            cluster.start(1);
            cluster.await("\"number_of_nodes\":2");
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start(int node) {
        Process before = nodes[node];
        if (before != null && before.isAlive()) {
            return;
        }
        try {
            nodes[node] = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx384m",
                    "-XX:TieredStopAtLevel=1", "-cp",
                    MODULE.resolve("classes") + ":" + Files.readString(MODULE.resolve("node.classpath")),
                    "cn.cityapis.opensearch.OpenSearchNode", folder.resolve("node" + node).toString(),
                    String.valueOf(http[node]), String.valueOf(transport[node]), String.valueOf(transport[0]))
                    .redirectErrorStream(true).redirectOutput(folder.resolve("node" + node + ".log").toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException("run it with -Popensearch, which makes " + MODULE, e);
        }
    }

    /** As if its machine had lost power. */
    void kill(int node) {
        Process process = nodes[node];
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    /** Until the state of the cluster says so. */
    void await(String said) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!call("GET", "/_cluster/health").contains(said)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("the cluster does not become " + said + ", see " + folder);
            }
            pause();
        }
    }

    /** What the first node answers; nothing where it does not. */
    String call(String method, String path) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(uris().getFirst() + path))
                    .method(method, HttpRequest.BodyPublishers.noBody()).timeout(Duration.ofSeconds(10)).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException down) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    List<String> uris() {
        return List.of("http://127.0.0.1:" + http[0], "http://127.0.0.1:" + http[1]);
    }

    OpenSearchSettings settings(String index) {
        return new OpenSearchSettings(uris(), null, null, index, 2, 1, Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        kill(1);
        kill(0);
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int port() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
