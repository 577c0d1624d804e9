package cn.cityapis.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.BindingContext;

class TextParametersTest {

    private final TextParameters resolver = new TextParameters();

    record Asked(String q, String limit) {
    }

    record Typed(String q, LocalDate on) {
    }

    @SuppressWarnings("unused") // asked for its parameters only
    void handler(@ParameterObject Asked asked, @ParameterObject Typed typed, Asked plain) {
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {"?q=a&limit=3 | a | 3", "?limit=3 | - | 3", "?q= | '' | -",
            "?q | '' | -", "?q=a&q=b | a,b | -", "?Q=a&unknown=1 | - | -",
            "?q=%E5%8C%BB%20%E7%94%9F | '医 生' | -"})
    void eachNameIsOneText(String query, String q, String limit) throws Exception {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.method(
                HttpMethod.GET, URI.create("/search" + query)));

        assertThat(resolver.resolveArgument(parameter(0), new BindingContext(), exchange).block())
                .isEqualTo(new Asked(q, limit));
    }

    @Test
    void onlyRecordsOfTextsThatAreParameterObjects() throws Exception {
        assertThat(resolver.supportsParameter(parameter(0))).isTrue();
        assertThat(resolver.supportsParameter(parameter(1))).isFalse();
        assertThat(resolver.supportsParameter(parameter(2))).isFalse();
    }

    private static MethodParameter parameter(int index) throws NoSuchMethodException {
        return new MethodParameter(TextParametersTest.class.getDeclaredMethod("handler", Asked.class, Typed.class,
                Asked.class), index);
    }
}
