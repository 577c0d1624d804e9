package cn.cityapis.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    private static final Networks TRUSTED = Networks.parse("TRUSTED_PROXIES", "10.0.0.0/8, fd00::/8,192.0.2.1");

    /** Read backwards as far as it is trusted; what an outsider wrote in front is not believed. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"203.0.113.5;;203.0.113.5", "203.0.113.5;198.51.100.1;203.0.113.5",
            "10.1.2.3;198.51.100.1;198.51.100.1", "10.1.2.3;1.1.1.1, 198.51.100.1;198.51.100.1",
            "10.1.2.3;1.1.1.1, 198.51.100.1, 10.9.9.9;198.51.100.1", "10.1.2.3;;10.1.2.3",
            "10.1.2.3;nonsense;10.1.2.3", "10.1.2.3;198.51.100.1, evil.example;10.1.2.3",
            "fd12::1;2001:db8::7;2001:db8::7", "192.0.2.1;198.51.100.1;198.51.100.1", "192.0.2.2;1.1.1.1;192.0.2.2",
            "11.0.0.1;1.1.1.1;11.0.0.1"})
    void believesTrustedProxiesOnly(String peer, @Nullable String forwarded, String client) {
        assertThat(ClientAddress.behind(peer, forwarded == null ? List.of() : List.of(forwarded), TRUSTED))
                .isEqualTo(client);
    }

    /** One subscriber has all of a /64. */
    @ParameterizedTest
    @CsvSource({"198.51.100.7,198.51.100.7", "2001:db8:1:2::7,20010db800010002/64",
            "2001:db8:1:2:ffff:ffff:ffff:ffff,20010db800010002/64", "2001:db8:1:3::7,20010db800010003/64",
            "::ffff:198.51.100.7,::ffff:198.51.100.7", "unknown,unknown"})
    void countsAnAddressOrItsSubscribersNetwork(String address, String network) {
        assertThat(ClientAddress.network(address)).isEqualTo(network);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(ClientAddress.behind("10.0.0.1", List.of("1.1.1.1", "198.51.100.1,10.0.0.2"), TRUSTED))
                .isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/33", "nonsense", "10.0.0.0/x", "example.org/8", "fd00::/129"})
    void aWrongNetworkEndsTheStart(String text) {
        assertThatThrownBy(() -> Networks.parse("TRUSTED_PROXIES", text)).isInstanceOf(SettingException.class)
                .hasMessageContaining("TRUSTED_PROXIES");
    }

    @ParameterizedTest
    @CsvSource({"a.example=app", "https://a.example", "https://a.example/x=app", "https://a.example=", "ftp://a=app"})
    void aWrongOriginEndsTheStart(String text) {
        assertThatThrownBy(() -> Origins.parse(text)).isInstanceOf(SettingException.class)
                .hasMessageContaining("CORS_ORIGINS");
    }
}
