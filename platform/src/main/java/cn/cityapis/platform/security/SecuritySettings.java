package cn.cityapis.platform.security;

import cn.cityapis.platform.settings.Required;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param issuer the {@code iss} that tokens must carry (OIDC_ISSUER)
 * @param jwksUri where the issuer's public keys are read (OIDC_JWKS_URI)
 */
@ConfigurationProperties("platform.security")
record SecuritySettings(String issuer, String jwksUri) {

    SecuritySettings {
        issuer = Required.text("OIDC_ISSUER", issuer);
        jwksUri = Required.uri("OIDC_JWKS_URI", jwksUri).toString();
    }
}
