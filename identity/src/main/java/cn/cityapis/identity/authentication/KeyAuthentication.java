package cn.cityapis.identity.authentication;

import cn.cityapis.identity.assertions.Assertion;
import cn.cityapis.identity.assertions.AssertionFrameRules;
import cn.cityapis.identity.assertions.AssertionSignature;
import cn.cityapis.identity.assertions.RefusedAssertion;
import cn.cityapis.identity.assertions.UsedAssertions;
import cn.cityapis.identity.clients.ClientProfiles;
import cn.cityapis.identity.clients.ClientSecrets;
import cn.cityapis.identity.settings.IdentitySettings;
import com.nimbusds.jwt.JWTClaimsSet;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.stereotype.Component;

/**
 * A client by an assertion that it signs ({@code private_key_jwt}, RFC 7523): checked with the keys that are registered
 * here, so that nothing is fetched from an address that a client names, and taken once.
 */
@Component
public class KeyAuthentication implements JwtDecoderFactory<RegisteredClient> {

    private static final int LONGEST = 8192;

    private final ClientProfiles profiles;
    private final ClientSecrets clients;
    private final UsedAssertions used;
    private final MeterRegistry meters;
    private final Set<String> audiences;
    private final InstantSource time;

    KeyAuthentication(ClientProfiles profiles, ClientSecrets clients, UsedAssertions used, MeterRegistry meters,
            IdentitySettings settings, InstantSource time) {
        this.profiles = profiles;
        this.clients = clients;
        this.used = used;
        this.meters = meters;
        this.audiences = new LinkedHashSet<>(List.of(settings.issuer(), settings.issuer() + "/oauth2/token"));
        this.time = time;
    }

    @Override
    public JwtDecoder createDecoder(RegisteredClient client) {
        return token -> {
            try {
                Jwt believed = believe(client.getClientId(), token);
                count("accepted");
                return believed;
            } catch (RefusedAssertion refused) {
                count("refused");
                throw new OAuth2AuthenticationException(
                        new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT, refused.reason(), null), refused);
            }
        };
    }

    private Jwt believe(String clientId, String token) {
        if (token.length() > LONGEST || !clients.enabled(clientId)) {
            throw new RefusedAssertion("客户端认证失败");
        }
        JWTClaimsSet claims = AssertionSignature.open(token, profiles.of(clientId).authenticationKeys());
        Assertion assertion = AssertionFrameRules.check(claims, clientId, audiences, time.instant());
        if (!assertion.subject().equals(clientId)) {
            throw new RefusedAssertion("断言的 sub 必须是调用方自己的 client_id");
        }
        if (!used.firstUse(clientId, assertion)) {
            throw new RefusedAssertion("断言只能使用一次（jti 重复）");
        }
        return Jwt.withTokenValue(token).header("alg", "checked").subject(clientId).build();
    }

    private void count(String outcome) {
        meters.counter("identity.client.authentications", "method", "private_key_jwt", "outcome", outcome).increment();
    }
}
