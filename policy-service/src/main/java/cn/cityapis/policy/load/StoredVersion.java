package cn.cityapis.policy.load;

import java.util.UUID;

import cn.cityapis.policy.gazette.GazetteDocument;

/** A version that was just stored. */
public record StoredVersion(UUID work, UUID version, GazetteDocument document) {
}
