package cn.cityapis.gateway.settings;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which pages of others may call from a browser, and with the tokens of which clients. */
public record Origins(Map<String, Set<String>> clients) {

    private static final String ANY = "*";

    /** @throws SettingException if it cannot be read */
    public static Origins parse(String text) {
        Map<String, Set<String>> clients = new LinkedHashMap<>();
        for (String entry : text.split(",")) {
            if (!entry.isBlank() && !entry.strip().equals(GatewaySettings.NONE)) {
                String[] parts = entry.strip().split("=", 2);
                if (parts.length != 2 || parts[1].isBlank() || !isOrigin(parts[0])) {
                    throw new SettingException(
                            "Environment variable CORS_ORIGINS: not of the form https://host=client|client: " + entry);
                }
                clients.put(parts[0], Arrays.stream(parts[1].split("\\|")).map(String::strip)
                        .collect(Collectors.toUnmodifiableSet()));
            }
        }
        return new Origins(clients);
    }

    public boolean knows(String origin) {
        return clients.containsKey(origin);
    }

    /** @param client null without a token */
    public boolean allow(String origin, @Nullable String client) {
        Set<String> allowed = clients.getOrDefault(origin, Set.of());
        return allowed.contains(ANY) || client != null && allowed.contains(client);
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && (uri.getRawPath() == null || uri.getRawPath().isEmpty()) && uri.getRawQuery() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
