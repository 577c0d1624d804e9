package cn.cityapis.identity.admin;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** Who manages: of the access token. */
record Administrator(String clientId, String subject, @Nullable String org, Set<String> roles) {

    static Administrator of(Jwt token) {
        List<String> roles = token.getClaimAsStringList("roles");
        return new Administrator(String.valueOf(token.getClaimAsString("client_id")),
                String.valueOf(token.getSubject()), token.getClaimAsString("org"),
                roles == null ? Set.of() : new TreeSet<>(roles));
    }
}
