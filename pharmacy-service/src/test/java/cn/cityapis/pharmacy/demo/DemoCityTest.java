package cn.cityapis.pharmacy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.demo.DemoInstitutions.Place;
import cn.cityapis.pharmacy.monitor.PriceLevel;
import cn.cityapis.pharmacy.monitor.PriceRules;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoCityTest {

    private static final PriceRules.Thresholds THRESHOLDS = PriceRules.Thresholds.ofProcured(LocalDate.EPOCH, 1000,
            3000);

    private final DemoCity city = city(DemoMigration.SEED);

    private static DemoCity city(long seed) {
        return DemoCity.generate(seed, Instant.parse("2026-11-21T00:00:00Z"), THRESHOLDS);
    }

    @Test
    void hasTheScaleOfTheRealOne() {
        var places = city.institutions().places();
        assertThat(city.institutions().chains()).hasSize(18);
        assertThat(places.stream().filter(Place::isStore).count()).isGreaterThan(1100);
        assertThat(places.stream().filter(p -> !p.isStore()).count()).isEqualTo(259);
        assertThat(city.catalogue().entries()).hasSize(145)
                .extracting(e -> e.drug().genericName()).doesNotHaveDuplicates();
        assertThat(city.shelves().shelves()).hasSizeBetween(80_000, 150_000);
    }

    @Test
    void privateInstitutionsHaveOverFiftyMedicinesOnAverage() {
        var perPlace = city.shelves().shelves().stream().filter(s -> !s.place().isStore())
                .collect(Collectors.groupingBy(s -> s.place().id(), Collectors.counting()));
        assertThat(perPlace).hasSize(259);
        assertThat(perPlace.values().stream().mapToLong(n -> n).average().orElse(0)).isBetween(50.0, 65.0);
    }

    @Test
    void acarboseCostsWhatTheNewspaperSaid() {
        var acarbose = city.catalogue().entries().stream()
                .filter(e -> e.drug().genericName().equals(DemoCatalogue.ACARBOSE)).findFirst().orElseThrow();
        assertThat(acarbose.procuredFen()).isBetween(700L, 799L);
        assertThat(acarbose.beforeFen()).isBetween(5000L, 6000L);
        assertThat(city.shelves().shelves()).anyMatch(
                s -> s.medicine() == acarbose && s.level() == PriceLevel.RED);
    }

    @Test
    void isTheSameEachTimeAndAnotherForAnotherSeed() {
        assertThat(places(city(DemoMigration.SEED))).isEqualTo(places(city));
        assertThat(places(city(1))).isNotEqualTo(places(city));
        assertThat(city(DemoMigration.SEED).shelves().shelves().getLast().retailFen())
                .isEqualTo(city.shelves().shelves().getLast().retailFen());
    }

    private static Object places(DemoCity city) {
        return city.institutions().places();
    }
}
