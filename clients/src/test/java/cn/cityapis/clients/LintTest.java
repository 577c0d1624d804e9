package cn.cityapis.clients;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.NodeTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spectral has nothing to say about the document of all services; {@code .spectral.yaml} has the rules. */
class LintTest {

    @BeforeAll
    static void install() {
        NodeTool.installed();
    }

    @Test
    void theDocumentOfAllServicesIsClean() {
        Document.read();
        assertThat(lint(Document.FILE)).contains("No results with a severity of 'hint' or higher found!");
    }

    /** Otherwise a rule set that was not found would pass for a clean document. */
    @Test
    void bothRuleSetsAreAsked(@TempDir Path folder) throws IOException {
        Path flawed = folder.resolve("flawed.json");
        Files.writeString(flawed, """
                {"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "servers": [{"url": "http://api.test"}],
                 "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "x"}}}}}}
                """);
        assertThat(lint(flawed)).contains("operation-description", "owasp:api8:2023-no-server-http");
    }

    private static String lint(Path document) {
        return NodeTool.run(Path.of("."), "node_modules/.bin/spectral", "lint", document.toString(), "--ruleset",
                ".spectral.yaml", "--fail-severity", "hint", "--format", "text").text();
    }
}
