package cn.cityapis.platform.security;

import cn.cityapis.issuer.IdNumberDigests;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Who is asking, as the access token says. A controller takes it as a parameter.
 *
 * @param clientId the program
 * @param subject the person it acts for (a citizen's opaque id, an operator's id), or the program itself
 * @param org the organisation the subject acts in
 * @param idNumberDigest by which {@link OwnIdNumber} knows the citizen's ID number; null where the token says nothing of it
 */
public record Caller(String clientId, String subject, @Nullable String org, Set<String> roles, Set<String> scopes,
        Assurance assurance, @Nullable String idNumberDigest) {

    /** For work that no person asked for, such as scheduled jobs; {@code job} names it in the audit trail. */
    public static Caller system(String job) {
        return new Caller("system", job, null, Set.of(), Set.of(), Assurance.NONE, null);
    }

    static Caller from(Jwt token) {
        String client = claim(token, "client_id", token.getSubject());
        return new Caller(client, claim(token, "sub", client), token.getClaimAsString("org"), set(token, "roles"),
                scopes(token), assurance(token), token.getClaimAsString(IdNumberDigests.CLAIM));
    }

    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    public boolean hasScope(String scope) {
        return scopes.contains(scope);
    }

    /** A person whose identity is known and who acts for himself, not an operator. */
    public boolean isCitizen() {
        return assurance == Assurance.REAL_NAME && roles.isEmpty() && !subject.equals(clientId);
    }

    public boolean isOf(@Nullable String organisation) {
        return org != null && org.equals(organisation);
    }

    private static String claim(Jwt token, String name, @Nullable String otherwise) {
        String value = token.getClaimAsString(name);
        if (value != null) {
            return value;
        }
        return otherwise == null ? "" : otherwise;
    }

    private static Set<String> set(Jwt token, String name) {
        List<String> values = token.getClaimAsStringList(name);
        return values == null ? Set.of() : Set.copyOf(values);
    }

    private static Set<String> scopes(Jwt token) {
        return token.getClaims().get("scope") instanceof String text
                ? Set.copyOf(List.of(text.strip().split("\\s+")))
                : set(token, "scope");
    }

    private static Assurance assurance(Jwt token) {
        String text = claim(token, "assurance", "none").toUpperCase(Locale.ROOT);
        return switch (text) {
            case "REAL_NAME" -> Assurance.REAL_NAME;
            case "OPENID" -> Assurance.OPENID;
            default -> Assurance.NONE;
        };
    }
}
