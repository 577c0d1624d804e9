package cn.cityapis.identity.clients;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client is.
 *
 * @param subject in its own tokens: an operator's id, or the client itself
 * @param citizenScopes what it may ask for when it acts for a citizen
 * @param maxAssurance how well its sign-in is trusted to know a citizen
 * @param assertionKeys public keys of its assertions about citizens
 * @param authenticationKeys public keys by which it proves itself ({@code private_key_jwt}); empty if by a secret
 */
public record ClientProfile(String clientId, String subject, @Nullable String org, Set<String> roles,
        Set<String> citizenScopes, Assurance maxAssurance, JWKSet assertionKeys, JWKSet authenticationKeys,
        Contract contract) {

    public boolean provesItselfByKey() {
        return !authenticationKeys.getKeys().isEmpty();
    }
}
