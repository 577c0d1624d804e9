package cn.cityapis.e2e;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docker-compose.yml as data, with its merges resolved and its variables still in it. */
record ComposeFile(Map<String, Object> root) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::([?-])([^}]*))?}");

    static ComposeFile read() throws IOException {
        try (Reader text = Files.newBufferedReader(ProjectFiles.root().resolve("docker-compose.yml"))) {
            return new ComposeFile(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
        }
    }

    @SuppressWarnings("unchecked")
    Map<String, Map<String, Object>> services() {
        return (Map<String, Map<String, Object>>) root.get("services");
    }

    /** The environment of a service with variables replaced as Compose does it. */
    @SuppressWarnings("unchecked")
    Map<String, String> environment(String service, Map<String, String> variables) {
        Map<String, Object> raw = (Map<String, Object>) services().get(service).getOrDefault("environment", Map.of());
        Map<String, String> resolved = new LinkedHashMap<>();
        raw.forEach((name, value) -> resolved.put(name, substitute(value.toString(), variables)));
        return resolved;
    }

    @SuppressWarnings("unchecked")
    List<String> healthCommand(String service) {
        List<String> test = (List<String>) ((Map<String, Object>) services().get(service).get("healthcheck"))
                .get("test");
        return test.subList(1, test.size());
    }

    /** Variables that have to be set: those without a default. */
    static TreeSet<String> required(String text) {
        TreeSet<String> names = new TreeSet<>();
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            if (!"-".equals(variable.group(2))) {
                names.add(variable.group(1));
            }
        }
        return names;
    }

    private static String substitute(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text).replaceAll(variable -> {
            String value = variables.getOrDefault(variable.group(1), "");
            if (value.isEmpty() && "-".equals(variable.group(2))) {
                return Matcher.quoteReplacement(variable.group(3));
            }
            if (value.isEmpty() && "?".equals(variable.group(2))) {
                throw new IllegalStateException(variable.group(1) + ": " + variable.group(3));
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
