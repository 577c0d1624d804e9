package cn.cityapis.gateway.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * A token as a page gets it.
 *
 * @param demo whether it speaks for the made-up citizen of the demonstration
 */
record PageToken(String accessToken, Instant expiresAt, Set<String> scopes, boolean demo) {

    /** Whoever gets it can use it for at least so long. */
    private static final Duration LEAST = Duration.ofMinutes(2);

    static PageToken of(Jwt token, boolean demo) {
        return new PageToken(token.getTokenValue(), Objects.requireNonNull(token.getExpiresAt()), Scopes.of(token),
                demo);
    }

    boolean lastsFrom(Instant now) {
        return expiresAt.isAfter(now.plus(LEAST));
    }
}
