package cn.cityapis.pharmacy;

import cn.cityapis.platform.test.ChineseDetails;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read of refusals is Chinese. */
class TitlesTest {

    static Stream<String> titles() {
        return Arrays.stream(PharmacyProblem.values()).map(PharmacyProblem::title);
    }

    @ParameterizedTest
    @MethodSource("titles")
    void areChinese(String title) {
        ChineseDetails.assertChinese(title);
    }
}
