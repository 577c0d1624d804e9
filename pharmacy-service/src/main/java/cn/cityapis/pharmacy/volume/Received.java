package cn.cityapis.pharmacy.volume;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/** What buyers accepted and kept, in smallest units, by the day of acceptance; of each medicine and of all that are the same. */
final class Received {

    private final Map<Object, NavigableMap<LocalDate, Long>> units = new HashMap<>();

    /** The key is a medicine, or the name, form and strength that several share. */
    private record Of(UUID chain, Object medicine) {
    }

    /** @param packs may be of several batches */
    record Kept(UUID chain, UUID drug, String same, LocalDate day, long packs, int packUnits) {
    }

    Received add(Kept kept) {
        long smallest = Math.multiplyExact(kept.packs(), kept.packUnits());
        of(kept.chain(), kept.drug()).merge(kept.day(), smallest, Math::addExact);
        of(kept.chain(), kept.same()).merge(kept.day(), smallest, Math::addExact);
        return this;
    }

    private NavigableMap<LocalDate, Long> of(UUID chain, Object medicine) {
        return units.computeIfAbsent(new Of(chain, medicine), none -> new TreeMap<>());
    }

    /** In packs of the line; packs of other brands count by their smallest units. */
    long packs(AgreedLine line) {
        Object medicine = line.matchedBy().equals("any_winner") ? line.same() : line.drugId();
        var days = units.get(new Of(line.chainId(), medicine));
        return days == null
                ? 0
                : days.subMap(line.validFrom(), true, line.validTo(), true).values().stream().mapToLong(Long::longValue)
                        .sum() / line.packUnits();
    }
}
