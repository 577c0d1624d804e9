package cn.cityapis.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.gateway.settings.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageSettingsTest {

    @Test
    void withoutAnythingThePagesHaveNoTokenAndNoTiles() {
        PageSettings none = new PageSettings("", "", "", "", "");
        assertThat(none.tokens()).isFalse();
        assertThat(none.demoCitizen()).isFalse();
        assertThat(none.tileOrigin()).isEmpty();
    }

    @Test
    void halfASettingEndsTheStart() {
        assertThatThrownBy(() -> new PageSettings("pages", "", "", "", "")).isInstanceOf(SettingException.class)
                .hasMessageContaining("PAGES_CLIENT_SECRET");
        assertThatThrownBy(() -> new PageSettings("", "secret", "", "", "")).isInstanceOf(SettingException.class);
        assertThatThrownBy(() -> new PageSettings("", "", "key.pem", "", "")).isInstanceOf(SettingException.class)
                .hasMessageContaining("PAGES_CLIENT_ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://tiles.test/x.png", "http://tiles.test/{z}/{x}/{y}", "/{z}/{x}/{y}",
            "https://a b/{z}/{x}/{y}"})
    void tilesAreAnHttpsAddressWithThreePlaces(String wrong) {
        assertThatThrownBy(() -> new PageSettings("", "", "", wrong, "")).isInstanceOf(SettingException.class)
                .hasMessageContaining("PAGES_TILES");
    }

    @Test
    void onlyTheHostOfTheTilesIsAllowed() {
        assertThat(new PageSettings("", "", "", "https://tiles.test:8443/{z}/{x}/{y}?k=1", "").tileOrigin())
                .hasValue("https://tiles.test:8443");
    }
}
