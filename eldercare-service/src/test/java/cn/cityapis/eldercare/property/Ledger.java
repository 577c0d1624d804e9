package cn.cityapis.eldercare.property;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the clients were told has happened. */
final class Ledger {

    final Set<String> applications = ConcurrentHashMap.newKeySet();
    final Set<String> materials = ConcurrentHashMap.newKeySet();
    final Set<String> offers = ConcurrentHashMap.newKeySet();
    final Map<String, Integer> decisions = new ConcurrentHashMap<>();
    final Map<String, Integer> vacated = new ConcurrentHashMap<>();

    void created(String application) {
        applications.add(application);
    }

    void uploaded(String material) {
        materials.add(material);
    }

    void offered(String offer) {
        offers.add(offer);
    }

    void decided(String application, String kind) {
        decisions.merge(application + " " + kind, 1, Integer::sum);
    }

    void vacated(String bed) {
        vacated.merge(bed, 1, Integer::sum);
    }
}
