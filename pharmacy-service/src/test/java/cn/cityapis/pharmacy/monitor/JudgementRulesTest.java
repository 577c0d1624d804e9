package cn.cityapis.pharmacy.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.monitor.PriceRules.Beside;
import cn.cityapis.pharmacy.monitor.PriceRules.Limits;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementRulesTest {

    private static final PriceRules.Thresholds THRESHOLDS = new PriceRules.Thresholds(LocalDate.EPOCH,
            new Limits(1000, 3000), new Limits(3000, 10_000), new Limits(2000, 5000), 90);

    /** Procured price 1000. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"1000, 100, 100, GREEN, ''", "1100, -, -, GREEN, ''",
            "1101, -, -, YELLOW, procured", "1300, -, -, YELLOW, procured", "1301, -, -, RED, procured",
            "1040, 800, -, GREEN, ''", "1041, 800, -, YELLOW, median", "1001, 500, -, RED, median",
            "1020, -, 850, GREEN, ''", "1021, -, 850, YELLOW, history", "1021, -, 680, RED, history",
            "1301, 600, 800, RED, procured median history", "1200, 400, 1100, RED, median"})
    void theHighestOfThreeComparisonsCounts(long retail, Long median, Long before, PriceLevel level, String reasons) {
        var judged = PriceRules.judge(new Fen(retail), new Fen(1000),
                new Beside(median == null ? null : new Fen(median), before == null ? null : new Fen(before)),
                THRESHOLDS);
        assertThat(judged.level()).isEqualTo(level);
        assertThat(String.join(" ", judged.reasons())).isEqualTo(reasons);
    }
}
