package cn.cityapis.policy.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.policy.text.Article;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Made-up clauses in the shapes that gazettes have. */
class AmountRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            对新建的灯塔，给予500万元奖励。                    | 500000000 exact award
            对灯塔给予不超过50 万元补助。                      | 50000000 cap award
            每人每月补贴五百元。                               | 50000 exact award
            给予五万元奖励。                                   | 5000000 exact award
            给予５万元奖励。                                   | 5000000 exact award
            给予5万元-10万元奖励。                             | 10000000 range award
            给予5-10万元奖励。                                 | 10000000 range award
            对甲、乙分别给予20万元、10万元奖励。               | 20000000 exact award; 10000000 exact award
            投入增长10%以上的，按不超过增量5%的比例给予补助。  | 1000 floor threshold; 500 cap award
            投资100万元以上的，给予2万元奖励。                 | 100000000 floor threshold; 2000000 exact award
            按时还款的，贴息上限3万元。                        | 3000000 cap award
            补助资金由市、区按1:1比例承担。                    | [1, 1] exact cost
            擅自拆除的，处以2000元罚款。                       | 200000 exact fine
            全年产值12.5亿元。                                 | 125000000000 exact indicator
            奖金的50%用于科研。                                | 5000 exact other
            在省级补助40%的基础上，市级再给予20%的补助。       | 4000 exact other; 2000 exact award
            贷款额度不超过30万元。                             | 30000000 cap award
            给予5000元以上1万元以下的奖励。                    | 1000000 range award
            处1万元以上3万元以下罚款。                         | 3000000 range fine
            按投资额的5%—10%给予补助。                         | 1000 range award
            按投资额的5%至10%给予补助。                        | 1000 range award
            总投资1亿5000万元。                                | 15000000000 exact indicator
            给予1万5千元奖励。                                 | 1500000 exact award
            """)
    void tellsWhatEachFigureIs(String clause, String expected) {
        assertThat(read(clause)).isEqualTo(expected);
    }

    @Test
    void takesTheLabelOfAnEntryForNoPartOfTheSum() {
        assertThat(read("1. 50万元以下的部分，给予补助。\n2. 30%给予补助。")).isEqualTo("50000000 cap other; 3000 exact award");
    }

    @Test
    void marksThePlaceAndThePer() {
        String text = "第一条 对养老机构，每张床位一次性给予5000元补贴。（责任单位：市民政局、市财政局）";
        Award award = AwardRules.find(new Article("1", 1, "第一条", "", text)).getFirst();
        assertThat(award.amount().span().of(text)).isEqualTo("5000元");
        assertThat(award.amount().per()).containsExactly("每张床位");
        assertThat(award.amount().oneOff()).isTrue();
        assertThat(award.audiences()).containsExactly("care-home");
        assertThat(award.organs()).containsExactly("市民政局", "市财政局");
        assertThat(award.who().of(text)).isEqualTo("养老机构");
    }

    @Test
    void readsDeadlinesWithTheirEvent() {
        String text = "评估结束后3个工作日内答复，有异议的20日内提出。有效期至2033年5月1日。";
        List<Deadlines.Deadline> found = Deadlines.find(text);
        assertThat(found.stream().map(one -> one.text() + " " + one.unit().code())).containsExactly(
                "3个工作日内 working-days", "20日内 calendar-days", "有效期至2033年5月1日 date");
        Span event = found.getFirst().event();
        assertThat(event == null ? "" : event.of(text)).isEqualTo("评估结束后");
    }

    private static String read(String clause) {
        return AmountRules.find(clause).stream()
                .map(one -> (one.amountFen() != null
                        ? String.valueOf(one.amountFen())
                        : one.basisPoints() != null ? String.valueOf(one.basisPoints()) : one.ratio().toString()) + " "
                        + one.bound().code() + " " + one.kind().code())
                .collect(Collectors.joining("; "));
    }
}
