package cn.cityapis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.identity.problem.IdentityProblem;
import cn.cityapis.platform.test.CommittedOpenApi;
import cn.cityapis.platform.test.contract.ValidExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document is kept by hand: it keeps the common rules, names each handler, and each operation answers as it says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest extends IdentityScene {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JsonNode document;
    private final Set<String> answered = new TreeSet<>();

    OpenApiTest() throws IOException {
        document = JSON.readTree(Files.readString(Path.of("openapi.json")));
    }

    @Test
    void theDocumentKeepsTheRulesOfAllDocuments() {
        CommittedOpenApi.keepsItsRules(document, "identity");
    }

    @Test
    void theDocumentHasEachHandlerAndNoOther() {
        Set<String> handlers = new TreeSet<>();
        identity().context().getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods().keySet().forEach(
                        mapping -> Objects.requireNonNull(mapping.getPathPatternsCondition()).getPatternValues()
                                .forEach(path -> mapping.getMethodsCondition().getMethods()
                                        .forEach(method -> handlers.add(method + " " + path))));
        handlers.removeIf(handler -> !handler.contains(" /api/"));
        Set<String> described = operations();
        described.removeIf(operation -> !operation.contains(" /api/"));
        assertThat(described).isEqualTo(handlers).hasSizeGreaterThan(8);
    }

    @Test
    void itListsEachRefusal() {
        Set<String> listed = new TreeSet<>();
        document.path("x-problems").forEach(problem -> listed.add(problem.path("code").asString() + " "
                + problem.path("status").asInt() + " " + problem.path("title").asString()));
        Set<String> known = new TreeSet<>();
        for (IdentityProblem problem : IdentityProblem.values()) {
            known.add(problem.code() + " " + problem.status().value() + " " + problem.title());
        }
        assertThat(listed).isEqualTo(known);
    }

    @Test
    void eachOperationAnswersAsTheDocumentSays() {
        Management admin = Management.of(identity());
        tokens();
        JsonNode form = example("post", "/api/identity/v1/clients");
        answers("post /api/identity/v1/clients", admin.post("/clients", form.toString()));
        answers("get /api/identity/v1/clients", admin.get("/clients?limit=2"));
        String id = form.path("clientId").asString();
        String base = "/api/identity/v1/clients/{clientId}";
        var read = admin.get("/clients/" + id);
        answers("get " + base, read);
        var changed = admin.put("/clients/" + id, example("put", base).toString(), Management.etag(read));
        answers("put " + base, changed);
        var renewed = admin.post("/clients/" + id + "/secrets", example("post", base + "/secrets").toString(),
                Management.etag(changed));
        answers("post " + base + "/secrets", renewed);
        var suspended = admin.post("/clients/" + id + "/suspension", null, Management.etag(renewed));
        answers("post " + base + "/suspension", suspended);
        answers("post " + base + "/resumption",
                admin.post("/clients/" + id + "/resumption", null, Management.etag(suspended)));
        answers("get " + base + "/history", admin.get("/clients/" + id + "/history"));
        keys(admin);
        refusals(admin);
        Set<String> lower = new TreeSet<>();
        operations().forEach(operation -> lower.add(operation.substring(0, operation.indexOf(' '))
                .toLowerCase(Locale.ROOT) + operation.substring(operation.indexOf(' '))));
        assertThat(answered).isEqualTo(lower);
    }

    private void tokens() {
        var token = identity().token("demo-chain", "demo-chain-secret",
                Map.of("grant_type", "client_credentials", "scope", "policy.read"));
        answers("post /oauth2/token", token);
        Map<String, String> its = Map.of("token", token.body().path("access_token").asString());
        answers("post /oauth2/introspect",
                identity().post("/oauth2/introspect", "demo-chain", "demo-chain-secret", its));
        answers("post /oauth2/revoke", identity().post("/oauth2/revoke", "demo-chain", "demo-chain-secret", its));
        answers("post /oauth2/introspect",
                identity().post("/oauth2/introspect", "demo-chain", "demo-chain-secret", its));
        for (String path : new String[]{"/oauth2/jwks", "/.well-known/openid-configuration",
                "/.well-known/oauth-authorization-server"}) {
            answers("get " + path, identity().get(path));
        }
    }

    private void keys(Management admin) {
        String base = "/api/identity/v1/signing-keys";
        answers("post " + base, admin.post("/signing-keys", example("post", base).toString()));
        var listed = admin.get("/signing-keys");
        answers("get " + base, listed);
        String next = listed.body().path("items").valueStream()
                .filter(key -> key.path("state").asString().equals("next")).findFirst().orElseThrow().path("kid")
                .asString();
        answers("post " + base + "/{kid}/withdrawal", admin.post("/signing-keys/" + next + "/withdrawal", null));
    }

    private void refusals(Management admin) {
        answers("post /oauth2/token", identity().token("demo-chain", "wrong", Map.of("grant_type", "x")));
        answers("post /api/identity/v1/clients", admin.post("/clients", "{}"));
        answers("get /api/identity/v1/clients/{clientId}", admin.get("/clients/nobody"));
    }

    private Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.path("paths").properties().forEach(path -> path.getValue().propertyNames()
                .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    private JsonNode operation(String method, String path) {
        return document.path("paths").path(path).path(method);
    }

    private JsonNode example(String method, String path) {
        return operation(method, path).at("/requestBody/content/application~1json/example");
    }

    private void answers(String operation, RunningIdentity.Answer answer) {
        String[] parts = operation.split(" ", 2);
        JsonNode answers = operation(parts[0], parts[1]).path("responses");
        boolean refused = answer.status() >= 400;
        JsonNode described = answers.path(refused ? "default" : Integer.toString(answer.status()));
        assertThat(described.isObject()).as("%s answers %s: %s", operation, answer.status(), answer.body()).isTrue();
        if (described.has("content")) {
            String type = answer.response().headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
            JsonNode schema = described.path("content").path(type).path("schema");
            assertThat(schema.isObject()).as("%s answers %s", operation, type).isTrue();
            assertThat(ValidExamples.violations(document, schema, answer.body())).as(operation).isEmpty();
            assertThat(unknown(schema, answer.body())).as("%s has what the document does not know", operation)
                    .isEmpty();
        }
        answered.add(operation);
    }

    /** Fields at the top that the schema has not. */
    private Set<String> unknown(JsonNode schema, JsonNode body) {
        JsonNode form = schema.has("$ref") ? document.at(schema.get("$ref").asString().substring(1)) : schema;
        Set<String> names = new TreeSet<>(body.propertyNames());
        names.removeAll(form.path("properties").propertyNames());
        return form.path("additionalProperties").asBoolean(false) ? Set.of() : names;
    }
}
