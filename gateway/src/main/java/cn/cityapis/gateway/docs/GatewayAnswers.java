package cn.cityapis.gateway.docs;

import cn.cityapis.gateway.problem.GatewayProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the gateway may answer instead of a service, and what it says beside each answer, in terms of OpenAPI. */
final class GatewayAnswers {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PROBLEM = "application/problem+json";
    private static final Map<String, String> NAMES = new TreeMap<>(Map.of("400", "BadRequest", "401", "Unauthorized",
            "429", "TooManyRequests", "500", "InternalError", "503", "Unavailable"));
    private static final String HEADERS = """
            {"RateLimit": {"description": "目前还可以请求多少次（r）、多少秒后恢复（t）", "schema": {"type": "string", "maxLength": 200}},
             "RateLimit-Policy": {"description": "所适用的限额：可以连发的次数（q）和恢复时间（w，秒）", "schema": {"type": "string", "maxLength": 200}},
             "Retry-After": {"description": "请在多少秒后重试", "schema": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 86400}}}
            """;

    private GatewayAnswers() {
    }

    /** Changes the operation. */
    static void add(ObjectNode operation) {
        ObjectNode answers = operation.withObjectProperty("responses");
        answers.forEach(answer -> limits((ObjectNode) answer));
        JsonNode oauth = answers.at("/default/content/application~1json");
        NAMES.forEach((status, name) -> {
            if (oauth.isObject()) {
                answers.set(status, eitherForm((ObjectNode) answers.get("default"), status));
            } else if (!status.equals("401") || !isPublic(operation)) {
                answers.putObject(status).put("$ref", "#/components/responses/" + name);
            }
        });
        if (oauth.isObject()) {
            ((ObjectNode) answers.at("/default/content")).set(PROBLEM, problem());
        }
        operation.set("responses", sorted(answers));
    }

    /** The token endpoints refuse as OAuth has it, the gateway before them as everywhere. */
    private static ObjectNode eitherForm(ObjectNode oauth, String status) {
        ObjectNode answer = oauth.deepCopy();
        ((ObjectNode) answer.get("content")).set(PROBLEM, problem());
        if (waits(status)) {
            reference(answer.withObjectProperty("headers"), "Retry-After");
        }
        return answer;
    }

    private static boolean isPublic(ObjectNode operation) {
        return operation.has("security") && operation.get("security").isEmpty();
    }

    /** Every answer says how much is left. */
    private static void limits(ObjectNode answer) {
        ObjectNode headers = answer.withObjectProperty("headers");
        reference(headers, "RateLimit");
        reference(headers, "RateLimit-Policy");
    }

    private static void reference(ObjectNode headers, String name) {
        headers.putObject(name).put("$ref", "#/components/headers/" + name);
    }

    private static boolean waits(String status) {
        return status.equals("429") || status.equals("503");
    }

    private static ObjectNode problem() {
        ObjectNode media = JSON.createObjectNode();
        media.putObject("schema").put("$ref", MergedNames.SCHEMAS + "Problem");
        return media;
    }

    /** The gateway's refusals, as the services list theirs. */
    static List<ObjectNode> problems() {
        return Arrays.stream(GatewayProblem.values()).map(problem -> JSON.createObjectNode().put("code", problem.code())
                .put("status", problem.status().value()).put("title", problem.title())).toList();
    }

    /** @param problems of all, for the texts of the answers */
    static ObjectNode components(List<JsonNode> problems) {
        ObjectNode components = JSON.createObjectNode();
        components.set("headers", JSON.readTree(HEADERS));
        ObjectNode answers = components.putObject("responses");
        NAMES.forEach((status, name) -> {
            ObjectNode answer = answers.putObject(name).put("description", text(problems, status));
            limits(answer);
            if (waits(status)) {
                reference(answer.withObjectProperty("headers"), "Retry-After");
            }
            answer.putObject("content").set(PROBLEM, problem());
        });
        return components;
    }

    private static String text(List<JsonNode> problems, String status) {
        return problems.stream().filter(problem -> problem.path("status").asString().equals(status))
                .map(problem -> problem.path("code").asString() + " " + problem.path("title").asString())
                .collect(Collectors.joining("；"));
    }

    private static ObjectNode sorted(ObjectNode object) {
        ObjectNode sorted = JSON.createObjectNode();
        object.properties().stream().sorted(Map.Entry.comparingByKey())
                .forEach(each -> sorted.set(each.getKey(), each.getValue()));
        return sorted;
    }
}
