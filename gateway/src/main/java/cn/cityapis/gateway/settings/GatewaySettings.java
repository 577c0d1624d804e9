package cn.cityapis.gateway.settings;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * @param publicUrl the platform as seen from outside
 * @param issuer the {@code iss} that tokens must carry (OIDC_ISSUER)
 * @param refusals how many refused tokens an address may send before it is told to wait
 * @param jwksUri where the issuer's public keys are read (OIDC_JWKS_URI)
 */
@ConfigurationProperties("gateway")
public record GatewaySettings(String publicUrl, String issuer, String jwksUri, Upstreams upstreams, Time time,
        Pace pace, Breaker breaker, Rate rate, Refusals refusals, Redis redis, Size size, Load load, Proxies proxies,
        Cors cors,
        Cache cache) {

    public GatewaySettings {
        address("PUBLIC_URL", publicUrl);
        address("OIDC_ISSUER", issuer);
        address("OIDC_JWKS_URI", jwksUri);
    }

    /** What is said where there is nothing to say. */
    static final String NONE = "none";

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
     * @param response from the last part of a request until its answer begins
     * @param whole for the body of a request; longer for files
     * @param part between the parts of a request's body
     * @param pause between the parts of an answer, as long as they are taken
     */
    public record Time(Duration response, Duration whole, Duration part, Duration pause) {
    }

    /**
     * What an answer must be taken at, while any of it waits for its reader.
     *
     * @param least bytes
     * @param within this time
     */
    public record Pace(DataSize least, Duration within) {
    }

    /**
     * @param calls how many of the latest calls are looked at
     * @param least how many there must be before it may open
     * @param open how long it stays open before it tries again
     * @param parallel calls to one service at a time (bulkhead)
     * @param each of them one caller may have, until he has taken the answers
     */
    public record Breaker(int calls, int least, Duration open, int parallel, int each) {
    }

    /** For each client and subject together: {@code burst} at once, {@code perSecond} in the long run. */
    public record Rate(int burst, int perSecond) {

        public Rate {
            if (burst < 1 || perSecond < 1) {
                throw new SettingException("RATE_LIMIT_BURST and RATE_LIMIT_PER_SECOND must be at least 1");
            }
        }
    }

    public record Refusals(int burst, int perSecond) {
    }

    /**
     * @param url where limits are counted for several gateways together (REDIS_URL); {@code none}: in this process
     * @param password REDIS_PASSWORD; empty if it wants none
     * @param patience how long a request waits for it
     * @param gateways how many there are: each one's share of the limits while Redis does not answer
     */
    public record Redis(String url, String password, Duration patience, int gateways) {

        public Redis {
            if (!url.equals(NONE) && !url.matches("rediss?://.+")) {
                throw new SettingException("Environment variable REDIS_URL is not a redis:// address");
            }
            if (gateways < 1) {
                throw new SettingException("Environment variable GATEWAYS must be at least 1");
            }
        }

        @Override
        public String toString() {
            return "Redis[gateways=" + gateways + "]";
        }
    }

    /**
     * @param most requests at a time, all services together; more are told to come again
     * @param retriesPercent how many of the reading requests may be sent a second time
     */
    public record Load(int most, int retriesPercent) {

        public Load {
            if (most < 1 || retriesPercent < 0 || retriesPercent > 100) {
                throw new SettingException("MOST_IN_FLIGHT must be at least 1, and retries 0 to 100 percent");
            }
        }
    }

    /** @param trusted networks of proxies before the gateway, whose X-Forwarded-For is believed (TRUSTED_PROXIES) */
    public record Proxies(String trusted) {

        public Proxies {
            Networks.parse("TRUSTED_PROXIES", trusted);
        }
    }

    /** @param origins {@code https://a.example=client-1|client-2, https://b.example=*} (CORS_ORIGINS) */
    public record Cors(String origins) {

        public Cors {
            Origins.parse(origins);
        }
    }

    /**
     * @param size of all answers that are kept; 0: none are
     * @param entry the largest that is
     */
    public record Cache(DataSize size, DataSize entry) {

        public boolean on() {
            return size.toBytes() > 0;
        }
    }

    public Networks trustedProxies() {
        return Networks.parse("TRUSTED_PROXIES", proxies.trusted());
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
