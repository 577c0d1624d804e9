package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link SoundMatch} takes for said must not be lost by the pieces that an index looks for first. */
class SoundGramsRulesTest {

    private static final String TITLE = "威海市公办养老机构入住评估轮候办法(试行)";

    @ParameterizedTest
    @CsvSource({"养老", "yanglao", "yljg", "养老jig", "yanglaoj", "y", "yl", "whs", "weih", "公b养lao", "hsgbyljgrzpg",
            "xing",
            "banfashix", "办法shi", "机构入住评估轮候办法试行"})
    void hasAllPiecesOfWhatSaysIt(String typed) {
        assertThat(said(typed)).isTrue();
        assertThat(SoundGrams.ofText(TITLE)).containsAll(SoundGrams.ofTyped(typed));
    }

    @ParameterizedTest
    @CsvSource({"bzz", "养幼", "xyzzyqq", "教育"})
    void lacksAPieceOfWhatDoesNot(String typed) {
        assertThat(said(typed)).isFalse();
        assertThat(SoundGrams.ofText(TITLE).containsAll(SoundGrams.ofTyped(typed))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"weihai,true", "whs,true", "威海,true", "yanglao,false"})
    void knowsWhatATextBeginsWith(String typed, boolean begins) {
        Set<String> beginning = SoundGrams.ofBeginning(TITLE);
        assertThat(beginning.contains(SoundGrams.ofTyped(typed).getFirst())).isEqualTo(begins);
    }

    private static boolean said(String typed) {
        for (int at = 0; at < TITLE.length(); at++) {
            if (SoundMatch.end(TITLE, at, typed, true) >= 0) {
                return true;
            }
        }
        return false;
    }
}
