package cn.cityapis.identity.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a key does what.
 *
 * @param signsFrom it signs from here on, until a newer one does; published before that
 * @param retiresAt its last token has run out by then, and it is no longer published; null as long as none follows it
 */
public record KeyTimes(String kid, Instant signsFrom, @Nullable Instant retiresAt) {

    boolean published(Instant now) {
        return retiresAt == null || retiresAt.isAfter(now);
    }
}
