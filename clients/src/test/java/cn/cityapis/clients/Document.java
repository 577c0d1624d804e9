package cn.cityapis.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The document of all services; the gateway's tests leave it in a file. */
record Document(JsonNode tree) {

    static final Path FILE = Path.of("../gateway/target/openapi.json");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Document read() {
        assertThat(FILE).as("made by: mvn -pl gateway -am test -Dtest=MergedDocumentTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false").exists();
        try {
            return new Document(JSON.readTree(FILE.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param schema name of what is answered with 2xx as JSON */
    record Answer(String operation, String schema, JsonNode example) {
    }

    List<Answer> answers() {
        List<Answer> found = new ArrayList<>();
        tree.path("paths").forEach(path -> path.forEach(operation -> operation.path("responses").properties().stream()
                .filter(answer -> answer.getKey().startsWith("2"))
                .map(answer -> answer.getValue().path("content").path("application/json"))
                .filter(media -> media.path("schema").has("$ref"))
                .forEach(media -> found.add(new Answer(operation.path("operationId").asText(),
                        media.path("schema").path("$ref").asText().substring("#/components/schemas/".length()),
                        example(media))))));
        return found;
    }

    /** Missing if there is none; a path that is written out comes before one with a parameter. */
    JsonNode operation(String method, String path) {
        JsonNode paths = tree.path("paths");
        if (paths.has(path)) {
            return paths.path(path).path(method);
        }
        return paths.properties().stream()
                .filter(each -> path.matches(each.getKey().replaceAll("\\{[^}]+}", "[^/]+")))
                .map(Map.Entry::getValue).map(each -> each.path(method)).filter(each -> !each.isMissingNode())
                .findFirst().orElse(MissingNode.getInstance());
    }

    static JsonNode example(JsonNode media) {
        return media.has("example")
                ? media.get("example")
                : media.path("examples").valueStream().findFirst().map(named -> named.path("value"))
                        .orElse(MissingNode.getInstance());
    }
}
