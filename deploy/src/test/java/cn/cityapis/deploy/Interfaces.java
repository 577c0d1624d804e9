package cn.cityapis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The committed interface documents, and whether a call is one that they know. */
@SuppressWarnings("unchecked")
final class Interfaces {

    private Interfaces() {
    }

    /** The operation is there, and a body has the fields that it must have and none that it does not know. */
    static void assertTakes(String method, String path, String body, String call) {
        String service = path.split("/", -1)[2];
        String file = service.equals("identity") ? "identity/openapi.json" : service + "-service/openapi.json";
        Map<String, Object> document = (Map<String, Object>) yaml(Project.text(file));
        Map<String, Object> operation = ((Map<String, Map<String, Object>>) document.get("paths")).entrySet().stream()
                .filter(one -> Pattern.matches(one.getKey().replaceAll("\\{[^}]*}", "[^/]+"), path))
                .sorted((one, other) -> Integer.compare(one.getKey().indexOf('{'), other.getKey().indexOf('{')))
                .map(one -> (Map<String, Object>) one.getValue().get(method.toLowerCase(java.util.Locale.ROOT)))
                .filter(one -> one != null).findFirst()
                .orElseThrow(() -> new AssertionError("no " + method + " " + path + ": " + call));
        if (!body.isEmpty()) {
            Object schema = Manifests.at(operation, "requestBody", "content", "application/json", "schema");
            assertThat(schema).as(call).isNotNull();
            fits(yaml(body), schema, document, call);
        }
    }

    private static void fits(Object value, Object schema, Map<String, Object> document, String where) {
        Map<String, Object> known = resolved((Map<String, Object>) schema, document);
        if (value instanceof Map<?, ?> object && known.get("properties") instanceof Map<?, ?> properties) {
            Map<String, Object> fields = (Map<String, Object>) object;
            assertThat(((Map<String, Object>) properties).keySet()).as(where).containsAll(fields.keySet());
            assertThat(fields.keySet()).as(where).containsAll((List<String>) known.getOrDefault("required", List.of()));
            fields.forEach((name, field) -> fits(field, properties.get(name), document, where + " " + name));
        } else if (value instanceof List<?> items && known.get("items") != null) {
            items.forEach(item -> fits(item, known.get("items"), document, where));
        }
    }

    private static Map<String, Object> resolved(Map<String, Object> schema, Map<String, Object> document) {
        if (schema.get("$ref") instanceof String reference) {
            Object target = Manifests.at(document, (Object[]) reference.substring(2).split("/", -1));
            return resolved((Map<String, Object>) target, document);
        }
        return schema;
    }

    /** JSON is YAML. */
    private static Object yaml(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(64 * 1024 * 1024);
        return new Yaml(new SafeConstructor(options)).load(text);
    }
}
