package cn.cityapis.subsidy.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ServiceTest(properties = "subsidy.jobs.every=PT10M")
class SchemeVersionsStoreTest {

    @Autowired
    private SchemeVersions versions;

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
}
