package cn.cityapis.clients;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.NodeTool;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The TypeScript types of the document of all: made without a warning, compiled by the strict compiler, and used. */
class TypeScriptClientTest {

    private static final Path EXAMPLE = Path.of("examples/typescript");

    @BeforeAll
    static void install() {
        NodeTool.installed();
    }

    @Test
    void isMadeWithoutWarningsCompilesAndCalls() throws Exception {
        NodeTool.Outcome made = NodeTool.run(Path.of("."), "node_modules/.bin/openapi-typescript",
                Document.FILE.toString(), "--output", EXAMPLE.resolve("schema.ts").toString());
        assertThat(made.exit()).as(made.text()).isZero();
        assertThat(made.text()).doesNotContainIgnoringCase("warn").doesNotContain("⚠");
        NodeTool.Outcome compiled = NodeTool.run(Path.of("."), "node_modules/.bin/tsc", "--project",
                EXAMPLE.toString());
        assertThat(compiled.text()).isEmpty();
        assertThat(compiled.exit()).isZero();
        try (ExampleServer server = new ExampleServer(Document.read())) {
            NodeTool.Outcome run = NodeTool.run(Path.of("."), "node", "target/typescript/first-steps.js",
                    server.address(), "app-1", "secret", "jwt");
            assertThat(run.exit()).as(run.text()).isZero();
            assertThat(run.text()).doesNotContain("undefined");
            assertThat(server.called()).containsExactly("requestToken", "searchDocuments", "listHomes",
                    "requestToken", "eldercareCreateApplication");
        }
    }
}
