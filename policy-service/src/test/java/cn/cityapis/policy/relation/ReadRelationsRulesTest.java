package cn.cityapis.policy.relation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadRelationsRulesTest {

    @Nested
    class OneSentence {

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
                "根据《灯塔法》制定本通知。 | basis title:灯塔法",
                "为落实《海岚市灯塔条例》，结合实际，制定本通知。 | basis title:海岚市灯塔条例",
                "依据海政发[2019]３ 号，制定本通知。 | basis 海政发-2019-3",
                "依照《灯塔管理办法》（海政发（2019）3号）决定如下。 | basis 海政发-2019-3",
                "现将《渡轮票价规则》转发给你们，请照办。 | transmits title:渡轮票价规则",
                "《灯塔管理办法》（海政发〔2019〕3号）同时废止。 | repeals 海政发-2019-3",
                "《灯塔管理办法》（海政发〔2019〕3号），自本通知施行之日起不再执行。 | repeals 海政发-2019-3",
                "同时废止海政办发【2019】3号。 | repeals 海政办发-2019-3",
                "原海政发〔2019〕3号文件同时废止。 | repeals 海政发-2019-3",
                "现将海政发〔2019〕3号有效期延长至2033年12月31日。 | extends 海政发-2019-3",
                "补助标准参照海政发〔2019〕3号执行。 | cites 海政发-2019-3",
                "本通知代替《灯塔管理办法》（海政发〔2019〕3号）。 | replaces 海政发-2019-3",
                "《灯塔管理办法》第五条修改为：每晚亮灯。 | amends title:灯塔管理办法",
                "决定修改《灯塔管理办法》（海政发〔2019〕3号）。 | amends 海政发-2019-3",
                "就《灯塔管理办法》的适用解释如下。 | interprets title:灯塔管理办法",
                "对《灯塔管理办法》（海政发〔2019〕3号）作如下补充。 | supplements 海政发-2019-3",
                "灯塔的高度应当符合《灯塔设计规范》的要求。 | cites title:灯塔设计规范"})
        void saysWhatItDoes(String sentence, String expected) {
            assertThat(described(read(sentence))).containsExactly(expected);
        }

        @Test
        void sharesItsVerbAmongDocumentsNamedSideBySide() {
            assertThat(described(read("根据《灯塔法》《港口法》（海发〔2018〕1号）、《渡轮条例》和《船员办法》等规定，制定本通知。"))).containsExactly(
                    "basis title:灯塔法", "basis 海发-2018-1", "basis title:渡轮条例", "basis title:船员办法");
            assertThat(described(read("海政办发〔2019〕3号和海政发〔2020〕1号同时废止。"))).containsExactly(
                    "repeals 海政办发-2019-3", "repeals 海政发-2020-1");
        }

        @Test
        void keepsBasisAndRepealApart() {
            assertThat(described(read("根据《灯塔法》的规定，经评估，市政府决定废止《渡口规则》等2件文件。"))).containsExactly("basis title:灯塔法",
                    "repeals title:渡口规则");
        }

        @Test
        void knowsWhatItHasCalledADocument() {
            assertThat(described(read("第一条 根据《海岚市灯塔条例》（以下简称《条例》）制定本办法。\n第二条 《条例》规定的处罚，由市民政局作出。"))).containsExactly(
                    "basis title:海岚市灯塔条例", "cites title:海岚市灯塔条例");
        }

        @ParameterizedTest
        @ValueSource(strings = {"填写《灯塔参观申请表》。", "抓紧编制《灯塔发展规划》。", "观看《灯塔》。", "《没有写完的标题，", "第三条、第五条的规定除外。",
                "灯塔〔第三座〕亮灯2019次。"})
        void namesNoDocument(String sentence) {
            assertThat(read(sentence)).isEmpty();
        }

        @Test
        void endsOnlyThePartItNames() {
            FoundRelation found = read("《灯塔管理办法》（海政发〔2019〕3号）第五条、第六条同时废止。").getFirst();
            assertThat(found.kind()).isEqualTo(RelationKind.REPEALS);
            assertThat(found.part()).isEqualTo("第五条、第六条");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {"《灯塔管理办法》（海政发〔2019〕3号）中的第五条同时废止。 | 中的第五条",
                "《灯塔管理办法》（海政发〔2019〕3号）附件2同时废止。 | 附件2",
                "《灯塔管理办法》（海政发〔2019〕3号）中与本通知不一致的内容同时废止。 | 中与本通知不一致的内容",
                "《灯塔管理办法》（海政发〔2019〕3号）规定的补助标准不再执行。 | 规定的补助标准",
                "《灯塔管理办法》（海政发〔2019〕3号）有关条款即行失效。 | 有关条款",
                "市政府决定废止《灯塔管理办法》（海政发〔2019〕3号）中的第五条。 | 中的第五条",
                "市政府决定废止《灯塔管理办法》（海政发〔2019〕3号）部分条款。 | 部分条款"})
        void endsOnlyThePartThatStandsBeforeTheVerb(String sentence, String part) {
            assertThat(read(sentence)).singleElement().satisfies(one -> {
                assertThat(one.kind()).isEqualTo(RelationKind.REPEALS);
                assertThat(one.part()).isEqualTo(part);
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"《灯塔管理办法》（海政发〔2019〕3号）等3件文件自2031年7月1日起一并予以废止。",
                "《灯塔管理办法》（海政发〔2019〕3号）的规定同时废止。", "《灯塔管理办法》（海政发〔2019〕3号）两个文件现决定停止执行。",
                "《灯塔管理办法》（海政发〔2019〕3号）停用。", "《灯塔管理办法》（海政发〔2019〕3号）等相关文件同时废止。", "原《灯塔管理办法》（海政发〔2019〕3号），到期后自行失效。"})
        void endsTheWholeWhereNoPartIsNamed(String sentence) {
            assertThat(read(sentence)).singleElement().satisfies(one -> {
                assertThat(one.kind()).isEqualTo(RelationKind.REPEALS);
                assertThat(one.part()).isNull();
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"依据《灯塔管理法》停用的灯塔，应当拆除。", "依据《灯塔管理法》设立的旧灯塔停止执行。"})
        void endsNothingWhereTheVerbIsSaidOfSomethingElse(String sentence) {
            assertThat(described(read(sentence))).noneMatch(one -> one.startsWith("repeals"));
        }

        @Test
        void readsWhoPublishedAndWhoAmended() {
            assertThat(read("《渡口规则》（海政发〔2000〕5号公布，海政发〔2015〕9号修改）同时废止。"))
                    .extracting(one -> one.kind().code() + " " + source(one) + " " + one.target())
                    .containsExactly("repeals self Cited[number=海政发〔2000〕5号, title=渡口规则]",
                            "amends 海政发-2015-9 Cited[number=海政发〔2000〕5号, title=渡口规则]");
        }
    }

    @Nested
    class Dates {

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {"《灯塔办法》同时废止。本通知自2031年7月1日起施行。 | 2031-07-01",
                "《灯塔办法》自2032年1月1日起废止。 | 2032-01-01",
                "《灯塔办法》自本通知发布之日起停止执行。本通知自2031年7月1日起施行。 | 2031-05-01", "《灯塔办法》同时废止。 | 2031-05-01",
                "本通知自2031年7月1日起施行。自2018年6月1日起施行的《灯塔办法》同时废止。 | 2031-07-01",
                "本通知自2031年7月1日起施行，自2018年6月1日起施行的《灯塔办法》同时废止。 | 2031-07-01",
                "《灯塔办法》（自2018年6月1日起施行）自2032年1月1日起废止。 | 2032-01-01",
                "自2032年1月1日起，《灯塔办法》停止执行。 | 2032-01-01", "自2032年1月1日起废止《灯塔办法》。 | 2032-01-01",
                "《灯塔办法》自二〇三二年一月一日起废止。 | 2032-01-01"})
        void repealsFrom(String body, String day) {
            assertThat(read(body)).filteredOn(one -> one.kind().ends()).singleElement()
                    .satisfies(one -> assertThat(one.effective()).isEqualTo(day));
        }
    }

    @Nested
    class Extensions {

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {"《灯塔办法》（海政发〔2019〕3号）有效期延长至2033年12月31日。 | 2033-12-31 null",
                "将《灯塔办法》（海政发〔2019〕3号）的有效期延长至2033年6月。 | 2033-06-30 null",
                "经评估，《灯塔办法》（海政发〔2019〕3号）继续有效，有效期至2033年底。 | 2033-12-31 null",
                "《灯塔办法》（海政发〔2019〕3号）继续执行至2032年3月1日。 | 2032-03-01 null",
                "《灯塔办法》（海政发〔2019〕3号）延期执行到2032年3月1日。 | 2032-03-01 null",
                "决定延长《灯塔办法》（海政发〔2019〕3号）有效期至2032年3月1日。 | 2032-03-01 null",
                "《灯塔办法》（海政发〔2019〕3号）有效期延长两年。 | null 24", "《灯塔办法》（海政发〔2019〕3号）有效期顺延6个月。 | null 6",
                "《灯塔规则》有效期至2030年1月1日，《灯塔办法》（海政发〔2019〕3号）有效期延长至2033年12月31日。 | 2033-12-31 null"})
        void sayForHowLong(String sentence, String longer) {
            assertThat(read(sentence)).filteredOn(one -> one.kind() == RelationKind.EXTENDS).singleElement()
                    .satisfies(one -> {
                        assertThat(key(one.target())).isEqualTo("海政发-2019-3");
                        assertThat(one.longer()).isNotNull();
                        assertThat(one.longer().until() + " " + one.longer().months()).isEqualTo(longer);
                    });
        }

        @Test
        void mayHaveNoEnd() {
            assertThat(read("《灯塔办法》（海政发〔2019〕3号）继续有效。")).singleElement().satisfies(one -> {
                assertThat(one.kind()).isEqualTo(RelationKind.EXTENDS);
                assertThat(one.longer()).isNull();
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"《灯塔办法》（海政发〔2019〕3号）有效期需要延长的，另行报批。", "《灯塔办法》（海政发〔2019〕3号）不再继续执行。",
                "《灯塔办法》（海政发〔2019〕3号）的有效期为5年。"})
        void areNotReadWhereNothingIsProlonged(String sentence) {
            assertThat(described(read(sentence))).noneMatch(one -> one.startsWith("extends"));
        }

        @Test
        void prolongNothingWhileTheyAreADraft() {
            assertThat(described(ReadRelations.of(Rules.document("关于延长有效期的通知（征求意见稿）", "海政发〔2031〕9号", "2031年5月1日",
                    "《渡口规则》（海政发〔2029〕2号）有效期延长至2033年12月31日。")))).containsExactly("cites 海政发-2029-2");
        }
    }

    @Nested
    class Exceptions {

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {"第九条 《灯塔办法》不再执行，未满年限的，剩余年限继续按原标准发放。 | REMAINING_TERM",
                "第九条 《灯塔办法》同时废止，此前已受理的申请仍按原规定办理。 | EXISTING_MATTERS"})
        void areKeptWithTheRepeal(String body, String kept) {
            FoundRelation repeal = read(body).getFirst();
            assertThat(repeal.exception()).hasToString("Kept[what=" + kept + ", stands=Place[key=9, label=第九条]]");
        }

        @Test
        void mayStandInTheNextArticle() {
            assertThat(read("第九条 《灯塔办法》同时废止。\n第十条 此前已签订的合同继续按原规定履行。").getFirst().exception())
                    .hasToString("Kept[what=EXISTING_MATTERS, stands=Place[key=10, label=第十条]]");
        }

        @Test
        void areNotSeenWhereThereAreNone() {
            assertThat(read("第九条 《灯塔办法》同时废止。\n第十条 由市文化局负责解释。").getFirst().exception()).isNull();
        }
    }

    @Nested
    class WholeDocuments {

        @Test
        void replacesTheEarlierEditionOfItself() {
            assertThat(described(ReadRelations.of(Rules.document("关于印发《海岚市灯塔管理办法》的通知", "海政发〔2031〕9号", "2031年5月1日",
                    "现将《海岚市灯塔管理办法》印发给你们，请照办。《海岚市灯塔管理办法（试行）》（海政发〔2029〕2号）同时废止。"))))
                    .containsExactly("transmits title:海岚市灯塔管理办法", "replaces 海政发-2029-2");
        }

        @Test
        void repealsNothingWhileItIsADraft() {
            assertThat(described(ReadRelations.of(Rules.document("关于灯塔管理的规定（征求意见稿）", "海政发〔2031〕9号", "2031年5月1日",
                    "《渡口规则》（海政发〔2029〕2号）同时废止。")))).containsExactly("cites 海政发-2029-2");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {"关于废止《渡口规则》的决定 | repeals title:渡口规则", "关于修改《渡口规则》的决定 | amends title:渡口规则",
                "关于《渡口规则》的补充通知 | supplements title:渡口规则", "关于《渡口规则》有关问题的解释 | interprets title:渡口规则",
                "关于贯彻《渡口规则》的通知 | basis title:渡口规则", "转发《省渡口规则》的通知 | transmits title:省渡口规则"})
        void sayItInTheirTitle(String title, String expected) {
            assertThat(described(ReadRelations.of(Rules.document(title, "海政发〔2031〕9号", "2031年5月1日", "请照办。"))))
                    .containsExactly(expected);
        }

        @ParameterizedTest
        @ValueSource(strings = {"此前规定与本通知不一致的，以本通知为准。", "以往规定与本通知不一致的,按本通知规定执行。", "其他规定同本通知相抵触的，一律以本通知为准。"})
        void makeEarlierRulesYield(String clause) {
            assertThat(read(clause)).singleElement()
                    .satisfies(one -> assertThat(one.kind()).isEqualTo(RelationKind.EARLIER_RULES_YIELD));
        }

        @Test
        void sayWhereTheirAttachmentsLie() {
            assertThat(read("请照办。\n\n注：本文附件详见海岚市文化局网站")).singleElement()
                    .satisfies(one -> assertThat(one.place()).isEqualTo("海岚市文化局网站"));
        }
    }

    @Nested
    class Lists {

        @Test
        void repealWhatStandsInTheirTable() {
            assertThat(described(ReadRelations.of(Rules.document("关于废止部分文件的决定", "海政发〔2031〕4号", "2031年5月1日",
                    "市政府决定废止3件文件。\n\n附件：决定废止的文件目录\n\n海岚市人民政府\n2031年5月1日\n\n决定废止的文件目录\n\n序号\t文件名称\t文号\t施行日期\n1\t海岚市灯塔管理办法\t海政发〔2012〕7号\t2012.12.25\n2\t海岚市渡口规则\t海政发〔2000〕5号 公布、海政发〔2015〕9号修改\n\t海岚市缆车规则\t海政发〔2009〕6号\t2010.01.01\n"))))
                    .containsExactly("repeals 海政发-2012-7", "repeals 海政发-2000-5", "amends 海政发-2000-5",
                            "repeals 海政发-2009-6");
        }

        @ParameterizedTest
        @ValueSource(strings = {"1\t《海岚市灯塔管理办法》\t海政发〔2012〕7号\t已被《海岚市灯塔条例实施办法》（海政发〔2020〕3号）替代",
                "1\t《海岚市灯塔管理办法》（海政发〔2012〕7号）\t由《海岚市灯塔条例实施办法》（海政发〔2020〕3号）代替",
                "1\t海岚市灯塔管理办法\t海政发〔2012〕7号\t被海政发〔2020〕3号取代",
                "1\t海岚市灯塔管理办法\t已被海政发〔2020〕3号替代\t海政发〔2012〕7号"})
        void doNotRepealWhatTookThePlaceOfARow(String row) {
            assertThat(ReadRelations
                    .of(Rules.document("关于废止部分文件的决定", "海政发〔2031〕4号", "2031年5月1日", "市政府决定废止下列文件：\n\n" + row)))
                    .extracting(one -> one.kind().code() + " " + source(one) + " " + key(one.target()))
                    .containsExactly("repeals self 海政发-2012-7", "replaces 海政发-2020-3 海政发-2012-7");
        }

        @Test
        void doNotRepealWhatALineNamesInBrackets() {
            assertThat(described(
                    read("下列文件同时废止：\n1. 《灯塔管理办法》（海政发〔2012〕7号）（被《灯塔条例》代替）\n2. 《渡口规则》（被《渡口条例》（海政发〔2020〕5号）代替）")))
                    .containsExactly("repeals 海政发-2012-7", "replaces 海政发-2012-7", "repeals title:渡口规则",
                            "replaces title:渡口规则");
        }

        @Test
        void repealAllThatOneRowNamesSideBySide() {
            assertThat(described(read("下列文件同时废止：\n1. 《灯塔管理办法》（海政发〔2012〕7号）和《渡口规则》（海政发〔2013〕8号）")))
                    .containsExactly("repeals 海政发-2012-7", "repeals 海政发-2013-8");
        }

        @Test
        void repealWhatStandsBelowTheirAnnouncement() {
            assertThat(described(read("下列文件同时废止：\n1. 《灯塔管理办法》（海政发〔2012〕7号）\n2. 海岚市渡口规则（海政发〔2000〕5号）")))
                    .containsExactly("repeals 海政发-2012-7", "repeals 海政发-2000-5");
        }
    }

    @Test
    void survivesAnyText() {
        java.util.Random random = new java.util.Random(7);
        String letters = "《》（）〔〕2023年号废止根据第五条，。；\n\t海政发〈〉()[]修改同时";
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder("x");
            random.ints(120, 0, letters.length()).forEach(at -> text.append(letters.charAt(at)));
            assertThat(read(text.toString())).isNotNull();
        }
    }

    private static List<FoundRelation> read(String body) {
        return ReadRelations.of(Rules.document("关于灯塔开放的通知", "海政发〔2031〕9号", "2031年5月1日", body));
    }

    private static List<String> described(List<FoundRelation> found) {
        return found.stream().flatMap(one -> Stream.of(one.kind().code() + " " + key(one.target()))).toList();
    }

    private static String source(FoundRelation relation) {
        return relation.source() == null ? "self" : key(relation.source());
    }

    private static String key(@org.jspecify.annotations.Nullable Cited cited) {
        return cited == null ? "" : cited.key();
    }
}
