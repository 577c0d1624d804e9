package cn.cityapis.identity.citizens;

import cn.cityapis.identity.assertions.AssertionSignature;
import cn.cityapis.identity.assertions.RefusedAssertion;
import cn.cityapis.identity.assertions.UsedAssertions;
import cn.cityapis.identity.clients.Assurance;
import cn.cityapis.identity.clients.ClientProfile;
import cn.cityapis.identity.clients.ClientProfiles;
import cn.cityapis.identity.settings.IdentitySettings;
import cn.cityapis.identity.signin.SignIn;
import cn.cityapis.issuer.IdNumberDigests;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
 * tokens that it issued itself as subject tokens; here the back end vouches for its user with its registered key, or
 * hands on the code by which the user is signed in here.
 */
@Component
public class CitizenGrantProvider implements AuthenticationProvider {

    private final ClientProfiles profiles;
    private final Citizens citizens;
    private final UsedAssertions used;
    private final SignIn signIn;
    private final TokenIssue tokens;
    private final String issuer;
    private final IdNumberDigests idNumbers;
    private final InstantSource time;

    /** @param externalId of the user, in the client's own terms */
    private record Citizen(String externalId, Assurance assurance, Set<String> scopes, @Nullable IdNumber idNumber) {
    }

    CitizenGrantProvider(ClientProfiles profiles, Citizens citizens, UsedAssertions used, SignIn signIn,
            TokenIssue tokens, IdentitySettings settings, InstantSource time) {
        this.profiles = profiles;
        this.citizens = citizens;
        this.used = used;
        this.signIn = signIn;
        this.tokens = tokens;
        this.issuer = settings.issuer();
        this.idNumbers = settings.idNumbers();
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
        Citizen citizen = grant.isCode() ? signedIn(grant, profile) : vouchedFor(grant, profile);
        String subject = citizens.subject(profile.clientId(), citizen.externalId());
        IdNumber number = citizen.idNumber();
        CitizenGrant believed = grant.believed(client, subject, citizen.assurance().claim(),
                number == null ? null : idNumbers.of(subject, number.value()));
        OAuth2AccessToken token = tokens.issue(registered, client, believed, citizen.scopes());
        return new OAuth2AccessTokenAuthenticationToken(registered, client, token, null,
                Map.of("issued_token_type", "urn:ietf:params:oauth:token-type:access_token"));
    }

    private Citizen vouchedFor(CitizenGrant grant, ClientProfile profile) {
        CitizenAssertion assertion = believe(grant.token(), profile);
        Set<String> scopes = scopes(grant.requestedScopes(), profile, assertion.assurance());
        if (!used.firstUse(profile.clientId(), assertion.assertion())) {
            throw error(OAuth2ErrorCodes.INVALID_GRANT, "断言只能使用一次（jti 重复）");
        }
        return new Citizen(assertion.assertion().subject(), assertion.assurance(), scopes, assertion.idNumber());
    }

    /** Whatever can be refused without the provider is, for the code is good once. */
    private Citizen signedIn(CitizenGrant grant, ClientProfile profile) {
        if (Assurance.OPENID.exceeds(profile.maxAssurance())) {
            throw error(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT, "该客户端未获准代表市民办事");
        }
        Set<String> scopes = scopes(grant.requestedScopes(), profile, Assurance.OPENID);
        return new Citizen(signIn.user(profile.clientId(), grant.token()), Assurance.OPENID, scopes, null);
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

    private static Set<String> scopes(Set<String> requested, ClientProfile profile, Assurance assurance) {
        Set<String> allowed = AssertionRules.scopes(profile.citizenScopes(), assurance);
        if (!allowed.containsAll(requested)) {
            throw error(OAuth2ErrorCodes.INVALID_SCOPE, "所请求的 scope 超出许可，可用：" + String.join(" ", allowed));
        }
        return requested.isEmpty() ? allowed : requested;
    }

    private static OAuth2AuthenticationException error(String code, String detail) {
        return new OAuth2AuthenticationException(new OAuth2Error(code, detail, null));
    }
}
