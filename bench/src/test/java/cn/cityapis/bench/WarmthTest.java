package cn.cityapis.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmthTest {

    @Test
    void isThereAfterThreeRoundsThatBroughtNothing() {
        assertThat(rounds(100, 200, 203, 201, 199, 500)).isEqualTo(5);
    }

    @Test
    void oneSlowRoundSaysNothing() {
        assertThat(rounds(100, 90, 80, 150, 140, 160, 160, 150, 161)).isEqualTo(9);
    }

    @Test
    void goesOnWhileItGetsFaster() {
        assertThat(rounds(100, 110, 120, 130, 140)).isZero();
    }

    /** @return after how many it was reached; 0: not at all */
    private static int rounds(double... rates) {
        Warmth warmth = new Warmth();
        for (int i = 0; i < rates.length; i++) {
            if (warmth.reached(rates[i])) {
                return i + 1;
            }
        }
        return 0;
    }
}
