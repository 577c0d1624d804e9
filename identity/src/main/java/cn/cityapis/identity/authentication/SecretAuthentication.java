package cn.cityapis.identity.authentication;

import cn.cityapis.identity.clients.ClientSecrets;
import cn.cityapis.identity.clients.LockOutRules;
import cn.cityapis.identity.clients.WrongSecrets;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * A client by its secret. The server's own provider knows one secret only and lets anybody guess for ever; here three may
 * be good at a time, and who guesses is shut out for a while.
 */
@Component
public class SecretAuthentication implements AuthenticationProvider {

    private static final Logger LOG = LoggerFactory.getLogger(SecretAuthentication.class);
    private static final Set<ClientAuthenticationMethod> METHODS = Set
            .of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC, ClientAuthenticationMethod.CLIENT_SECRET_POST);
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,100}");
    /** Longer ones are not hashed. */
    private static final int LONGEST = 200;

    private final RegisteredClientRepository clients;
    private final ClientSecrets secrets;
    private final WrongSecrets wrong;
    private final MeterRegistry meters;

    SecretAuthentication(RegisteredClientRepository clients, ClientSecrets secrets, WrongSecrets wrong,
            MeterRegistry meters) {
        this.clients = clients;
        this.secrets = secrets;
        this.wrong = wrong;
        this.meters = meters;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        OAuth2ClientAuthenticationToken given = (OAuth2ClientAuthenticationToken) authentication;
        if (!METHODS.contains(given.getClientAuthenticationMethod())) {
            return null;
        }
        String id = String.valueOf(given.getPrincipal());
        if (!ID.matcher(id).matches()) {
            throw refused("refused");
        }
        String network = network(given);
        wrong.shutOut(id, network).ifPresent(left -> {
            count("shut-out");
            throw new ShutOutException(left);
        });
        RegisteredClient client = clients.findByClientId(id);
        if (client == null || !client.getClientAuthenticationMethods().contains(given.getClientAuthenticationMethod())
                || !right(id, given.getCredentials())) {
            LOG.warn("Wrong secret for client {} from {}, {} times", id, network, wrong.note(id, network));
            throw refused("refused");
        }
        wrong.forget(id, network);
        count("accepted");
        return new OAuth2ClientAuthenticationToken(client, given.getClientAuthenticationMethod(), null);
    }

    private boolean right(String id, @Nullable Object secret) {
        return secret instanceof String text && text.length() <= LONGEST && secrets.match(id, text);
    }

    private static String network(Authentication given) {
        return given.getDetails() instanceof WebAuthenticationDetails details && details.getRemoteAddress() != null
                ? LockOutRules.network(details.getRemoteAddress())
                : "unknown";
    }

    private OAuth2AuthenticationException refused(String outcome) {
        count(outcome);
        return new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }

    private void count(String outcome) {
        meters.counter("identity.client.authentications", "method", "secret", "outcome", outcome).increment();
    }
}
