package cn.cityapis.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.cityapis.platform.events.EventTypes;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookFormRulesTest {

    private static final WebhookSettings PRODUCTION = new WebhookSettings(false, Duration.ofSeconds(15),
            Duration.ofSeconds(1));
    private static final EventTypes KNOWN = new EventTypes(Map.of("sample.thing.created", "新建", "sample.part.*", "零件"));

    private static WebhookForm form(String url, String... types) {
        return new WebhookForm(url, List.of(types), null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://partner.example.com/events", "https://partner.example.com:8443/e?x=1",
            "https://223.5.5.5/", "https://[2400:3200::1]/"})
    void isTaken(String url) {
        assertThatCode(() -> form(url, "sample.thing.created").check(KNOWN, PRODUCTION)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://partner.example.com/", "ftp://partner.example.com/", "partner.example.com",
            "https://user:word@partner.example.com/", "https://partner.example.com:22/", "https://127.0.0.1/",
            "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/latest", "https:///x",
            "https://partner.example.com/#part", "not a url", "file:///etc/passwd"})
    void isRefused(String url) {
        ProblemException refused = catchThrowableOfType(ProblemException.class,
                () -> form(url, "sample.thing.created").check(KNOWN, PRODUCTION));
        assertThat(refused.errors()).extracting(Violation::pointer).containsExactly("/url");
    }

    @Test
    void allThatIsWrongIsNamedAtOnce() {
        ProblemException refused = catchThrowableOfType(ProblemException.class,
                () -> form("http://10.0.0.1/", "sample.thing.created", "sample.thing.*", "sample.part.lost",
                        "sample.part.*",
                        "no.such.event").check(KNOWN, PRODUCTION));
        assertThat(refused.errors()).extracting(Violation::pointer).containsExactly("/url", "/eventTypes/1",
                "/eventTypes/4");
    }
}
