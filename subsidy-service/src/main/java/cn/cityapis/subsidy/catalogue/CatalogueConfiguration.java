package cn.cityapis.subsidy.catalogue;

import cn.cityapis.platform.start.StartTask;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.r2dbc.core.DatabaseClient;

/** Publishes the city's first schemes at start: one that is refused stops the start with its reasons. */
@Configuration(proxyBeanMethods = false)
class CatalogueConfiguration {

    @Bean
    PublishedSchemes publishedSchemes(@Value("${subsidy.schemes}") Resource[] documents,
            WorkingCalendar calendar) throws IOException {
        SchemeReader reader = new SchemeReader();
        List<PublishedSchemes.Published> published = new ArrayList<>();
        for (Resource document : documents) {
            String text = document.getContentAsString(StandardCharsets.UTF_8);
            for (SchemeReader.Document one : reader.readAll(text)) {
                published.add(
                        new PublishedSchemes.Published(Publication.publish(one.scheme(), calendar), one.document()));
            }
        }
        return new PublishedSchemes(published);
    }

    @Bean
    SchemeCatalogue schemeCatalogue(PublishedSchemes published, Clock clock) {
        return new SchemeCatalogue(published.list().stream()
                .map(one -> new SchemeCatalogue.Version(one.scheme(), LocalDate.MIN)).toList(),
                () -> LocalDate.now(clock));
    }

    @Bean
    FollowVersions followVersions(SchemeVersions versions, SchemeCatalogue catalogue, WorkingCalendar calendar) {
        return new FollowVersions(versions, catalogue, calendar);
    }

    @Bean
    SchemeVersions schemeVersions(DatabaseClient database, Clock clock) {
        return new SchemeVersions(database, clock);
    }

    /** Without its versions the service has nothing to decide by. */
    @Bean
    @Order(1)
    StartTask registerSchemes(PublishedSchemes published, SchemeVersions versions, FollowVersions follow) {
        return () -> versions.register(published).flatMap(follow::begin);
    }
}
