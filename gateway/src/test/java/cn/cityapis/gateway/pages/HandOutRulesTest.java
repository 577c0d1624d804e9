package cn.cityapis.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

class HandOutRulesTest {

    private static Jwt token(Consumer<Jwt.Builder> more) {
        Jwt.Builder token = Jwt.withTokenValue("t").header("alg", "RS256").claim("client_id", "pages")
                .claim("assurance", "none").claim("scope", List.of("policy.read", "pharmacy.read"))
                .expiresAt(Instant.parse("2026-11-23T10:00:00Z"));
        more.accept(token);
        return token.build();
    }

    @Test
    void readingInTheClientsOwnNameIsHarmless() {
        assertThat(HandOutRules.objection(token(token -> {
        }))).isEmpty();
        assertThat(HandOutRules.objection(token(token -> token.claim("scope", "policy.read subsidy.read")))).isEmpty();
        assertThat(HandOutRules.objection(token(token -> token.claim("roles", List.of())))).isEmpty();
    }

    @Test
    void anythingBeyondReadingStaysInside() {
        for (String scope : List.of("eldercare.apply", "policy.admin", "subsidy.decide", "events.subscribe")) {
            assertThat(HandOutRules.objection(token(token -> token.claim("scope", List.of("policy.read", scope)))))
                    .as(scope).hasValueSatisfying(reason -> assertThat(reason).contains(scope));
            assertThat(HandOutRules.objection(token(token -> token.claim("scope", "policy.read " + scope))))
                    .as(scope).isPresent();
        }
    }

    @Test
    void whoHasAnOrganisationOrRolesReadsMoreThanThePublic() {
        assertThat(HandOutRules.objection(token(token -> token.claim("roles", List.of("city"))))).isPresent();
        assertThat(HandOutRules.objection(token(token -> token.claim("org", "371000")))).isPresent();
    }

    @Test
    void aTokenOfAPersonIsNotGivenToOthers() {
        assertThat(HandOutRules.objection(token(token -> token.claim("assurance", "openid")))).isPresent();
        assertThat(HandOutRules.objection(token(token -> token.claim("act", Map.of("sub", "app"))))).isPresent();
    }

    @Test
    void aTokenForeverIsNone() {
        assertThat(HandOutRules.objection(Jwt.withTokenValue("t").header("alg", "RS256").claim("scope", "policy.read")
                .build())).isPresent();
    }
}
