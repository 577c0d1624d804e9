package cn.cityapis.gateway.pages;

import cn.cityapis.gateway.settings.SettingException;
import java.net.URI;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the pages may show; all of it is empty, and the pages then have no token, unless somebody sets it.
 *
 * @param clientId of the pages' own back end client (PAGES_CLIENT_ID), without organisation and roles
 * @param clientSecret of this client (PAGES_CLIENT_SECRET); never leaves this process but to the identity server
 * @param demoCitizenKey file with the private key that vouches for the demonstration citizen
 *        (PAGES_DEMO_CITIZEN_KEY); development profile only
 * @param tiles address of map tiles in WGS-84 with {@code {z} {x} {y}} (PAGES_TILES); without it the map shows the
 *        areas of the city
 * @param tilesAttribution who made them, shown on the map (PAGES_TILES_ATTRIBUTION)
 */
@ConfigurationProperties("gateway.pages")
public record PageSettings(String clientId, String clientSecret, String demoCitizenKey, String tiles,
        String tilesAttribution) {

    public PageSettings {
        if (clientId.isBlank() != clientSecret.isBlank()) {
            throw new SettingException("PAGES_CLIENT_ID and PAGES_CLIENT_SECRET must be set together");
        }
        if (!demoCitizenKey.isBlank() && clientId.isBlank()) {
            throw new SettingException("PAGES_DEMO_CITIZEN_KEY needs PAGES_CLIENT_ID");
        }
        if (!tiles.isBlank() && !(tiles.contains("{z}") && tiles.contains("{x}") && tiles.contains("{y}"))) {
            throw new SettingException("PAGES_TILES must contain {z}, {x} and {y}: " + tiles);
        }
        origin(tiles);
    }

    boolean tokens() {
        return !clientId.isBlank();
    }

    boolean demoCitizen() {
        return !demoCitizenKey.isBlank();
    }

    /** The one foreign address from which the pages may load images: that of the tiles. */
    public Optional<String> tileOrigin() {
        return origin(tiles);
    }

    private static Optional<String> origin(String tiles) {
        if (tiles.isBlank()) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(tiles.replaceAll("[{}]", ""));
            if (uri.getHost() != null && "https".equals(uri.getScheme())) {
                return Optional.of("https://" + uri.getRawAuthority());
            }
        } catch (IllegalArgumentException e) {
            throw new SettingException("PAGES_TILES is not an address: " + tiles);
        }
        throw new SettingException("PAGES_TILES must begin with https:// and a host name: " + tiles);
    }
}
