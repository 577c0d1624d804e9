package cn.cityapis.subsidy.catalogue;

import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.json.JsonMapper;

/** Publishes the shipped schemes at start: one that is refused stops the start with its reasons. */
@Configuration(proxyBeanMethods = false)
class CatalogueConfiguration {

    @Bean
    SchemeCatalogue schemeCatalogue(@Value("classpath:schemes/*.yaml") Resource[] documents) throws IOException {
        SchemeReader reader = new SchemeReader();
        List<CompiledScheme> published = new ArrayList<>();
        for (Resource document : documents) {
            published.add(Publication.publish(reader.read(document.getContentAsString(StandardCharsets.UTF_8))));
        }
        return new SchemeCatalogue(published);
    }

    @Bean
    SchemeVersions schemeVersions(DatabaseClient database, JsonMapper json, Clock clock) {
        return new SchemeVersions(database, json, clock);
    }

    /** The start waits for it on the main thread: without its versions the service has nothing to decide by. */
    @Bean
    @Order(1)
    ApplicationRunner registerSchemes(SchemeCatalogue catalogue, SchemeVersions versions) {
        return arguments -> versions.register(catalogue.all()).block();
    }
}
