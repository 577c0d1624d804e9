package cn.cityapis.identity.settings;

import cn.cityapis.issuer.IdNumberDigests;
import java.net.URI;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param issuer the {@code iss} of every token: the address of the platform as seen from outside (OIDC_ISSUER)
 * @param keySecret seals the signing keys in the database: 256 bits in hexadecimal (IDENTITY_KEY_SECRET)
 * @param idNumberKeys by which tokens tell the services whether an ID number is the citizen's (ID_NUMBER_KEYS)
 * @param development whether the profile {@code development} is active
 */
@ConfigurationProperties("identity")
public record IdentitySettings(String issuer, String keySecret, String idNumberKeys, boolean development) {

    private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{64}");
    private static final String DEVELOPMENT_SECRET = "0".repeat(63) + "d";

    public IdentitySettings {
        if (!isAddress(issuer)) {
            throw new SettingException("Environment variable OIDC_ISSUER is not an http(s) address: " + issuer);
        }
        if (keySecret.isBlank()) {
            if (!development) {
                throw new SettingException("Environment variable IDENTITY_KEY_SECRET is not set");
            }
            keySecret = DEVELOPMENT_SECRET;
        }
        if (!KEY.matcher(keySecret).matches()) {
            throw new SettingException("Environment variable IDENTITY_KEY_SECRET is not 64 hexadecimal characters");
        }
        if (keySecret.equals(DEVELOPMENT_SECRET) && !development) {
            throw new SettingException("Environment variable IDENTITY_KEY_SECRET is the development secret");
        }
        idNumbers(idNumberKeys, development);
    }

    public IdNumberDigests idNumbers() {
        return idNumbers(idNumberKeys, development);
    }

    private static IdNumberDigests idNumbers(String keys, boolean development) {
        try {
            return IdNumberDigests.parse(keys, development);
        } catch (IllegalArgumentException e) {
            throw new SettingException("Environment variable " + IdNumberDigests.VARIABLE + " " + e.getMessage());
        }
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
