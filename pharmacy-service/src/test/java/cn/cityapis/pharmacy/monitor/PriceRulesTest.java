package cn.cityapis.pharmacy.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.pharmacy.money.Fen;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceRulesTest {

    private static final PriceRules.Thresholds OLD = PriceRules.Thresholds.ofProcured(LocalDate.of(2020, 1, 1), 1000,
            3000);
    private static final PriceRules.Thresholds NEW = PriceRules.Thresholds.ofProcured(LocalDate.of(2026, 7, 1), 500,
            1000);

    @ParameterizedTest
    @CsvSource({"1, GREEN", "999, GREEN", "1000, GREEN", "1100, GREEN", "1101, YELLOW", "1300, YELLOW", "1301, RED",
            "9223372036854775807, RED"})
    void aThresholdIsPassedNotReached(long retail, PriceLevel level) {
        assertThat(PriceRules.level(new Fen(retail), new Fen(1000), OLD)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"2026-06-30, 1000", "2026-07-01, 500"})
    void thresholdsHoldFromTheirDay(LocalDate day, int yellow) {
        assertThat(PriceRules.inForce(List.of(NEW, OLD), day).procured().yellowAboveBp()).isEqualTo(yellow);
    }

    @Test
    void beforeTheFirstThresholdsThereIsNoAnswer() {
        assertThatThrownBy(() -> PriceRules.inForce(List.of(NEW, OLD), LocalDate.of(2019, 12, 31)))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({"735, 735, 0", "1580, 735, 11496", "700, 735, -476", "100001, 100000, 1", "100000, 100001, 0"})
    void tellsHowFarAbove(long retail, long procured, int bp) {
        assertThat(PriceRules.aboveBp(new Fen(retail), new Fen(procured))).isEqualTo(bp);
    }

    @ParameterizedTest
    @CsvSource({"7, true", "36, true", "37, false", "735, false"})
    void questionsAPriceThatLooksLikeYuan(long retail, boolean looks) {
        assertThat(PriceRules.looksLikeYuan(new Fen(retail), new Fen(735))).isEqualTo(looks);
    }
}
