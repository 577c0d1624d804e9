package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.platform.test.ChineseDetails;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read of states, commands, beds and refusals is Chinese. */
class TitlesTest {

    static Stream<String> titles() {
        return Stream.of(Arrays.stream(EldercareProblem.values()).map(EldercareProblem::title),
                Arrays.stream(ApplicationState.Name.values()).map(ApplicationState.Name::title),
                Arrays.stream(Command.Name.values()).map(Command.Name::title),
                Arrays.stream(Bed.State.values()).map(Bed.State::title),
                Arrays.stream(BedKind.values()).map(BedKind::title),
                Arrays.stream(DeadlineKind.values()).map(DeadlineKind::title),
                Arrays.stream(MaterialKind.values()).map(MaterialKind::title)).flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("titles")
    void areChinese(String title) {
        ChineseDetails.assertChinese(title);
    }
}
