package cn.cityapis.gateway.pages;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.oauth2.jwt.Jwt;

/** What a token that is given to anybody who opens a page may be good for: reading what is public, and nothing else. */
final class HandOutRules {

    /** All that the pages ask for. */
    static final Set<String> READING = Set.of("policy.read", "eldercare.read", "subsidy.read", "pharmacy.read");

    private HandOutRules() {
    }

    /** Why this token must stay inside; empty if it may be handed out. */
    static Optional<String> objection(Jwt token) {
        if (token.getExpiresAt() == null) {
            return Optional.of("it does not expire");
        }
        Set<String> more = Scopes.of(token);
        more.removeAll(READING);
        if (!more.isEmpty()) {
            return Optional.of("it carries more than reading: " + more);
        }
        if (present(token.getClaims().get("roles")) || present(token.getClaims().get("org"))) {
            return Optional.of("its client has an organisation or roles");
        }
        boolean somebody = token.getClaims().containsKey("act")
                || !"none".equals(token.getClaims().getOrDefault("assurance", "none"));
        return somebody ? Optional.of("it speaks for a person") : Optional.empty();
    }

    private static boolean present(@org.jspecify.annotations.Nullable Object claim) {
        return claim instanceof Collection<?> many ? !many.isEmpty() : claim != null && !claim.toString().isBlank();
    }
}
