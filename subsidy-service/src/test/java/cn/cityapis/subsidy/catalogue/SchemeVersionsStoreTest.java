package cn.cityapis.subsidy.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "test.database=of-scheme-versions"})
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
                List.of(new PublishedSchemes.Published(Publication.publish(reader.read(text), ShippedSchemes.CALENDAR),
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
    }

    private List<Integer> versionsOf(String scheme) {
        return Objects.requireNonNull(versions.all().block()).stream().filter(one -> one.scheme().equals(scheme))
                .map(SchemeVersions.Stored::version).toList();
    }

    private SchemeCatalogue begun(PublishedSchemes shippedNow) {
        SchemeCatalogue catalogue = new SchemeCatalogue(shippedNow.list().stream()
                .map(PublishedSchemes.Published::scheme).toList());
        FollowVersions starting = new FollowVersions(versions, catalogue, ShippedSchemes.CALENDAR);
        starting.begin(Objects.requireNonNull(versions.register(shippedNow).block())).block();
        return catalogue;
    }

    /** Rules are changed by two: a release changes none, a fresh city begins with what it ships. */
    @Test
    void aReleaseChangesNoRuleThatACityHas() {
        String first = ShippedSchemes.text(ShippedSchemes.RD).replace("id: talent-insurance-rd\n", "id: kept\n");
        String second = first.replace("version: 1\n", "version: 2\n").replace("label: 本人全职在岗", "label: 本人在岗");
        versions.register(read(first)).block();
        SchemeCatalogue catalogue = begun(read(second));
        assertThat(versionsOf("kept")).containsExactly(1);
        assertThat(catalogue.find("kept").orElseThrow().scheme().version()).isEqualTo(1);

        assertThat(begun(read(second.replace("id: kept\n", "id: fresh\n"))).find("fresh", LocalDate.of(1900, 1, 1))
                .orElseThrow().scheme().version()).isEqualTo(2);
    }

    @Test
    void whatAnOfficeHasSetUnderTheSameNumberHolds() {
        String first = ShippedSchemes.text(ShippedSchemes.RD).replace("id: talent-insurance-rd\n", "id: set\n");
        String own = first.replace("version: 1\n", "version: 2\n").replace("label: 本人全职在岗", "label: 在岗");
        versions.register(read(first)).block();
        SchemeReader reader = new SchemeReader();
        versions.register(reader.read(own), reader.canonical(own), LocalDate.of(2026, 1, 1)).block();
        CompiledScheme decides = begun(read(own.replace("label: 在岗", "label: 本人在岗"))).find("set").orElseThrow();
        assertThat(decides.scheme()).isEqualTo(reader.read(own));
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
        new FollowVersions(begun, catalogue, ShippedSchemes.CALENDAR).refresh().block();
        assertThat(catalogue.versions()).hasSize(whole);
    }
}
