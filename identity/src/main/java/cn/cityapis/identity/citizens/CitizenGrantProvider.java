package cn.cityapis.identity.citizens;

import cn.cityapis.identity.assertions.AssertionSignature;
import cn.cityapis.identity.assertions.RefusedAssertion;
import cn.cityapis.identity.assertions.UsedAssertions;
import cn.cityapis.identity.clients.ClientProfile;
import cn.cityapis.identity.clients.ClientProfiles;
import cn.cityapis.identity.settings.IdentitySettings;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.stereotype.Component;

/**
 * Gives a back end a token in the name of the citizen whom it has signed in. The server's own provider takes only
 * tokens that it issued itself as subject tokens; here the back end vouches for its user with its registered key.
 */
@Component
public class CitizenGrantProvider implements AuthenticationProvider {

    private final ClientProfiles profiles;
    private final Citizens citizens;
    private final UsedAssertions used;
    private final TokenIssue tokens;
    private final String issuer;
    private final InstantSource time;

    CitizenGrantProvider(ClientProfiles profiles, Citizens citizens, UsedAssertions used, TokenIssue tokens,
            IdentitySettings settings, InstantSource time) {
        this.profiles = profiles;
        this.citizens = citizens;
        this.used = used;
        this.tokens = tokens;
        this.issuer = settings.issuer();
        this.time = time;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return CitizenGrant.class.isAssignableFrom(authentication);
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        CitizenGrant grant = (CitizenGrant) authentication;
        if (!(grant.getPrincipal() instanceof OAuth2ClientAuthenticationToken client) || !client.isAuthenticated()
                || client.getRegisteredClient() == null) {
            throw error(OAuth2ErrorCodes.INVALID_CLIENT, "客户端认证失败");
        }
        RegisteredClient registered = client.getRegisteredClient();
        if (!registered.getAuthorizationGrantTypes().contains(AuthorizationGrantType.TOKEN_EXCHANGE)) {
            throw error(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT, "该客户端未获准代表市民办事");
        }
        ClientProfile profile = profiles.of(registered.getClientId());
        CitizenAssertion assertion = believe(grant.assertion(), profile);
        Set<String> scopes = scopes(grant.requestedScopes(), profile, assertion);
        if (!used.firstUse(profile.clientId(), assertion.assertion())) {
            throw error(OAuth2ErrorCodes.INVALID_GRANT, "断言只能使用一次（jti 重复）");
        }
        String subject = citizens.subject(profile.clientId(), assertion.assertion().subject());
        CitizenGrant believed = grant.believed(client, subject, assertion.assurance().claim());
        OAuth2AccessToken token = tokens.issue(registered, client, believed, scopes);
        return new OAuth2AccessTokenAuthenticationToken(registered, client, token, null,
                Map.of("issued_token_type", "urn:ietf:params:oauth:token-type:access_token"));
    }

    private CitizenAssertion believe(String assertion, ClientProfile profile) {
        try {
            JWTClaimsSet claims = AssertionSignature.open(assertion, profile.assertionKeys());
            return AssertionRules.check(claims, profile.clientId(), issuer, profile.maxAssurance(), time.instant());
        } catch (RefusedAssertion refused) {
            throw new OAuth2AuthenticationException(
                    new OAuth2Error(OAuth2ErrorCodes.INVALID_GRANT, refused.reason(), null), refused);
        }
    }

    private static Set<String> scopes(Set<String> requested, ClientProfile profile, CitizenAssertion assertion) {
        Set<String> allowed = AssertionRules.scopes(profile.citizenScopes(), assertion.assurance());
        if (!allowed.containsAll(requested)) {
            throw error(OAuth2ErrorCodes.INVALID_SCOPE, "所请求的 scope 超出许可，可用：" + String.join(" ", allowed));
        }
        return requested.isEmpty() ? allowed : requested;
    }

    private static OAuth2AuthenticationException error(String code, String detail) {
        return new OAuth2AuthenticationException(new OAuth2Error(code, detail, null));
    }
}
