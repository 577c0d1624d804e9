package cn.cityapis.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java client of the document of all: made and compiled without a warning, and used. */
class JavaClientTest {

    private static final String STEPS = "FirstSteps";

    /** The tests of the running platform use it, too. */
    private static final Path MADE = Path.of("target/java");

    @TempDir
    private Path folder;

    /** One test, as making and compiling it takes half a minute. */
    @Test
    void isMadeWithoutWarningsCompilesAndUnderstandsEveryAnswer() throws Exception {
        assertThat(JavaClient.generate(Document.FILE, folder)).as("warnings of the generator").isEmpty();
        Path classes = Files.createDirectories(MADE.resolve("classes"));
        Files.writeString(MADE.resolve("classpath"), System.getProperty("java.class.path"));
        assertThat(JavaClient.compile(List.of(folder.resolve("src/main/java"), Path.of("examples/java")), classes))
                .as("warnings of javac").isEmpty();
        try (URLClassLoader client = new URLClassLoader(new URL[]{classes.toUri().toURL()},
                getClass().getClassLoader())) {
            Document document = Document.read();
            assertThat(misunderstood(document, client)).isEmpty();
            try (ExampleServer server = new ExampleServer(document)) {
                client.loadClass(STEPS).getMethod("main", String[].class).invoke(null,
                        (Object) new String[]{server.address(), "app-1", "secret", "jwt"});
                assertThat(server.called()).containsExactly("requestToken", "searchDocuments", "listHomes",
                        "requestToken", "eldercareCreateApplication");
            }
        }
    }

    /** Reads the example of every answer into the class of its schema, and writes it again. */
    private static List<String> misunderstood(Document document, ClassLoader client) throws Exception {
        ObjectMapper json = (ObjectMapper) client.loadClass("cn.cityapis.client.ApiClient")
                .getMethod("createDefaultObjectMapper").invoke(null);
        List<String> wrong = new ArrayList<>();
        int read = 0;
        for (Document.Answer answer : document.answers()) {
            Class<?> type = client.loadClass("cn.cityapis.client.model." + answer.schema());
            JsonNode again = json.valueToTree(json.treeToValue(answer.example(), type));
            read++;
            if (!same(answer.example(), again)) {
                wrong.add(answer.operation() + ": " + answer.example() + " became " + again);
            }
        }
        assertThat(read).isGreaterThan(200);
        return wrong;
    }

    /** What the example has; the client may add empty lists. A moment may be in another zone, 31 be 31.0. */
    private static boolean same(JsonNode example, JsonNode again) {
        if (example.isObject()) {
            return example.properties().stream()
                    .allMatch(field -> same(field.getValue(), again.path(field.getKey())));
        }
        if (example.isArray()) {
            return example.size() == again.size() && IntStream.range(0, example.size())
                    .allMatch(i -> same(example.get(i), again.get(i)));
        }
        if (example.isNumber() && again.isNumber()) {
            return example.decimalValue().compareTo(again.decimalValue()) == 0;
        }
        return example.equals(again) || example.asText().equals(again.asText()) || sameMoment(example, again);
    }

    private static boolean sameMoment(JsonNode one, JsonNode other) {
        try {
            return OffsetDateTime.parse(one.asText()).isEqual(OffsetDateTime.parse(other.asText()));
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
