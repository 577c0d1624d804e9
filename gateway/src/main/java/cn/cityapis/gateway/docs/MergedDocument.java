package cn.cityapis.gateway.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One OpenAPI document of all services and of identity, for generators and other tools. Each service is one tag; the
 * gateway's own answers are added to every operation.
 */
final class MergedDocument {

    private static final JsonMapper JSON = JsonMapper.shared();
    /** A tag of their own: generators let the webhooks of a tag take the place of its operations. */
    private static final String EVENTS = "events";
    private static final String INFO = """
            {"title": "城市公共服务开放接口", "version": "1",
             "description": "政策文件、公办养老、人才补贴、集采药品和身份五部分的全部接口，供生成客户端代码。出错时返回 problem+json（RFC 9457），代码表见 /docs/errors；写操作带 Idempotency-Key，断网后以同一个值重试；修改带 If-Match。"}
            """;

    private final Map<String, ObjectNode> parts;
    private final MergedNames names;
    private final ObjectNode whole = JSON.createObjectNode();

    private MergedDocument(Map<String, ObjectNode> parts) {
        this.parts = parts;
        this.names = MergedNames.of(parts);
    }

    /**
     * @param parts documents by service; not changed
     * @param publicUrl the platform as seen from outside
     */
    static ObjectNode of(Map<String, ObjectNode> parts, String publicUrl) {
        Map<String, ObjectNode> copies = new LinkedHashMap<>();
        parts.forEach((service, part) -> copies.put(service, part.deepCopy()));
        return new MergedDocument(copies).merge(publicUrl);
    }

    private ObjectNode merge(String publicUrl) {
        whole.set("openapi", parts.values().iterator().next().get("openapi"));
        ObjectNode info = (ObjectNode) JSON.readTree(INFO);
        info.putObject("contact").put("name", "平台运营方").put("url", publicUrl + "/docs");
        whole.set("info", info);
        whole.putArray("servers").addObject().put("url", publicUrl).put("description", "对外地址").put("x-internal", false);
        whole.putArray("tags");
        whole.putObject("paths");
        parts.forEach(this::add);
        whole.withArrayProperty("tags").addObject().put("name", EVENTS).put("description",
                "推送到订阅地址的事件，见 /docs/webhooks");
        List<JsonNode> problems = problems();
        whole.withObjectProperty("components").setAll(GatewayAnswers.components(problems));
        whole.putArray("x-problems").addAll(problems);
        return whole;
    }

    private void add(String service, ObjectNode part) {
        names.rename(service, part);
        whole.withArrayProperty("tags").addObject().put("name", service)
                .put("description", part.at("/info/title").asString() + "：" + part.at("/info/description").asString());
        part.path("paths").properties().forEach(path -> {
            path.getValue().forEach(operation -> belongsTo(service, (ObjectNode) operation));
            path.getValue().forEach(operation -> GatewayAnswers.add((ObjectNode) operation));
            whole.withObjectProperty("paths").set(path.getKey(), path.getValue());
        });
        part.path("components").properties().forEach(section -> section.getValue().properties()
                .forEach(each -> whole.withObjectProperty("components").withObjectProperty(section.getKey()).set(
                        section.getKey().equals("schemas") ? names.schema(service, each.getKey()) : each.getKey(),
                        each.getValue())));
        part.path("webhooks").properties().forEach(event -> {
            ((ObjectNode) event.getValue().path("post")).put("operationId", MergedNames.event(event.getKey()))
                    .putArray("tags").add(EVENTS);
            whole.withObjectProperty("webhooks").set(event.getKey(), event.getValue());
        });
    }

    private void belongsTo(String service, ObjectNode operation) {
        operation.put("operationId", names.operation(service, operation.path("operationId").asString()));
        operation.putArray("tags").add(service);
    }

    /** By code; the gateway's own too. */
    private List<JsonNode> problems() {
        Map<String, JsonNode> byCode = new TreeMap<>();
        GatewayAnswers.problems().forEach(problem -> byCode.put(problem.path("code").asString(), problem));
        parts.values().forEach(part -> part.path("x-problems")
                .forEach(problem -> byCode.put(problem.path("code").asString(), problem)));
        return new ArrayList<>(byCode.values());
    }
}
