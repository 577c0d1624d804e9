package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import org.junit.jupiter.api.Test;

class MarksRulesTest {

    private static String snippet(String text, String... pieces) {
        return Marks.of(List.of(new Question(Optional.empty(), OptionalInt.empty(), List.of(), List.of(pieces),
                List.of(pieces), List.of(), List.of(), Set.of())), List.of()).snippet(text);
    }

    @Test
    void marksPairsOfCharactersAndWholeWords() {
        assertThat(snippet("灯塔参观与塔灯", "灯塔参观")).isEqualTo("<em>灯塔参观</em>与塔灯");
        assertThat(snippet("APP与APPS", "app", "灯塔")).isEqualTo("<em>APP</em>与APPS");
        assertThat(snippet("费用由申请人承担", "费")).isEqualTo("<em>费</em>用由申请人承担");
    }

    @Test
    void escapesEverythingElse() {
        assertThat(snippet("<b>灯塔</b> & \"'", "灯塔"))
                .isEqualTo("&lt;b&gt;<em>灯塔</em>&lt;/b&gt; &amp; &quot;&#39;");
    }

    @Test
    void cutsALongTextToWhatTellsAndNeverASurrogatePair() {
        String text = "😀".repeat(300) + "。灯塔开放。" + "𠮷".repeat(300) + "。";
        String snippet = snippet(text, "灯塔开放");
        assertThat(snippet).contains("<em>灯塔开放</em>").hasSizeLessThan(900);
        SearchContract.wellFormed(snippet);
    }
}
