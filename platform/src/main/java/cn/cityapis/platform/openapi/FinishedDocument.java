package cn.cityapis.platform.openapi;

import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What is derived from the whole document. Imported last: springdoc calls customizers in the order of their definition. */
@Configuration(proxyBeanMethods = false)
public class FinishedDocument {

    @Bean
    OpenApiCustomizer sharedWords(Environment environment) {
        return new SharedWords(
                Binder.get(environment).bind("api.parameters", Bindable.mapOf(String.class, String.class))
                        .orElse(Map.of()));
    }

    @Bean
    OpenApiCustomizer kinds() {
        return new Kinds();
    }

    @Bean
    OpenApiCustomizer schemaForms() {
        return new SchemaForms();
    }

    @Bean
    OpenApiCustomizer fileBodies() {
        return new FileBodies();
    }

    @Bean
    OpenApiCustomizer derivedExamples() {
        return new DerivedExamples();
    }
}
