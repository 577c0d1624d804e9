package cn.cityapis.identity.clients;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** A client in the terms of the authorization server. */
final class RegisteredClients {

    private RegisteredClients() {
    }

    /**
     * @param known what it was until now; null for a new one
     * @param secret encoded; null for a client that proves itself by a key
     */
    static RegisteredClient of(@Nullable RegisteredClient known, ClientProfile profile, String name,
            @Nullable String secret, Set<String> scopes, Duration tokenLife) {
        RegisteredClient.Builder builder = RegisteredClient
                .withId(known == null ? UUID.randomUUID().toString() : known.getId())
                .clientId(profile.clientId())
                .clientName(name)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(all -> all.addAll(scopes))
                .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(tokenLife).build());
        if (secret != null) {
            builder.clientSecret(secret);
        }
        if (profile.provesItselfByKey()) {
            // any value that is no shared secret's: the keys say which algorithm it is
            builder.clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT).clientSettings(ClientSettings
                    .builder().tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.ES256).build());
        } else {
            builder.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        }
        if (!profile.citizenScopes().isEmpty()) {
            builder.authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE);
        }
        return builder.build();
    }
}
