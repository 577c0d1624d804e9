package cn.cityapis.policy.gazette;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;

import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.ArticleSplitter;
import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;
import cn.cityapis.policy.text.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes of documents that no gazette of ours holds, all made up. */
class UnseenDocumentsRulesTest {

    @Test
    void readsAnOrderWithItsNumberBelowItsName() {
        GazetteDocument order = only("""
                海岚市人民政府令

                第 68 号

                《海岚市灯塔保护办法》已经2031年4月2日市政府第9次常务会议通过，现予公布，自2031年6月1日起施行。

                市长 林知远
                2031年4月8日

                海岚市灯塔保护办法

                第一章 总则
                第一条 灯塔归全体市民。
                第二条 任何人不得熄灯。
                """);
        assertThat(order.number()).hasToString("海岚市人民政府令第68号");
        assertThat(order.organs()).containsExactly("海岚市人民政府");
        assertThat(order.title()).isEqualTo("海岚市人民政府公布《海岚市灯塔保护办法》的令");
        assertThat(order.validity().issued()).isEqualTo(LocalDate.of(2031, 4, 8));
        assertThat(order.validity().inForce()).isEqualTo(LocalDate.of(2031, 6, 1));
        assertThat(kinds(order)).contains(Kind.SIGNATURE, Kind.INSTRUMENT);
        assertThat(keys(order)).contains("1", "2");
    }

    @Test
    void readsAnOrderWithItsNumberInOneLine() {
        assertThat(only("海岚省人民政府令第 350 号\n《海岚省潮汐条例实施细则》现予公布。\n省长 周海\n2031年1月2日\n第一条 潮来人退。\n").number())
                .hasToString("海岚省人民政府令第350号");
    }

    @Test
    void readsAnAnnouncementWithItsNumberBelowItsTitle() {
        GazetteDocument announcement = only("""
                海岚市税务局
                海岚市财政局
                关于渔船补贴申报的公告

                2031年第5号

                现就有关事项公告如下：
                一、申报时间为每年三月。
                二、本公告自2031年3月1日起施行，有效期两年。

                海岚市税务局
                海岚市财政局
                2031年2月1日
                """);
        assertThat(announcement.number()).hasToString("海岚市税务局公告2031年第5号");
        assertThat(announcement.title()).isEqualTo("海岚市税务局、海岚市财政局关于渔船补贴申报的公告");
        assertThat(announcement.organs()).hasSize(2);
        assertThat(announcement.validity().until()).isEqualTo(LocalDate.of(2033, 2, 28));
    }

    @Test
    void readsAnAnnouncementWithItsTitleBelowItsNumber() {
        GazetteDocument announcement = only("""
                海岚市医疗保障局公告
                2031年第7号
                关于调整海草膏价格的公告
                自2031年5月1日起执行新价格。
                海岚市医疗保障局
                2031年4月20日
                """);
        assertThat(announcement.number()).hasToString("海岚市医疗保障局公告2031年第7号");
        assertThat(announcement.title()).isEqualTo("关于调整海草膏价格的公告");
        assertThat(announcement.validity().inForce()).isEqualTo(LocalDate.of(2031, 5, 1));
    }

    @Test
    void readsALetterheadWithTheNumberAboveTheTitle() {
        GazetteDocument document = only("""
                海岚市人民政府文件

                海政发〔2031〕30号

                海岚市人民政府
                关于修缮海堤的
                实施意见

                各区人民政府：

                一、修。
                二、再修。

                海岚市人民政府
                2031年6月6日
                """);
        assertThat(document.number()).hasToString("海政发〔2031〕30号");
        assertThat(document.title()).isEqualTo("海岚市人民政府关于修缮海堤的实施意见");
        assertThat(document.addressees()).isEqualTo("各区人民政府：");
        assertThat(keys(document)).containsExactly("1", "2");
    }

    @Test
    void readsAResolutionWithoutANumberAndTheDayItWasPassed() {
        GazetteIssue issue = GazetteParser.parse("""
                海岚市人民代表大会常务委员会
                关于加强海滩保护的决定
                （2031年6月29日海岚市第九届人民代表大会常务委员会第三次会议通过）

                为保护海滩，作如下决定：
                一、不得挖沙。
                二、本决定自公布之日起施行。
                """);
        GazetteDocument resolution = issue.documents().getFirst();
        assertThat(resolution.title()).isEqualTo("海岚市人民代表大会常务委员会关于加强海滩保护的决定");
        assertThat(resolution.organs()).containsExactly("海岚市人民代表大会常务委员会");
        assertThat(resolution.validity().issued()).isEqualTo(LocalDate.of(2031, 6, 29));
        assertThat(resolution.validity().inForce()).isEqualTo(LocalDate.of(2031, 6, 29));
        assertThat(issue.warnings()).extracting(Warning::code).containsExactly("no-document-number");
    }

    @Test
    void takesADraftForNoLaw() {
        GazetteIssue issue = GazetteParser.parse("""
                海岚市候鸟保护条例（草案）

                第一条 候鸟来时，保持安静。
                第二条 本条例自2031年1月1日起施行。
                """);
        GazetteDocument draft = issue.documents().getFirst();
        assertThat(draft.title()).isEqualTo("海岚市候鸟保护条例（草案）");
        assertThat(draft.validity().on(LocalDate.of(2031, 5, 5))).isEqualTo(Status.UNKNOWN);
        assertThat(issue.warnings()).extracting(Warning::code).containsExactlyInAnyOrder("no-document-number", "draft");
        assertThat(keys(draft)).containsExactly("1", "2");
    }

