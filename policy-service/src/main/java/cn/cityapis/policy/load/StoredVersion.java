package cn.cityapis.policy.load;

import java.util.UUID;

/**
 * A version that was just stored.
 *
 * @param readAnew the text is that of the version that was current before, which has been read otherwise
 */
public record StoredVersion(UUID work, UUID version, IncomingDocument document, boolean readAnew) {
}
