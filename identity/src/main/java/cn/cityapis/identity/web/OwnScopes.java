package cn.cityapis.identity.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** Who names no scope gets all that is its own (RFC 6749, 3.3), where the server's default is a token for nothing. */
final class OwnScopes implements AuthenticationConverter {

    private final AuthenticationConverter clientCredentials = new OAuth2ClientCredentialsAuthenticationConverter();

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        Authentication read = clientCredentials.convert(request);
        if (read instanceof OAuth2ClientCredentialsAuthenticationToken asked && asked.getScopes().isEmpty()
                && asked.getPrincipal() instanceof OAuth2ClientAuthenticationToken client
                && client.getRegisteredClient() != null) {
            return new OAuth2ClientCredentialsAuthenticationToken(client, client.getRegisteredClient().getScopes(),
                    asked.getAdditionalParameters());
        }
        return read;
    }
}
