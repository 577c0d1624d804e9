package cn.cityapis.pharmacy.load;

import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

/**
 * What is known of purchase cycles and agreed volumes, as far as a file is about them.
 *
 * @param buyers who buys, by account
 * @param cycles by name
 */
record KnownVolumes(Map<String, UUID> buyers, Map<String, Cycle> cycles, Map<Key, Agreed> agreed) {

    static final KnownVolumes NONE = new KnownVolumes(Map.of(), Map.of(), Map.of());

    record Cycle(UUID id, LocalDate from, LocalDate to) {
    }

    record Key(UUID cycle, UUID buyer, UUID drug) {
    }

    record Agreed(String matchedBy, int packs) {
    }
}
