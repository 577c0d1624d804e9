package cn.cityapis.platform.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Says in one place what stands in many: parameters that mean the same in every path, and the pages of lists.
 *
 * @param parameters name to Chinese text, {@code api.parameters} of the service; a text at the handler comes first
 */
record SharedWords(Map<String, String> parameters) implements OpenApiCustomizer {

    private static final Map<String, String> ANSWERS = Map.of("OK", "成功", "Created", "已创建", "Accepted", "已受理，随后办理",
            "No Content", "成功，没有内容");

    @Override
    public void customise(OpenAPI api) {
        api.getPaths().values().stream().flatMap(path -> path.readOperations().stream())
                .flatMap(operation -> orEmpty(operation.getParameters()))
                .forEach(this::describe);
        api.getPaths().values().stream().flatMap(path -> path.readOperations().stream())
                .flatMap(operation -> operation.getResponses().values().stream()).forEach(SharedWords::describe);
        Components components = api.getComponents();
        components.getSchemas().values().stream().filter(SharedWords::isPage)
                .forEach(page -> page.setDescription("列表的一页：" + itemText(page, components)));
    }

    private void describe(Parameter parameter) {
        if (parameter.getDescription() == null || parameter.getDescription().isBlank()) {
            parameter.setDescription(parameters.get(parameter.getName()));
        }
    }

    private static void describe(ApiResponse answer) {
        answer.setDescription(ANSWERS.getOrDefault(answer.getDescription(), answer.getDescription()));
        if (answer.getHeaders() != null && answer.getHeaders().containsKey("ETag")) {
            answer.getHeaders().get("ETag").setDescription("内容的版本；修改时原样放在 If-Match 请求头中");
        }
    }

    private static boolean isPage(Schema<?> schema) {
        return schema.getDescription() == null && schema.getProperties() != null
                && schema.getProperties().keySet().equals(Set.of("items", "nextCursor"));
    }

    private static String itemText(Schema<?> page, Components components) {
        Schema<?> item = Objects.requireNonNull(page.getProperties().get("items")).getItems();
        Schema<?> named = item.get$ref() == null
                ? item
                : components.getSchemas().get(item.get$ref().substring("#/components/schemas/".length()));
        return named == null || named.getDescription() == null ? "" : named.getDescription();
    }

    private static Stream<Parameter> orEmpty(@Nullable List<Parameter> parameters) {
        return parameters == null ? Stream.of() : parameters.stream();
    }
}
