package cn.cityapis.pharmacy.property;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What the service has acknowledged. */
final class Told {

    /** @param at of one moment there is one report only */
    record Shelf(Instant at, int quantity, long fen) {

        Shelf newer(Shelf other) {
            return other.at().isAfter(at) ? other : this;
        }
    }

    final Map<String, Shelf> shelves = new ConcurrentHashMap<>();
    final Set<String> orders = ConcurrentHashMap.newKeySet();
    final Set<String> deliveries = ConcurrentHashMap.newKeySet();
    final Set<String> accepted = ConcurrentHashMap.newKeySet();
    final Set<String> returns = ConcurrentHashMap.newKeySet();
    final Set<String> credited = ConcurrentHashMap.newKeySet();
    final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    final Set<String> withdrawn = ConcurrentHashMap.newKeySet();
    /** By what only one of each has: references and reasons. */
    final Set<String> closed = ConcurrentHashMap.newKeySet();
    final Set<String> paid = ConcurrentHashMap.newKeySet();
    final Set<String> reversed = ConcurrentHashMap.newKeySet();
    final Set<String> refunded = ConcurrentHashMap.newKeySet();

    void shelf(UUID store, UUID drug, Shelf reported) {
        shelves.merge(store + " " + drug, reported, Shelf::newer);
    }
}
