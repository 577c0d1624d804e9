package cn.cityapis.issuer;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The token of the {@code Authorization} header (RFC 6750, 2.1), nowhere else. Spring's own reader does the same by a
 * regular expression, which took a twentieth of the processor time of a warm request.
 */
public final class BearerToken implements ServerAuthenticationConverter {

    private static final String SCHEME = "Bearer";

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Mono.empty();
        }
        String token = token(header);
        return token == null
                ? Mono.error(() -> new OAuth2AuthenticationException(
                        BearerTokenErrors.invalidToken("The bearer token is malformed")))
                : Mono.just(new BearerTokenAuthenticationToken(token));
    }

    /** What follows scheme and one space: b64token of RFC 6750; null where it is none. */
    private static @Nullable String token(String header) {
        int begin = SCHEME.length() + 1;
        int end = header.length();
        while (end > begin && header.charAt(end - 1) == '=') {
            end--;
        }
        if (end <= begin || header.charAt(begin - 1) != ' ') {
            return null;
        }
        for (int i = begin; i < end; i++) {
            if (!allowed(header.charAt(i))) {
                return null;
            }
        }
        return header.substring(begin);
    }

    private static boolean allowed(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~+/".indexOf(c) >= 0;
    }
}
