package cn.cityapis.eldercare;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest
@DisplayName("第三十条: an expired book takes no new application unless an operator extended it")
class ExpiredBookApiTest {

    @LocalServerPort
    private int port;

    @Test
    void refusesUntilItIsExtended() {
        Walk walk = new Walk(port);
        var citizen = walk.citizen("early");
        Walk.Answer refused = walk.post(citizen, "/applications", Map.of(), null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/code")).isEqualTo("rule-book-expired");
        assertThat(refused.text("/ruleBook/status")).isEqualTo("EXPIRED");
        assertThat(walk.get(citizen, "/homes").body().at("/items").size()).isZero();
        Walk.Answer extended = walk.post(walk.city, "/rule-books/current/extensions",
                Map.of("extendedTo", "2099-12-31", "decidedOn", "2024-12-20", "basis", "延续适用的决定"), null);
        assertThat(extended.status()).isEqualTo(201);
        assertThat(extended.text("/ruleBook/status")).isEqualTo("EXTENDED");
        assertThat(extended.body().at("/ruleBook/extendedBy/demo").asBoolean()).isFalse();
        Walk.Answer draft = walk.post(citizen, "/applications", Map.of("homeIds", List.of()), null);
        assertThat(draft.status()).isEqualTo(201);
        assertThat(draft.text("/ruleBook/extendedBy/decidedBy")).isEqualTo("371000");
    }
}
