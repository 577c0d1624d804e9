package cn.cityapis.platform.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Answers that are no JSON are a text or a file, whatever the type that the handler returns looks like as JSON. */
final class FileBodies implements OpenApiCustomizer {

    @Override
    public void customise(OpenAPI api) {
        api.getPaths().values().stream().flatMap(path -> path.readOperations().stream()).forEach(FileBodies::correct);
    }

    private static void correct(Operation operation) {
        operation.getResponses().values().forEach(answer -> correct(answer.getContent()));
    }

    private static void correct(@Nullable Content content) {
        if (content != null) {
            content.forEach((type, media) -> {
                if (!type.endsWith("json")) {
                    correct(type, media);
                }
            });
        }
    }

    /** OpenAPI knows bytes as base64 ({@code byte}) and, here right, as they are ({@code binary}). */
    private static void correct(String type, MediaType media) {
        Schema<?> schema = media.getSchema();
        boolean bytes = schema != null && "byte".equals(schema.getFormat());
        boolean parts = schema != null && schema.getItems() != null;
        if (bytes || parts) {
            Schema<?> text = new Schema<>();
            text.setTypes(Set.of("string"));
            text.setFormat(type.startsWith("text/") ? null : "binary");
            media.setSchema(text);
        }
    }
}
