package cn.cityapis.pharmacy.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.problem.Violations;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxTest {

    @Test
    void theWholeWorldIsAsManyCellsAsTheZoomHas() {
        Box world = new Box(-180, -90, 180, 90);
        assertThat(world.cellsCovered(0)).isCloseTo(25, Offset.offset(0.01));
        assertThat(world.cellsCovered(3)).isCloseTo(33 * 33, Offset.offset(0.01));
    }

    @Test
    void aBoxOverTheDateLineIsTheShortWayRound() {
        Box box = new Box(179, -1, -179, 1);
        assertThat(box.cellsCovered(4)).isLessThan(new Box(-179, -1, 179, 1).cellsCovered(4) / 10);
        assertThat(box.contains(new Coordinates(0, 179.5))).isTrue();
        assertThat(box.contains(new Coordinates(0, -179.5))).isTrue();
        assertThat(box.contains(new Coordinates(0, 0))).isFalse();
        assertThat(box.contains(new Coordinates(2, 180))).isFalse();
        assertThatThrownBy(() -> new Box(0, 1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theDatumsBoxIsInsideTheWidened() {
        Box box = new Box(122.0, 37.4, 122.2, 37.6);
        Box wide = box.toWgs84(CoordType.BD09);
        for (double[] corner : new double[][]{{37.4, 122.0}, {37.6, 122.2}}) {
            assertThat(wide.contains(CoordType.BD09.toWgs84(new Coordinates(corner[0], corner[1])))).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {"- | missing", "1,2,3 | wrong-type", "a,2,3,4 | wrong-type",
            "37.4,122.0,37.6,122.2 | coordinates-swapped", "0,5,1,4 | out-of-range", "0,0,181,4 | out-of-range",
            "NaN,0,1,1 | wrong-type"})
    void saysWhatIsWrongWithABox(String text, String code) {
        Violations wrong = new Violations();
        assertThat(CoordinateRules.box(text, wrong)).isEmpty();
        assertThat(wrong.list()).singleElement().satisfies(v -> {
            assertThat(v.pointer()).isEqualTo("?bbox");
            assertThat(v.code()).isEqualTo(code);
        });
    }
}
