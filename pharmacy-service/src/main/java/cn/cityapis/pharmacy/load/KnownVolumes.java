package cn.cityapis.pharmacy.load;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

/**
 * What is known of purchase cycles and agreed volumes, as far as a file is about them.
 *
 * @param buyers who buys, by account
 * @param cycles by name
 * @param agreed of the medicines in the file and of all that are the same but for maker and pack
 * @param substances of the same medicines
 */
record KnownVolumes(Map<String, UUID> buyers, Map<String, Cycle> cycles, Map<Key, Agreed> agreed,
        Map<UUID, Substance> substances) {

    static final KnownVolumes NONE = new KnownVolumes(Map.of(), Map.of(), Map.of(), Map.of());

    record Cycle(UUID id, LocalDate from, LocalDate to) {
    }

    record Key(UUID cycle, UUID buyer, UUID drug) {
    }

    record Agreed(String matchedBy, int packs) {

        boolean anyWinner() {
            return matchedBy.equals("any_winner");
        }
    }

    /** What a medicine is whoever makes it, in whatever pack. */
    record Substance(String genericName, String form, BigDecimal strengthValue, String strengthUnit) {
    }
}
