package cn.cityapis.subsidy.application;

import cn.cityapis.platform.test.ChineseDetails;
import cn.cityapis.subsidy.SubsidyProblem;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read of states, periods and refusals is Chinese. */
class TitlesTest {

    static Stream<String> titles() {
        return Stream.of(Arrays.stream(SubsidyProblem.values()).map(SubsidyProblem::title),
                Arrays.stream(ApplicationState.values()).map(ApplicationState::label),
                Arrays.stream(DeadlineKind.values()).map(DeadlineKind::title)).flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("titles")
    void areChinese(String title) {
        ChineseDetails.assertChinese(title);
    }
}
