package cn.cityapis.policy.load;

import java.util.UUID;

/** A version that was just stored. */
public record StoredVersion(UUID work, UUID version, IncomingDocument document) {
}
