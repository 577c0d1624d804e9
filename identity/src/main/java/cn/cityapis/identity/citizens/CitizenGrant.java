package cn.cityapis.identity.citizens;

import java.io.Serial;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;

/** A back end asks for a token in a citizen's name; once its assertion is believed, also whose. */
public final class CitizenGrant extends OAuth2AuthorizationGrantAuthenticationToken {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String assertion;
    private final Set<String> requestedScopes;
    private final @Nullable String subject;
    private final @Nullable String assurance;

    CitizenGrant(Authentication client, String assertion, Set<String> requestedScopes) {
        this(client, assertion, requestedScopes, null, null);
    }

    private CitizenGrant(Authentication client, String assertion, Set<String> requestedScopes,
            @Nullable String subject, @Nullable String assurance) {
        super(AuthorizationGrantType.TOKEN_EXCHANGE, client, Map.of());
        this.assertion = assertion;
        this.requestedScopes = Set.copyOf(requestedScopes);
        this.subject = subject;
        this.assurance = assurance;
    }

    CitizenGrant believed(Authentication client, String citizen, String how) {
        return new CitizenGrant(client, assertion, requestedScopes, citizen, how);
    }

    String assertion() {
        return assertion;
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

    private static String known(@Nullable String value) {
        if (value == null) {
            throw new IllegalStateException("The assertion is not believed yet");
        }
        return value;
    }
}
