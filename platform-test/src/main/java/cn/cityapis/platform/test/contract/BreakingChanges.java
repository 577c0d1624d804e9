package cn.cityapis.platform.test.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a client of the released document can no longer rely on. Understands OpenAPI 3.1. */
public final class BreakingChanges {

    private final JsonNode released;
    private final JsonNode now;
    private final List<String> found = new ArrayList<>();

    private BreakingChanges(JsonNode released, JsonNode now) {
        this.released = released;
        this.now = now;
    }

    /** One line for each, the same for the same change. */
    public static List<String> between(JsonNode released, JsonNode now) {
        BreakingChanges changes = new BreakingChanges(released, now);
        changes.operations();
        changes.problems();
        changes.events();
        return changes.found.stream().distinct().toList();
    }

    private void operations() {
        released.path("paths").properties().forEach(path -> path.getValue().properties().forEach(method -> {
            String name = method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey();
            JsonNode fresh = now.path("paths").path(path.getKey()).path(method.getKey());
            if (fresh.isMissingNode()) {
                found.add(name + ": is gone");
            } else {
                operation(name, method.getValue(), fresh);
            }
        }));
    }

    private void operation(String name, JsonNode old, JsonNode fresh) {
        if (!old.path("operationId").equals(fresh.path("operationId"))) {
            found.add(name + ": operationId is " + fresh.path("operationId").asString("none"));
        }
        access(name, old.path("x-access"), fresh.path("x-access"));
        parameters(name, old.path("parameters"), fresh.path("parameters"));
        body(name + " body", old.path("requestBody"), fresh.path("requestBody"));
        old.path("responses").properties().forEach(answer -> {
            String where = name + " answer " + answer.getKey();
            if (fresh.path("responses").has(answer.getKey())) {
                content(where, answer.getValue().path("content"),
                        fresh.get("responses").get(answer.getKey()).path("content"), SchemaChanges.Way.RECEIVED);
            } else {
                found.add(where + ": is gone");
            }
        });
    }

    private void access(String name, JsonNode old, JsonNode fresh) {
        if (!old.path("scope").equals(fresh.path("scope"))) {
            found.add(name + ": scope is " + fresh.path("scope").asString("none"));
        }
        if (fresh.path("citizen").asBoolean(false) && !old.path("citizen").asBoolean(false)) {
            found.add(name + ": now only for citizens");
        }
        List<String> roles = fresh.path("roles").valueStream().map(JsonNode::asString).toList();
        if (roles.isEmpty()) {
            return;
        }
        if (old.path("roles").isEmpty()) {
            found.add(name + ": now only for the roles " + roles);
        }
        old.path("roles").valueStream().map(JsonNode::asString).filter(role -> !roles.contains(role))
                .forEach(role -> found.add(name + ": no longer for the role " + role));
    }

    private void parameters(String name, JsonNode old, JsonNode fresh) {
        Map<String, JsonNode> before = byName(old);
        Map<String, JsonNode> after = byName(fresh);
        before.forEach((parameter, described) -> {
            if (after.containsKey(parameter)) {
                new SchemaChanges(released, now, SchemaChanges.Way.SENT, found::add).compare(name + " " + parameter,
                        described.path("schema"), after.get(parameter).path("schema"));
            } else {
                found.add(name + " " + parameter + ": is gone");
            }
        });
        after.forEach((parameter, described) -> {
            boolean wasRequired = before.containsKey(parameter)
                    && before.get(parameter).path("required").asBoolean(false);
            if (described.path("required").asBoolean(false) && !wasRequired) {
                found.add(name + " " + parameter + ": has become required");
            }
        });
    }

    private static Map<String, JsonNode> byName(JsonNode parameters) {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        parameters.forEach(each -> named
                .put(each.path("in").asString() + " parameter " + each.path("name").asString(), each));
        return named;
    }

    private void body(String name, JsonNode old, JsonNode fresh) {
        if (fresh.path("required").asBoolean(false) && !old.path("required").asBoolean(false)) {
            found.add(name + ": has become required");
        }
        content(name, old.path("content"), fresh.path("content"), SchemaChanges.Way.SENT);
    }

    private void content(String name, JsonNode old, JsonNode fresh, SchemaChanges.Way way) {
        old.properties().forEach(media -> {
            if (fresh.has(media.getKey())) {
                new SchemaChanges(released, now, way, found::add).compare(name, media.getValue().path("schema"),
                        fresh.get(media.getKey()).path("schema"));
            } else {
                found.add(name + ": " + media.getKey() + " is gone");
            }
        });
    }

    private void problems() {
        released.path("x-problems").forEach(problem -> {
            String code = problem.path("code").asString();
            JsonNode fresh = now.path("x-problems").valueStream()
                    .filter(each -> each.path("code").asString().equals(code)).findFirst().orElse(null);
            if (fresh == null) {
                found.add("problem " + code + ": is gone");
            } else if (!fresh.path("status").equals(problem.path("status"))) {
                found.add("problem " + code + ": status is " + fresh.path("status"));
            }
        });
    }

    private void events() {
        released.path("webhooks").properties().forEach(event -> {
            if (now.path("webhooks").has(event.getKey())) {
                content("event " + event.getKey(), event.getValue().at("/post/requestBody/content"),
                        now.path("webhooks").path(event.getKey()).at("/post/requestBody/content"),
                        SchemaChanges.Way.RECEIVED);
            } else {
                found.add("event " + event.getKey() + ": is gone");
            }
        });
    }
}
