package cn.cityapis.platform.settings;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings without which a service must not start; the error names the environment variable. */
public final class Required {

    private Required() {
    }

    /** @throws SettingException if missing or blank */
    public static String text(String variable, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new SettingException(variable, "is not set");
        }
        return value.strip();
    }

    /** @throws SettingException unless it is one of these */
    public static String oneOf(String variable, @Nullable String value, String... known) {
        String text = text(variable, value);
        if (!List.of(known).contains(text)) {
            throw new SettingException(variable, "is none of " + String.join(", ", known) + ": " + text);
        }
        return text;
    }

    /** @throws SettingException unless an absolute http(s) address */
    public static URI uri(String variable, @Nullable String value) {
        String text = text(variable, value);
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && uri.getScheme() != null && uri.getScheme().startsWith("http")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new SettingException(variable, "is not an address: " + text, e);
        }
        throw new SettingException(variable, "is not an http(s) address: " + text);
    }
}
