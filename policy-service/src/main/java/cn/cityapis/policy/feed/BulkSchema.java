package cn.cityapis.policy.feed;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Objects;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The database writes the articles of a line as JSON; springdoc takes them for a text. */
@Configuration(proxyBeanMethods = false)
class BulkSchema {

    @Bean
    OpenApiCustomizer bulkArticles() {
        return api -> {
            ModelConverters.getInstance(true).readAll(BulkDocument.Item.class)
                    .forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
            Schema<?> line = Objects.requireNonNull(api.getComponents().getSchemas().get("BulkDocument"));
            Objects.requireNonNull(line.getProperties().get("articles")).setTypes(Set.of("array"));
        };
    }
}
