package cn.cityapis.pharmacy.money;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitPriceTest {

    @ParameterizedTest
    @CsvSource({"735, 30, 0.2450", "100, 3, 0.3333", "200, 3, 0.6667", "1, 100000, 0.0000", "1, 200, 0.0001",
            "100000000, 1, 1000000.0000"})
    void hasFourPlacesWhateverThePack(long fen, int units, String expected) {
        assertThat(UnitPrice.of(new Fen(fen), units)).hasToString(expected);
    }
}
