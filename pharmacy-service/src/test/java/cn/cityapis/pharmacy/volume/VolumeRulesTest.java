package cn.cityapis.pharmacy.volume;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.volume.VolumeRules.Threshold;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeRulesTest {

    private static final Threshold THRESHOLD = new Threshold(LocalDate.of(2020, 1, 1), 1000, 8000);

    @ParameterizedTest
    @CsvSource({"2025-12-31, 0", "2026-01-01, 27", "2026-07-02, 5013", "2026-12-31, 10000", "2027-03-01, 10000"})
    void timePassesByWholeDays(LocalDate today, int expected) {
        assertThat(VolumeRules.timePassedBp(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31), today))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1000, 399, 5000, true", "1000, 400, 5000, false", "1000, 0, 1000, false", "1000, 0, 1001, true",
            "0, 0, 9000, false", "1000, 5000, 10000, false"})
    void isBehindBelowEightTenthsOfTheTimePassed(long agreed, long accepted, int time, boolean behind) {
        assertThat(VolumeRules.standing(agreed, accepted, time, THRESHOLD).behind()).isEqualTo(behind);
    }

    @Test
    void nothingAgreedIsFulfilledAndMoreThanAllCounts() {
        assertThat(VolumeRules.standing(0, 0, 5000, THRESHOLD).fulfilmentBp()).isEqualTo(10_000);
        assertThat(VolumeRules.standing(100, 250, 5000, THRESHOLD).fulfilmentBp()).isEqualTo(25_000);
        assertThat(VolumeRules.standing(100, 0, 5050, THRESHOLD).expectedPacks()).isEqualTo(50);
    }

    @Test
    void theThresholdOfTheDayHolds() {
        Threshold later = new Threshold(LocalDate.of(2027, 1, 1), 0, 9000);
        assertThat(VolumeRules.inForce(List.of(THRESHOLD, later), LocalDate.of(2026, 12, 31))).isEqualTo(THRESHOLD);
        assertThat(VolumeRules.inForce(List.of(THRESHOLD, later), LocalDate.of(2027, 1, 1))).isEqualTo(later);
    }
}
