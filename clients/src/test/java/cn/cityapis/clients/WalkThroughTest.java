package cn.cityapis.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.NodeTool;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that the developers' pages show call what the document of all describes, and both of them the same. */
class WalkThroughTest {

    private static final Path EXAMPLE = Path.of("examples/walk-through");
    private static final String OF_TOKENS = "requestToken";

    @TempDir
    private Path folder;

    @Test
    void javaAndMiniProgramDoTheSixSteps() throws Exception {
        List<String> java = calledByJava();
        assertThat(java).filteredOn(OF_TOKENS::equals).hasSizeGreaterThan(6);
        assertThat(java).contains("searchDocuments", "listHomes", "eldercareCreateApplication", "acceptOffer",
                "findNearbyPharmacies");
        NodeTool.installed();
        assertThat(calledByMiniProgram())
                .isEqualTo(java.stream().filter(operation -> !operation.equals(OF_TOKENS)).toList());
    }

    private List<String> calledByJava() throws IOException {
        assertThat(JavaClient.compile(List.of(EXAMPLE), folder)).as("warnings of javac").isEmpty();
        try (ExampleServer platform = new ExampleServer(Document.read())) {
            NodeTool.Outcome run = NodeTool.run(Path.of(".."),
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", folder.toString(),
                    "WalkThrough", platform.address());
            assertThat(run.exit()).as(run.text()).isZero();
            return platform.called();
        }
    }

    private static List<String> calledByMiniProgram() throws IOException {
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/token/", exchange -> {
            byte[] token = "{\"access_token\":\"t\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, token.length);
            exchange.getResponseBody().write(token);
            exchange.close();
        });
        backend.start();
        try (ExampleServer platform = new ExampleServer(Document.read())) {
            NodeTool.Outcome run = NodeTool.run(EXAMPLE, "node", "mini-program.mjs", platform.address(),
                    "http://localhost:" + backend.getAddress().getPort());
            assertThat(run.exit()).as(run.text()).isZero();
            assertThat(run.text()).doesNotContain("undefined");
            return platform.called();
        } finally {
            backend.stop(0);
        }
    }
}