    @Test
    void findsDocumentsThatTheContentsListWithoutANumber() {
        GazetteIssue issue = GazetteParser.parse("""
                2031年第3期（总第42期）
                目录
                【人大】
                海岚市人民代表大会关于海港规划的决议 （2）
                【政府】
                海岚市人民政府关于点灯的通知……（海政发〔2031〕31号）……4

                海岚市人民代表大会
                关于海港规划的决议

                会议决定：
                一、照此办理。

                海岚市人民政府
                关于点灯的通知
                海政发〔2031〕31号
                各区人民政府：
                第一条 点灯。
                海岚市人民政府
                2031年6月6日
                """);
        assertThat(issue.documents()).extracting(GazetteDocument::title).containsExactly("海岚市人民代表大会关于海港规划的决议",
                "海岚市人民政府关于点灯的通知");
        assertThat(issue.documents()).extracting(GazetteDocument::topic).containsExactly("人大", "政府");
        assertThat(issue.warnings()).extracting(Warning::code).containsExactly("no-date");
    }

    @ParameterizedTest
    @ValueSource(strings = {"京海发〔2031〕12号", "沪海府规〔2031〕1号", "深海府〔2031〕12号", "海政办发明电〔2031〕3号", "海财税[2031]6号",
            "海发改价格(2031)526号", "海政发【2031】5号", "海政规〔2031〕1 号", "中海办发〔2031〕7号", "（海政发〔2031〕9号）"})
    void readsTheNumbersOfOtherCities(String number) {
        GazetteDocument document = only("海岚市民政局\n关于试验的通知\n" + number + "\n各区：\n第一条 试。\n海岚市民政局\n2031年5月1日\n");
        assertThat(document.number()).isNotNull();
        assertThat(document.number().toString()).isEqualTo(number.replaceAll("[（）\\s]", "")
                .replaceFirst("[\\[(【](\\d+)[\\])】]", "〔$1〕"));
        assertThat(document.title()).isEqualTo("海岚市民政局关于试验的通知");
    }

    @Test
    void keepsWhatIsPrintedAboveADocumentThatStandsAlone() {
        GazetteDocument document = only(
                "索引号：A-17\n发布机构：海岚市民政局\n海岚市民政局\n关于试验的通知\n海民发〔2031〕9号\n各区：\n第一条 试。\n海岚市民政局\n2031年5月1日\n");
        assertThat(document.tree().children()).extracting(Node::kind).startsWith(Kind.COVER, Kind.COVER, Kind.ORGAN,
                Kind.TITLE, Kind.NUMBER);
        assertThat(document.tree().plain()).contains("索引号");
    }

    @Test
    void keepsTheLinesOfABodyThatTheParserFailsOn() {
        String text = "海岚市民政局\n关于试验的通知\n海民发〔2031〕9号\n各区：\n第一条 试。\n候鸟\t芦苇\n";
        List<Line> lines = Line.read(text);
        BodyReader failing = (all, from, to, title, root) -> {
            BodyParser.parse(all, from, to - 1, title, root);
            throw new IllegalStateException();
        };
        BodyReader losing = (all, from, to, title, root) -> BodyParser.parse(all, from, to - 1, title, root);
        for (BodyReader reader : List.of(failing, losing)) {
            GazetteIssue issue = new GazetteParser(lines, reader).issue();
            CharacterConservation.holds(text, issue);
            assertThat(issue.warnings()).filteredOn(warning -> warning.code().equals("not-parsed")).hasSize(1).first()
                    .satisfies(warning -> assertThat(warning.detail()).contains("海民发〔2031〕9号", "解析"));
            assertThat(ArticleSplitter.split(issue.documents().getFirst().tree())).extracting(Article::text)
                    .anySatisfy(article -> assertThat(article).contains("第一条试。", "候鸟\t芦苇"));
        }
    }

    @Test
    void makesTheContentOfAChapterOutsideItsArticlesAnArticle() {
        GazetteDocument document = only(
                "海岚市民政局\n关于试验的通知\n海民发〔2031〕9号\n第一章 总则\n本章说明由来。\n第一条 试。\n第二章 附表\n序号\t名称\n1\t灯塔\n");
        assertThat(keys(document)).containsExactly("chapter1", "1", "chapter2");
        assertThat(ArticleSplitter.split(document.tree()).getLast().text()).contains("灯塔");
    }

    private static GazetteDocument only(String text) {
        GazetteIssue issue = GazetteParser.parse(text);
        CharacterConservation.holds(text, issue);
        assertThat(issue.documents()).hasSize(1);
        return issue.documents().getFirst();
    }

    private static List<String> keys(GazetteDocument document) {
        return ArticleSplitter.split(document.tree()).stream().map(Article::key).filter(key -> !key.startsWith("0"))
                .toList();
    }

    private static List<Kind> kinds(GazetteDocument document) {
        return document.tree().children().stream().map(Node::kind).toList();
    }
}
