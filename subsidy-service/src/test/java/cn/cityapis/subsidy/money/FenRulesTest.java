package cn.cityapis.subsidy.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FenRulesTest {

    @ParameterizedTest
    @CsvSource({"10000005, 70, 7000004", "10000004, 70, 7000003", "1, 50, 1", "1, 49, 0", "0, 80, 0",
            "9223372036854775807, 100, 9223372036854775807", "15000000, 80, 12000000",
            "9223372036854775807, 50, 4611686018427387904", "-10000005, 70, -7000004", "-10000004, 70, -7000003"})
    void percentIsRoundedHalfUpOnce(long fen, long percent, long expected) {
        assertThat(new Fen(fen).percent(percent)).isEqualTo(new Fen(expected));
    }

    /** Within a long and beyond it. */
    @Test
    void aPartIsWhatExactDecimalsSay() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            long fen = random.nextLong() >> random.nextInt(64);
            long factor = random.nextInt(1_000);
            long divisor = 1_000 + random.nextInt(1_000);
            assertThat(new Fen(fen).part(factor, divisor).value()).as("%s * %s / %s", fen, factor, divisor)
                    .isEqualTo(BigDecimal.valueOf(fen).multiply(BigDecimal.valueOf(factor))
                            .divide(BigDecimal.valueOf(divisor), 0, RoundingMode.HALF_UP).longValueExact());
        }
    }

    @Test
    void overflowIsAnErrorAndNeverAWrongNumber() {
        assertThatThrownBy(() -> new Fen(Long.MAX_VALUE).plus(new Fen(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Fen(Long.MAX_VALUE).times(2)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Fen(Long.MAX_VALUE).percent(101)).isInstanceOf(ArithmeticException.class);
    }

    /** 第八条: one to one, to the fen. */
    @ParameterizedTest
    @CsvSource({"7000004, 3500002, 3500002", "7000005, 3500003, 3500002", "1, 1, 0", "0, 0, 0"})
    void theOddFenGoesToTheFirst(long all, long first, long second) {
        assertThat(new Fen(all).split(List.of(1, 1), 0)).containsExactly(new Fen(first), new Fen(second));
    }

    @Test
    void theOddFenGoesToWhomTheSchemeSays() {
        assertThat(new Fen(7).split(List.of(1, 1), 1)).containsExactly(new Fen(3), new Fen(4));
    }

    @Test
    void partsAlwaysAddUp() {
        for (long fen = 0; fen < 500; fen++) {
            List<Fen> parts = new Fen(fen).split(List.of(3, 5, 7), 2);
            assertThat(parts.stream().reduce(Fen.ZERO, Fen::plus)).isEqualTo(new Fen(fen));
        }
    }

    @ParameterizedTest
    @CsvSource({"500000, 5000", "500050, 5000.50", "1, 0.01", "0, 0"})
    void yuanForPeople(long fen, String yuan) {
        assertThat(new Fen(fen).yuan()).isEqualTo(yuan);
    }
}
