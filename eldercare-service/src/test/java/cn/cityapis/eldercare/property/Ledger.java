package cn.cityapis.eldercare.property;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the clients were told has happened. */
final class Ledger {

    final Set<String> applications = ConcurrentHashMap.newKeySet();
    final Set<String> materials = ConcurrentHashMap.newKeySet();
    final Set<String> offers = ConcurrentHashMap.newKeySet();
    final Set<String> closed = ConcurrentHashMap.newKeySet();
    /** Application and home that was chosen in place of a closed one. */
    final Set<String> replacements = ConcurrentHashMap.newKeySet();
    /** Application, the other of the couple, and whether he would go alone; as last said. */
    final Map<String, String> wishes = new ConcurrentHashMap<>();
    final Map<String, Integer> decisions = new ConcurrentHashMap<>();
    /** By bed: left, used without an offer, moved into. */
    final Map<String, Integer> vacated = new ConcurrentHashMap<>();
    final Map<String, Integer> used = new ConcurrentHashMap<>();
    final Map<String, Integer> movedInto = new ConcurrentHashMap<>();
    final AtomicInteger kept = new AtomicInteger();

    void created(String application) {
        applications.add(application);
    }

    void uploaded(String material) {
        materials.add(material);
    }

    void offered(String offer) {
        offers.add(offer);
    }

    void replaced(String application, String home) {
        replacements.add(application + " " + home);
    }

    void decided(String application, String kind) {
        decisions.merge(application + " " + kind, 1, Integer::sum);
    }

    void vacated(String bed) {
        vacated.merge(bed, 1, Integer::sum);
    }

    void used(String bed) {
        used.merge(bed, 1, Integer::sum);
    }

    void movedInto(String bed) {
        movedInto.merge(bed, 1, Integer::sum);
    }
}
