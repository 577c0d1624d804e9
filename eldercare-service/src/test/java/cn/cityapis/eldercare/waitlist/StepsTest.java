package cn.cityapis.eldercare.waitlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sum over a long queue is what adding one by one gives. */
class StepsTest {

    @ParameterizedTest
    @CsvSource({"0, 0.5, 0.001", "255, 0.5, 0.001", "256, 0.5, 0.001", "257, 0.5, 0.001", "100000, 0.5, 0.001",
            "100000, 12.5, 0.00001", "1000000, 0.05, 0.01", "100000, 0.5, 0", "5000, 0.001, 0.3"})
    void equalsTheSumOneByOne(long ahead, double placed, double left) {
        double days = 0;
        double squares = 0;
        for (long n = ahead; n >= 0; n--) {
            double step = 1 / (placed + left * n);
            days += step;
            squares += step * step;
        }
        Steps steps = Steps.upTo(ahead, placed, left);
        assertThat(steps.days()).isCloseTo(days, within(days * 1e-11));
        assertThat(steps.squares()).isCloseTo(squares, within(squares * 1e-11));
    }
}
