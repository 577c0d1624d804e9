package cn.cityapis.gateway.pages;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.oauth2.jwt.Jwt;

/** The scopes of a token, which issuers write as a list or with spaces between them. */
final class Scopes {

    private Scopes() {
    }

    static Set<String> of(Jwt token) {
        Object claim = token.getClaims().get("scope");
        Set<String> scopes = new TreeSet<>();
        if (claim instanceof Collection<?> many) {
            many.forEach(one -> scopes.add(String.valueOf(one)));
        } else if (claim != null && !claim.toString().isBlank()) {
            scopes.addAll(Set.of(claim.toString().strip().split(" +")));
        }
        return scopes;
    }
}
