package cn.cityapis.platform.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Gives every JSON body an example made of its fields' examples, where the handler names none. */
final class DerivedExamples implements OpenApiCustomizer {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+");

    @Override
    public void customise(OpenAPI api) {
        ExampleOfSchema examples = new ExampleOfSchema(api.getComponents().getSchemas());
        api.getPaths().values().stream().flatMap(path -> path.readOperations().stream())
                .forEach(operation -> add(operation, examples));
    }

    private static void add(Operation operation, ExampleOfSchema examples) {
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(DerivedExamples::asText);
        }
        if (operation.getRequestBody() != null) {
            add(operation.getRequestBody().getContent(), examples);
        }
        operation.getResponses().forEach((status, answer) -> {
            if (status.startsWith("2")) {
                add(answer.getContent(), examples);
            }
        });
    }

    /** An annotation knows texts only, and 371002 is read as a number whatever it is an example of. */
    private static void asText(Parameter parameter) {
        Schema<?> schema = parameter.getSchema();
        boolean text = schema != null && ("string".equals(schema.getType())
                || schema.getTypes() != null && schema.getTypes().contains("string"));
        if (text && parameter.getExample() != null && NUMBER.matcher(parameter.getExample().toString()).matches()) {
            parameter.setExample(parameter.getExample().toString());
        }
    }

    private static void add(@Nullable Content content, ExampleOfSchema examples) {
        if (content != null) {
            content.forEach((type, media) -> {
                if (ExampleOfSchema.isJson(type) && !has(media)) {
                    Object example = examples.of(media.getSchema());
                    if (example != null) {
                        media.setExample(example);
                    }
                }
            });
        }
    }

    private static boolean has(MediaType media) {
        return media.getExample() != null || media.getExamples() != null && !media.getExamples().isEmpty();
    }
}
