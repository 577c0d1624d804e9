package cn.cityapis.identity.citizens;

import java.util.Map;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.security.oauth2.server.authorization.token.DefaultOAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.stereotype.Component;

/** Makes and keeps the access token of a believed assertion, the way the server's own grants do. */
@Component
class TokenIssue {

    private final OAuth2TokenGenerator<? extends OAuth2Token> generator;
    private final OAuth2AuthorizationService issued;

    TokenIssue(OAuth2TokenGenerator<? extends OAuth2Token> generator, OAuth2AuthorizationService issued) {
        this.generator = generator;
        this.issued = issued;
    }

    OAuth2AccessToken issue(RegisteredClient registered, Authentication client, CitizenGrant grant,
            Set<String> scopes) {
        DefaultOAuth2TokenContext context = DefaultOAuth2TokenContext.builder()
                .registeredClient(registered)
                .principal(client)
                .authorizationServerContext(AuthorizationServerContextHolder.getContext())
                .authorizedScopes(scopes)
                .tokenType(OAuth2TokenType.ACCESS_TOKEN)
                .authorizationGrantType(grant.getGrantType())
                .authorizationGrant(grant)
                .build();
        if (!(generator.generate(context) instanceof Jwt jwt)) {
            throw new IllegalStateException("No token was made");
        }
        OAuth2AccessToken token = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, jwt.getTokenValue(),
                jwt.getIssuedAt(), jwt.getExpiresAt(), scopes);
        issued.save(OAuth2Authorization.withRegisteredClient(registered)
                .principalName(grant.subject())
                .authorizationGrantType(grant.getGrantType())
                .authorizedScopes(scopes)
                .token(token, metadata -> metadata.putAll(
                        Map.of(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, jwt.getClaims(),
                                OAuth2Authorization.Token.INVALIDATED_METADATA_NAME, false)))
                .build());
        return token;
    }
}
