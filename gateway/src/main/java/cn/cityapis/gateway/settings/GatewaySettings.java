package cn.cityapis.gateway.settings;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * @param publicUrl the platform as seen from outside
 * @param issuer the {@code iss} that tokens must carry (OIDC_ISSUER)
 * @param jwksUri where the issuer's public keys are read (OIDC_JWKS_URI)
 */
@ConfigurationProperties("gateway")
public record GatewaySettings(String publicUrl, String issuer, String jwksUri, Upstreams upstreams, Time time,
        Breaker breaker, Rate rate, Size size) {

    public GatewaySettings {
        address("PUBLIC_URL", publicUrl);
        address("OIDC_ISSUER", issuer);
        address("OIDC_JWKS_URI", jwksUri);
    }

    public record Upstreams(String policy, String eldercare, String subsidy, String pharmacy, String identity) {

        public Upstreams {
            address("POLICY_URL", policy);
            address("ELDERCARE_URL", eldercare);
            address("SUBSIDY_URL", subsidy);
            address("PHARMACY_URL", pharmacy);
            address("IDENTITY_URL", identity);
        }
    }

    /**
     * @param response until an answer begins, and between its parts
     * @param whole until the last byte; longer for uploads
     */
    public record Time(Duration response, Duration whole) {
    }

    /**
     * @param calls how many of the latest calls are looked at
     * @param least how many there must be before it may open
     * @param open how long it stays open before it tries again
     * @param parallel calls to one service at a time (bulkhead)
     */
    public record Breaker(int calls, int least, Duration open, int parallel) {
    }

    /** For each client and subject together: {@code burst} at once, {@code perSecond} in the long run. */
    public record Rate(int burst, int perSecond) {

        public Rate {
            if (burst < 1 || perSecond < 1) {
                throw new SettingException("RATE_LIMIT_BURST and RATE_LIMIT_PER_SECOND must be at least 1");
            }
        }
    }

    /** Largest request bodies. */
    public record Size(DataSize usual, DataSize material, DataSize file, DataSize batch) {
    }

    private static void address(String variable, String value) {
        if (value.isBlank()) {
            throw new SettingException("Environment variable " + variable + " is not set");
        }
        try {
            URI uri = URI.create(value);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new SettingException("Environment variable " + variable + " is not an address: " + value);
        }
        throw new SettingException("Environment variable " + variable + " is not an http(s) address: " + value);
    }
}
