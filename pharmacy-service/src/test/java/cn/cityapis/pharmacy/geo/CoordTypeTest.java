package cn.cityapis.pharmacy.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CoordTypeTest {

    private static final Offset<Double> MICRODEGREE = Offset.offset(1e-6);

    /** Values published with the widely used coordtransform library for one point in Beijing. */
    @ParameterizedTest
    @CsvSource({"GCJ02, 39.91640428150164, 116.41024449916938", "BD09, 39.92269955, 116.41662724"})
    void shiftsAsPublished(CoordType type, double lat, double lon) {
        Coordinates shifted = type.fromWgs84(new Coordinates(39.915, 116.404));
        assertThat(shifted.lat()).isCloseTo(lat, MICRODEGREE);
        assertThat(shifted.lon()).isCloseTo(lon, MICRODEGREE);
    }

    @ParameterizedTest
    @EnumSource(CoordType.class)
    void comesBackWithinATenthOfAMillimetreAnywhereInChina(CoordType type) {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            Coordinates wgs84 = new Coordinates(random.nextDouble(3, 53), random.nextDouble(74, 135));
            Coordinates shifted = type.fromWgs84(wgs84);
            assertThat(type.toWgs84(shifted).distanceTo(wgs84)).as("%s", wgs84).isLessThan(0.0001);
            assertThat(type.fromWgs84(type.toWgs84(shifted)).distanceTo(shifted)).as("%s", wgs84).isLessThan(0.0001);
        }
    }

    @Test
    void aSingleStepBackWouldErrByMoreThanAMetre() {
        Coordinates wgs84 = new Coordinates(37.5, 122.12);
        Coordinates gcj02 = CoordType.GCJ02.fromWgs84(wgs84);
        Coordinates again = CoordType.GCJ02.fromWgs84(gcj02);
        Coordinates oneStep = new Coordinates(2 * gcj02.lat() - again.lat(), 2 * gcj02.lon() - again.lon());
        assertThat(oneStep.distanceTo(wgs84)).isGreaterThan(0.5);
        assertThat(CoordType.GCJ02.toWgs84(gcj02).distanceTo(wgs84)).isLessThan(0.001);
    }

    @Test
    void mixingDatumsCostsHundredsOfMetresInWeihai() {
        Coordinates wgs84 = new Coordinates(37.5, 122.12);
        assertThat(CoordType.GCJ02.fromWgs84(wgs84).distanceTo(wgs84)).isBetween(400.0, 500.0);
        assertThat(CoordType.BD09.fromWgs84(wgs84).distanceTo(wgs84)).isGreaterThan(500);
    }

    @ParameterizedTest
    @CsvSource({"35.68, 139.76", "-33.87, 151.21", "51.5, -0.12", "37.5, -179.9", "0, 0", "90, 0"})
    void leavesPointsOutsideChinaAlone(double lat, double lon) {
        Coordinates point = new Coordinates(lat, lon);
        for (CoordType type : CoordType.values()) {
            assertThat(type.fromWgs84(point)).isEqualTo(point);
            assertThat(type.toWgs84(point)).isEqualTo(point);
        }
    }
}
