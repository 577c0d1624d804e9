package cn.cityapis.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

class CallerTest {

    @Test
    void aScopeOrARoleThatAnIssuerNamesTwiceIsOne() {
        Caller caller = Caller
                .from(Jwt.withTokenValue("t").header("alg", "RS256").subject("app").claim("client_id", "app")
                        .claim("scope", " policy.read  pharmacy.read policy.read ")
                        .claim("roles", List.of("city", "city")).build());
        assertThat(caller.scopes()).containsExactlyInAnyOrder("policy.read", "pharmacy.read");
        assertThat(caller.roles()).containsExactly("city");
    }
}
