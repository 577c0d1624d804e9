package cn.cityapis.identity.audit;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** Who manages, as the access token says. */
public record Administrator(String clientId, String subject, @Nullable String org, Set<String> roles) {

    /** What a changed entry of the configuration does at the start. */
    public static final Administrator CONFIGURATION = new Administrator("configuration", "configuration", null,
            Set.of());

    public static Administrator of(Jwt token) {
        List<String> roles = token.getClaimAsStringList("roles");
        return new Administrator(String.valueOf(token.getClaimAsString("client_id")),
                String.valueOf(token.getSubject()), token.getClaimAsString("org"),
                roles == null ? Set.of() : new TreeSet<>(roles));
    }
}
