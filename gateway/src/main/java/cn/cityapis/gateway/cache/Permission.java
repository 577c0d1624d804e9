package cn.cityapis.gateway.cache;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * All that a service may decide by whether a caller is answered at all. Who asks with the same permission gets the same
 * answer, if it is everybody's; who asks with another is judged by the service itself.
 *
 * @param itself whether the client acts for nobody else
 */
record Permission(@Nullable Object audience, @Nullable Object scope, @Nullable Object roles, @Nullable Object org,
        @Nullable Object assurance, boolean itself) {

    static Permission of(Jwt token) {
        return new Permission(token.getClaim("aud"), token.getClaim("scope"), token.getClaim("roles"),
                token.getClaim("org"), token.getClaim("assurance"),
                Objects.equals(token.getSubject(), token.getClaim("client_id")));
    }
}
