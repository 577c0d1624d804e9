package cn.cityapis.subsidy.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

@ServiceTest(properties = "subsidy.jobs.every=PT10M")
class SchemeVersionsStoreTest {

    @Autowired
    private SchemeVersions versions;

    @Autowired
    private PublishedSchemes shipped;

    @Autowired
    private DatabaseClient database;

    private static PublishedSchemes read(String text) {
        SchemeReader reader = new SchemeReader();
        return new PublishedSchemes(
                List.of(new PublishedSchemes.Published(Publication.publish(reader.read(text)),
                        reader.canonical(text))));
    }

    /** The service has registered them at start: a second start finds the same, comments and layout aside. */
    @Test
    void aVersionIsRegisteredOnce() {
        String text = ShippedSchemes.text(ShippedSchemes.RD);
        versions.register(read(text)).block();
        versions.register(read("# a comment\n" + text + "\n")).block();
    }

    @Test
    void aPublishedVersionNeverChanges() {
        String text = ShippedSchemes.text(ShippedSchemes.RD);
        String changed = text.replace("label: 本人全职在岗", "label: 本人在岗");
        assertThat(changed).isNotEqualTo(text);
        assertThatThrownBy(() -> versions.register(read(changed)).block()).isInstanceOf(PublicationRefused.class)
                .hasMessageContaining("新的版本号");
        versions.register(read(changed.replace("version: 1\n", "version: 2\n"))).block();
    }

    /** The job looks for new versions also while a first start still registers the shipped ones. */
    @Test
    void whileTheyAreRegisteredTheCatalogueStaysWhole() {
        SchemeCatalogue catalogue = new SchemeCatalogue(shipped.list().stream()
                .map(one -> new SchemeCatalogue.Version(one.scheme(), LocalDate.MIN)).toList(), () -> LocalDate.MAX);
        int whole = catalogue.versions().size();
        SchemeVersions begun = new SchemeVersions(database, Clock.systemUTC()) {
            @Override
            Mono<List<Stored>> all() {
                return super.all().map(all -> all.stream()
                        .filter(one -> !one.scheme().equals(ShippedSchemes.RD)).toList());
            }
        };
        new FollowVersions(begun, catalogue).refresh().block();
        assertThat(catalogue.versions()).hasSize(whole);
    }
}
