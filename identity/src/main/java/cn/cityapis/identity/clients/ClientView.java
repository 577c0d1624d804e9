package cn.cityapis.identity.clients;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client as an administrator sees it: no secret.
 *
 * @param authentication {@code secret} or {@code private_key_jwt}
 * @param previousSecretUntil until when the secret before the present one is good too
 * @param configured whether configuration names it: it overrules what is changed here once it changes itself
 * @param lockedNetworks from where it is shut out for a while after repeated wrong secrets
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientView(String clientId, String name, String authentication, String subject, @Nullable String org,
        Set<String> roles, Set<String> scopes, Set<String> citizenScopes, String maxAssurance,
        Map<String, Object> assertionKeys, Map<String, Object> authenticationKeys, Contract contract, boolean enabled,
        @Nullable OffsetDateTime disabledAt, @Nullable OffsetDateTime previousSecretUntil, boolean configured,
        OffsetDateTime createdAt, List<String> lockedNetworks, @JsonIgnore long version) {

    ClientView locked(List<String> networks) {
        return new ClientView(clientId, name, authentication, subject, org, roles, scopes, citizenScopes, maxAssurance,
                assertionKeys, authenticationKeys, contract, enabled, disabledAt, previousSecretUntil, configured,
                createdAt, networks, version);
    }
}
