package cn.cityapis.policy.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.policy.Gazettes;
import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.gazette.GazetteParser;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.ArticleSplitter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The records of the real issue against what a person reads there. */
class OfficialFactsTest {

    private static final Map<String, Article> ARTICLES = new LinkedHashMap<>();

    @BeforeAll
    static void readTheIssue() {
        for (GazetteDocument document : GazetteParser.parse(Gazettes.official()).documents()) {
            ArticleSplitter.split(document.tree())
                    .forEach(article -> ARTICLES.put(document.number() + " " + article.key(), article));
        }
    }

    /** Of each article all awards, in their order: fen or basis points, bound, form, per what, audiences, first organ. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            威政发〔2023〕5号 2.1.1  | 1000000000 exact reward [] [organisation] 市科技局; 500000000 exact reward [] [organisation] 市科技局; 500000000 exact reward [] [organisation] 市科技局; 500000000 cap reward [] [organisation] 市科技局; 500000000 cap reward [] [enterprise] 市科技局; 300000000 cap reward [] [enterprise] 市科技局; 100000000 cap reward [] [organisation] 市科技局; 50000000 cap subsidy [] [organisation] 市科技局
            威政发〔2023〕5号 2.2.9  | 500bp cap subsidy [] [high-tech-enterprise, tech-sme] 市科技局; 100000000 cap subsidy [每家, 每年] [high-tech-enterprise, tech-sme] 市科技局
            威政发〔2023〕5号 2.3.14 | 500bp cap subsidy [] [tech-enterprise, university] 市科技局; 30000000 cap funding [每家, 每年] [enterprise] 市科技局; 10000000 cap subsidy [每家] [service-agency] 市科技局; 50000000 cap funding [] [tech-enterprise, university, enterprise, service-agency] 市科技局
            威政发〔2023〕5号 2.4.15 | 50000000 cap subsidy [] [tech-enterprise, startup-team] 市科技局
            威政发〔2023〕5号 2.4.16 | 10000000 exact reward [] [enterprise] 市科技局
            威政发〔2023〕5号 2.4.17 | 5000000 exact reward [] [high-tech-enterprise] 市科技局; 50000000 cap reward [] [organisation] 市科技局
            威政发〔2023〕5号 2.4.18 | 200000000 cap funding [] [tech-leader, new-research-institute, innovation-consortium] 市科技局; 10000000 exact subsidy [] [innovation-consortium] 市科技局
            威政发〔2023〕5号 2.6.25 | 2000bp exact interest [] [sme] 市市场监管局; 20000000 cap interest [每年] [sme] 市市场监管局; 3000bp exact subsidy [] [sme] 市市场监管局; 5000000 cap subsidy [] [sme] 市市场监管局; 2000bp exact subsidy [] [sme] 市市场监管局; 2000000 cap subsidy [] [sme] 市市场监管局
            威政发〔2023〕5号 2.6.26 | 1000000000 floor insurance [] [talent, enterprise] 市地方金融监管局; 300000000 floor insurance [] [talent, enterprise] 市地方金融监管局
            威政发〔2023〕5号 2.7.30 | 2000bp exact subsidy [] [startup-team] 市科技局
            威政办发〔2023〕12号 2.3.2 | 100000000 cap funding [] [district] -; 50000000 cap funding [] [district] -
            威政办发〔2023〕12号 2.3.3 | 300bp cap interest [] [] -; 200bp cap interest [] [] -
            威政办发〔2023〕12号 2.3.4 | 50000000 exact reward [] [district] -; 30000000 exact reward [] [district] -; 100bp exact reward [每年] [agri-leader] -; 200000000 cap reward [每年] [agri-leader] -
            威金监发〔2023〕25号 5 | 8000bp exact subsidy [每年] [talent, enterprise] -; 7000bp exact subsidy [每年] [talent, enterprise] -; 7000bp exact subsidy [每年] [talent, enterprise] -; 6000bp exact subsidy [每年] [talent, enterprise] -; 15000000 cap subsidy [每个, 每年] [talent] -; 1000000000 floor insurance [] [talent, financial] -
            威金监发〔2023〕25号 6 | 1000000 cap subsidy [每年] [talent] -; 300000000 floor insurance [] [talent, financial] -
            威金监发〔2023〕25号 8 | ''
            威医保发〔2023〕33号 2.1 | ''
            威政办字〔2023〕27号 2.2 | ''
            """)
    void readsEveryAwardOfTheArticle(String article, String expected) {
        assertThat(AwardRules.find(article(article)).stream().map(OfficialFactsTest::award)
                .collect(Collectors.joining("; "))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            威政发〔2023〕5号 2.1.1    | 0 | 获批全国重点实验室的单位
            威政发〔2023〕5号 2.3.14   | 1 | 购买方
            威政发〔2023〕5号 2.4.17   | 1 | 开展高新技术企业认定培育的机构
            威政办发〔2023〕12号 2.3.2 | 0 | 成绩达到优秀等次且排名靠前的区市、开发区
            威政办发〔2023〕12号 2.3.4 | 3 | 龙头企业
            """)
    void readsWhoGetsIt(String article, int award, String who) {
        Article read = article(article);
        assertThat(AwardRules.find(read).get(award).who().of(read.text())).isEqualTo(who);
    }

    @Test
    void readsTheConditionOf_weizhengfa_2023_5_item_9() {
        Article read = article("威政发〔2023〕5号 2.2.9");
        assertThat(AwardRules.find(read).getFirst().condition().of(read.text())).contains("增长10%", "超过100万元")
                .doesNotContain("5%的比例");
        assertThat(AmountRules.find(read.text())).filteredOn(one -> one.kind() == Amount.Kind.THRESHOLD)
                .extracting(Amount::text).containsExactly("10%", "100万元");
    }

    /** Count, unit, and the event where the text names one. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            威民发〔2023〕17号 13   | 5 working-days
            威民发〔2023〕17号 18   | 1 working-days 评估结束后; 5 working-days; 5 calendar-days
            威民发〔2023〕17号 24   | 5 working-days 通知入住后
            威民发〔2023〕17号 30   | date 有效期至2024年12月31日
            威公通〔2023〕35号 10   | 20 calendar-days 接到
            威公通〔2023〕35号 20   | 20 calendar-days 接到
            威教发〔2023〕5号 10    | 30 working-days 管理期限届满
            威金监发〔2023〕25号 11 | 5 working-days 投保结束后; 10 working-days 材料合格后
            威金监发〔2023〕25号 15 | date 有效期至2027年8月9日
            威政办发〔2023〕15号 3.1.26 | date 年底前
            威医保发〔2023〕33号 0  | date 有效期至2028年8月31日
            """)
    void readsEveryDeadlineOfTheArticle(String article, String expected) {
        String text = article(article).text();
        List<Deadlines.Deadline> found = Deadlines.find(text);
        List<String> wanted = List.of(expected.split("; "));
        assertThat(found).hasSameSizeAs(wanted);
        for (int i = 0; i < found.size(); i++) {
            String[] parts = wanted.get(i).split(" ");
            Deadlines.Deadline one = found.get(i);
            Span event = one.event();
            assertThat(one.unit().code()).isEqualTo(parts[one.count() == null ? 0 : 1]);
            if (one.count() == null) {
                assertThat(one.text()).isEqualTo(parts[1]);
            } else {
                assertThat(one.count()).isEqualTo(Integer.valueOf(parts[0]));
                assertThat(event == null ? "" : event.of(text)).contains(parts.length > 2 ? parts[2] : "");
                assertThat(event == null).isEqualTo(parts.length < 3);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            威政发〔2023〕5号 2.5.19   | 市委组织部 responsible, 团市委 responsible, 市科技局 responsible, 市财政局 responsible, 市人力资源社会保障局 responsible
            威政办发〔2023〕15号 1.1.1 | 市行政审批服务局 lead, 市直有关部门 responsible, 各区市政府 responsible, 开发区管委 responsible
            威政办发〔2023〕15号 1.3.7 | 市发展改革委 lead, 市工业和信息化局 lead, 市财政局 lead, 市统计局 lead, 市直有关部门 responsible
            威政办发〔2023〕15号 3.2.30 | 市住房城乡建设局 responsible, 市大数据中心 responsible
            威政办字〔2023〕25号 3.1.1 | 市市场监管局 lead, 市财政局 lead, 市大数据中心 lead, 市公安局 responsible, 市住房城乡建设局 responsible, 市交通运输局 responsible, 市海洋发展局 responsible, 市商务局 responsible, 市应急局 responsible, 市消防救援支队 responsible
            威政办字〔2023〕27号 2.6 | 市地方金融监管局 responsible, 市商务局 responsible, 市电商产业发展工作专班 support, 各区市政府 support, 开发区管委 support
            威政办字〔2023〕27号 2.3 | 市商务局 responsible, 市财政局 responsible, 各区市政府 responsible, 开发区管委 responsible, 中国（威海）跨境电子商务综合试验区建设工作领导小组各成员单位 support, 市电商产业发展工作专班 support
            威民发〔2023〕17号 29 | 市民政局 responsible
            威金监发〔2023〕25号 15 | 市地方金融监督管理部门 responsible
            """)
    void readsWhoIsResponsible(String article, String expected) {
        assertThat(ResponsibleOrgans.find(article(article).text()).stream()
                .map(organ -> organ.name() + " " + organ.role().code()).collect(Collectors.joining(", ")))
                .isEqualTo(expected);
    }

    private static Article article(String name) {
        Article found = ARTICLES.get(name);
        assertThat(found).as(name).isNotNull();
        return found;
    }

    private static String award(Award award) {
        Amount amount = award.amount();
        return (amount.amountFen() != null ? amount.amountFen() : amount.basisPoints() + "bp") + " "
                + amount.bound().code() + " " + award.support().code() + " " + amount.per() + " " + award.audiences()
                + " " + (award.organs().isEmpty() ? "-" : award.organs().getFirst());
    }
}
