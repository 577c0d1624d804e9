package cn.cityapis.pharmacy.geo;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.problem.Violations;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoordinateRulesTest {

    @ParameterizedTest
    @CsvSource({"37.5, 122.1, ''", "122.1, 37.5, coordinates-swapped", "72, 20, coordinates-swapped",
            "71.9, 20, ''", "87.6, 56.1, ''", "91, -20, out-of-range", "-91, 10, out-of-range",
            "10, 180.1, out-of-range", "90, 180, ''", "-90, -180, ''", "NaN, 1, wrong-type", "Infinity, 1, wrong-type",
            "abc, 1, wrong-type", "1, , missing", ", 1, missing", "0x1p3, 1, ''"})
    void namesWhatIsWrongWithAPoint(@Nullable String lat, @Nullable String lon, String code) {
        Violations wrong = new Violations();
        var found = CoordinateRules.coordinates(lat, lon, wrong);
        assertThat(wrong.list()).extracting(Violation::code)
                .isEqualTo(code.isEmpty() ? java.util.List.of() : java.util.List.of(code));
        assertThat(found.isPresent()).isEqualTo(code.isEmpty());
    }

    @Test
    void namesBothMembersOfAPoint() {
        Violations wrong = new Violations();
        CoordinateRules.coordinates("95", "500", wrong);
        assertThat(wrong.list()).extracting(Violation::pointer).containsExactly("?lat", "?lon");
    }

    @ParameterizedTest
    @CsvSource({"wgs84, ''", "gcj02, ''", "bd09, ''", "GCJ02, invalid-value", "utm, invalid-value", ", missing"})
    void takesADatumByItsExactName(@Nullable String text, String code) {
        Violations wrong = new Violations();
        assertThat(CoordinateRules.coordType(text, wrong).isPresent()).isEqualTo(code.isEmpty());
        assertThat(wrong.list()).extracting(Violation::code).allMatch(code::equals);
        assertThat(wrong.isEmpty()).isEqualTo(code.isEmpty());
    }
}
