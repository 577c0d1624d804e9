package cn.cityapis.identity.clients;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator says of a client, checked.
 *
 * @param byKey whether it proves itself by {@code private_key_jwt} instead of a secret
 */
public record ClientForm(String name, boolean byKey, @Nullable String subject, @Nullable String org, Set<String> roles,
        Set<String> scopes, Set<String> citizenScopes, Assurance maxAssurance, JWKSet assertionKeys,
        JWKSet authenticationKeys, Contract contract) {

    ClientProfile profile(String clientId) {
        return new ClientProfile(clientId, subject == null ? clientId : subject, org, roles, citizenScopes,
                maxAssurance, assertionKeys, authenticationKeys, contract);
    }
}
