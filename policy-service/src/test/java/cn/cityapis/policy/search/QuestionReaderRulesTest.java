package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import cn.cityapis.policy.search.Synonyms.Alternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is looked for of a question, and what of it only asks. */
class QuestionReaderRulesTest {

    private final QuestionReader questions = new QuestionReader(Analysis.perField());

    private Question read(String text) {
        return questions.read(text);
    }

    @ParameterizedTest
    @CsvSource({"医院什么时候收费,医院 收费", "医院能不能收费,医院 收费", "医院最多收费多少钱,医院 收费", "有几个医院,医院", "医院,医院", "医院收费的时候,医院 收费"})
    void leavesOutWhatOnlyAsks(String question, String words) {
        assertThat(String.join(" ", read(question).words())).isEqualTo(words);
    }

    @Test
    void looksForWordsThatOnlyAskWhereThereIsNothingElse() {
        assertThat(read("什么时候").words()).isNotEmpty();
    }

    /** 不 is no filler, 能不能 is one; they must stand side by side. */
    @Test
    void keepsWordsOfAnExpressionThatDoNotStandTogether() {
        assertThat(read("不收费").words()).contains("不");
        assertThat(read("什么，时限").words()).contains("时限");
    }

    @ParameterizedTest
    @CsvSource({"卖一千万有奖励吗,1000万元", "奖励五万元,5万元", "一百个车位,100个", "百分之八十,80%", "两亿,2亿元", "三万人,3万人"})
    void readsFiguresInCharacters(String question, String figure) {
        assertThat(read(question).alternatives().stream().map(Alternative::others).flatMap(List::stream))
                .contains(figure);
    }

    @ParameterizedTest
    @CsvSource({"办法还有效吗", "有效期到哪天", "从哪天开始执行", "这个通知废止了吗"})
    void knowsWhenARuleIsAskedFor(String question) {
        assertThat(read(question).facts()).contains(Fact.FORCE);
    }

    @Test
    void knowsWhatAnArticleStates() {
        assertThat(Fact.statedIn("本办法自2031年4月1日起施行，有效期至2036年3月31日。")).isEqualTo(Set.of(Fact.TIME, Fact.FORCE));
        assertThat(Fact.statedIn("押金20元，由市灯塔局负责。")).isEqualTo(Set.of(Fact.MONEY, Fact.ORGAN));
    }
}
