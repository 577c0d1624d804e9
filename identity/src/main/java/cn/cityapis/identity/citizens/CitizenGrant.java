package cn.cityapis.identity.citizens;

import java.io.Serial;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;

/** A back end asks for a token in a citizen's name; once its assertion or code is believed, also whose. */
public final class CitizenGrant extends OAuth2AuthorizationGrantAuthenticationToken {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean code;
    private final String token;
    private final Set<String> requestedScopes;
    private final @Nullable String subject;
    private final @Nullable String assurance;
    private final @Nullable String idNumberDigest;

    /** @param code whether the token is a code by which the citizen is still to be signed in, not an assertion */
    CitizenGrant(Authentication client, boolean code, String token, Set<String> requestedScopes) {
        this(client, code, token, requestedScopes, null, null, null);
    }

    private CitizenGrant(Authentication client, boolean code, String token, Set<String> requestedScopes,
            @Nullable String subject, @Nullable String assurance, @Nullable String idNumberDigest) {
        super(AuthorizationGrantType.TOKEN_EXCHANGE, client, Map.of());
        this.code = code;
        this.token = token;
        this.requestedScopes = Set.copyOf(requestedScopes);
        this.subject = subject;
        this.assurance = assurance;
        this.idNumberDigest = idNumberDigest;
    }

    CitizenGrant believed(Authentication client, String citizen, String how, @Nullable String digest) {
        return new CitizenGrant(client, code, token, requestedScopes, citizen, how, digest);
    }

    boolean isCode() {
        return code;
    }

    String token() {
        return token;
    }

    Set<String> requestedScopes() {
        return requestedScopes;
    }

    /** The citizen's opaque id. */
    public String subject() {
        return known(subject);
    }

    /** How well the citizen is known, as it stands in tokens. */
    public String assurance() {
        return known(assurance);
    }

    /** Of the ID number that the back end vouches for; null if it says none. */
    public @Nullable String idNumberDigest() {
        return idNumberDigest;
    }

    private static String known(@Nullable String value) {
        if (value == null) {
            throw new IllegalStateException("Nothing is believed yet");
        }
        return value;
    }
}
