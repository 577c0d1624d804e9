package cn.cityapis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ComposeFileTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ComposeFile compose;

    ComposeFileTest() throws IOException {
        compose = ComposeFile.read();
    }

    @Test
    void isValidAgainstTheComposeSpecification() throws IOException {
        assertThat(validate(compose.root())).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatIsNoComposeFile() throws IOException {
        Map<String, Object> wrong = new LinkedHashMap<>(compose.root());
        wrong.put("services", Map.of("policy", Map.of("imagge", "x")));
        assertThat(validate(wrong)).isNotEmpty();
        wrong.put("services", Map.of("policy", Map.of("image", 7)));
        assertThat(validate(wrong)).isNotEmpty();
    }

    @Test
    void everySecretComesFromTheEnvFileAndNoneHasADefault() {
        compose.services().forEach((service, definition) -> {
            if (definition.get("environment") instanceof Map<?, ?> environment) {
                environment.forEach((name, value) -> {
                    if (name.toString().matches(".*(PASSWORD|KEYS?|SECRET)")) {
                        assertThat(value.toString()).as("%s of %s", name, service).matches("\\$\\{\\w+:\\?[^}]+}");
                    }
                });
            }
        });
        assertThatThrownBy(() -> compose.environment("policy", Map.of())).hasMessageContaining("POLICY_DB_PASSWORD");
    }

    @Test
    void theExampleNamesEveryVariableAndHoldsNoSecret() throws IOException {
        Map<String, String> example = variables(ProjectFiles.root().resolve("deploy/compose/env.example"));
        TreeSet<String> required = ComposeFile
                .required(Files.readString(ProjectFiles.root().resolve("docker-compose.yml")));
        assertThat(example.keySet()).containsAll(required);
        assertThat(example.entrySet().stream().filter(e -> !e.getValue().isEmpty()).map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("COMPOSE_FILE", "VERSION", "PUBLIC_URL", "PUBLIC_PORT");
    }

    @Test
    void newEnvFillsEverySecretAndOverwritesNothing(@TempDir Path folder) throws Exception {
        Map<String, String> made = ComposeEnvFile.make(folder);
        assertThat(made.values()).doesNotContain("");
        assertThat(made.get("POLICY_PII_KEYS")).matches("k1:[0-9a-f]{32}");
        assertThat(made.get("IDENTITY_KEY_SECRET")).matches("[0-9a-f]{64}");
        assertThat(made.get("ID_NUMBER_KEYS")).matches("k1:[0-9a-f]{64}");
        assertThat(made.get("POLICY_DB_PASSWORD")).isNotEqualTo(made.get("SUBSIDY_DB_PASSWORD"));
        assertThatThrownBy(() -> ComposeEnvFile.make(folder)).hasMessageContaining("there already");
    }

    @Test
    void eachServiceHasADatabaseARoleAndAPasswordOfItsOwn() {
        Map<String, String> variables = ComposeFile.required(compose.root().toString()).stream()
                .collect(Collectors.toMap(name -> name, name -> name));
        for (String service : List.of("identity", "policy", "eldercare", "subsidy", "pharmacy")) {
            assertThat(compose.environment(service, variables)).containsEntry("DB_NAME", service)
                    .containsEntry("DB_USER", service)
                    .containsEntry("DB_PASSWORD", service.toUpperCase(java.util.Locale.ROOT) + "_DB_PASSWORD");
        }
        assertThat(compose.environment("gateway", variables)).doesNotContainKey("DB_PASSWORD");
    }

    @Test
    void everythingHasAHealthCheckAndOnlyTheGatewayIsSeenFromOutside() {
        compose.services().forEach((name, service) -> {
            assertThat(service).as(name).containsKey("healthcheck");
            assertThat(service.containsKey("ports")).as("ports of %s", name).isEqualTo(name.equals("gateway"));
        });
    }

    static Map<String, String> variables(Path envFile) throws IOException {
        return Files.readAllLines(envFile).stream().filter(line -> line.contains("=") && !line.startsWith("#"))
                .map(line -> line.split("=", 2)).collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    /** The schema's own id is no address, and the validator insists on one. */
    private static JsonNode withoutRelativeId(InputStream text) {
        ObjectNode schema = (ObjectNode) JSON.readTree(text);
        schema.remove("$id");
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        return schema;
    }

    private static List<Error> validate(Map<String, Object> document) throws IOException {
        try (InputStream text = ComposeFileTest.class.getResourceAsStream("/compose-spec/compose-spec.json")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(SchemaLocation.of("https://compose-spec.invalid/"), withoutRelativeId(text));
            return schema.validate(JSON.writeValueAsString(document), InputFormat.JSON);
        }
    }
}
