package cn.cityapis.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;

/** Spring's own reader, which needs a regular expression for it, says the same of each header. */
class BearerTokenTest {

    private static final ServerAuthenticationConverter SPRINGS = new ServerBearerTokenAuthenticationConverter();

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "bearer abc.def-ghi_~+/", "BEARER abc==", "Bearer abcXYZ019="})
    void aTokenIsRead(String header) {
        Authentication found = read(new BearerToken(), header);
        assertThat(found).isInstanceOf(BearerTokenAuthenticationToken.class).isEqualTo(read(SPRINGS, header));
        assertThat(((BearerTokenAuthenticationToken) found).getToken()).isEqualTo(header.substring(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearerabc", "Bearer  abc", "Bearer abc ", "Bearer a b", "Bearer =",
            "Bearer a=b",
            "Bearer 中文", "Bearer a,b", "Bearer\tabc", "Bearer-abc"})
    void whatIsNoTokenIsRefused(String header) {
        assertThatThrownBy(() -> read(new BearerToken(), header)).isInstanceOf(OAuth2AuthenticationException.class);
        assertThatThrownBy(() -> read(SPRINGS, header)).isInstanceOf(OAuth2AuthenticationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic YTpi", "Bear abc", "Token Bearer abc"})
    void anotherSchemeIsNotItsBusiness(String header) {
        assertThat(read(new BearerToken(), header)).isNull();
        assertThat(read(SPRINGS, header)).isNull();
    }

    @Test
    void noHeaderIsNoToken() {
        assertThat(new BearerToken().convert(MockServerWebExchange.from(MockServerHttpRequest.get("/"))).block())
                .isNull();
    }

    private static Authentication read(ServerAuthenticationConverter reader, String header) {
        return reader
                .convert(MockServerWebExchange.from(MockServerHttpRequest.get("/").header("Authorization", header)))
                .block();
    }
}
