package cn.cityapis.identity.keys;

import cn.cityapis.identity.settings.SettingException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param every how long a key signs before the next one does (IDENTITY_KEY_EVERY)
 * @param ahead how long a key is published before it signs: longer than anybody keeps the published keys
 *        (IDENTITY_KEY_AHEAD)
 * @param margin how much longer than its last token a key stays published: skew of clocks
 */
@ConfigurationProperties("identity.rotation")
public record RotationSettings(@DefaultValue("90d") Duration every, @DefaultValue("1d") Duration ahead,
        @DefaultValue("5m") Duration margin) {

    /** Verifiers keep the published keys for minutes. */
    private static final Duration SHORTEST_AHEAD = Duration.ofMinutes(15);

    public RotationSettings {
        if (ahead.compareTo(SHORTEST_AHEAD) < 0) {
            throw new SettingException("IDENTITY_KEY_AHEAD must be at least 15 minutes");
        }
        if (every.compareTo(ahead.multipliedBy(2)) < 0) {
            throw new SettingException("IDENTITY_KEY_EVERY must be at least twice IDENTITY_KEY_AHEAD");
        }
    }
}
