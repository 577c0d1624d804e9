package cn.cityapis.pharmacy.demo;

import cn.cityapis.pharmacy.demo.DemoCatalogue.Entry;
import cn.cityapis.pharmacy.demo.DemoInstitutions.Place;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.monitor.PriceLevel;
import cn.cityapis.pharmacy.monitor.PriceRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Who has what for how much: most at the procured price or a little above, a few far above it. */
record DemoShelves(List<Shelf> shelves) {

    record Shelf(Place place, Entry medicine, int quantity, long retailFen, Instant reportedAt, PriceLevel level) {
    }

    static DemoShelves generate(DemoCatalogue catalogue, List<Place> places, PriceRules.Thresholds thresholds,
            Instant now, DemoRandom random) {
        List<Shelf> shelves = new ArrayList<>();
        for (Place place : places) {
            // private institutions have a good 50 of the 145 on average, stores some more
            double share = place.isStore() ? random.between(0.35, 0.7) : random.between(0.28, 0.48);
            for (Entry medicine : catalogue.entries()) {
                boolean popular = medicine.drug().genericName().equals(DemoCatalogue.ACARBOSE);
                if (random.chance(popular ? 0.9 : share)) {
                    shelves.add(shelf(place, medicine, thresholds, now, random));
                }
            }
        }
        return new DemoShelves(List.copyOf(shelves));
    }

    private static Shelf shelf(Place place, Entry medicine, PriceRules.Thresholds thresholds, Instant now,
            DemoRandom random) {
        long retail = Math.round(medicine.procuredFen() * markUp(random));
        Duration age = random.chance(0.85)
                ? Duration.ofMinutes(random.between(5, 48 * 60))
                : Duration.ofHours(random.between(73, 40 * 24));
        return new Shelf(place, medicine, random.chance(0.05) ? 0 : random.between(1, 60), retail, now.minus(age),
                PriceRules.level(new Fen(retail), new Fen(medicine.procuredFen()), thresholds));
    }

    private static double markUp(DemoRandom random) {
        if (random.chance(0.7)) {
            return 1;
        }
        if (random.chance(0.8)) {
            return random.between(0.95, 1.1);
        }
        return random.chance(0.75) ? random.between(1.1, 1.3) : random.between(1.3, 2.5);
    }
}
