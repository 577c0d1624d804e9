package cn.cityapis.policy.relation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import cn.cityapis.policy.Gazettes;
import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.gazette.GazetteParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The graph of the real issue, read from it by eye: numbers and titles. Where the source is not there it is skipped, loudly. */
class OfficialRelationsTest {

    private static final String GRAPH = """
            威政发〔2023〕5号 | earlier-rules-yield
            威政字〔2023〕40号 | transmits 《威海市建设国家创新型城市实施方案》
            威政字〔2023〕40号 | basis 国发〔2022〕18号
            威政字〔2023〕40号 | basis 国科发创〔2016〕370号
            威政字〔2023〕40号 | basis 鲁政发〔2017〕38号
            威政字〔2023〕40号 | cites 威发〔2016〕19号
            威政字〔2023〕40号 | cites 威政发〔2018〕20号
            威政字〔2023〕40号 | cites 《区域全面经济伙伴关系协定》
            威政字〔2023〕40号 | cites 威政发〔2023〕5号
            威政办发〔2023〕15号 | transmits 《数字威海建设2023年工作要点》
            威政办发〔2023〕15号 | basis 鲁政发〔2023〕15号
            威政办发〔2023〕15号 | basis 鲁政办发〔2023〕10号
            威政办发〔2023〕15号 | cites 《威海市停车场数据联网统一接入标准规范》
            威政办字〔2023〕27号 | transmits 《威海市加快推进电商产业高质量发展工作方案》
            威政办字〔2023〕27号 | basis 鲁政字〔2022〕42号
            威政办字〔2023〕27号 | basis 鲁政办字〔2023〕84号
            威政办字〔2023〕25号 | transmits 《贯彻落实威海市气瓶安全管理条例工作方案》
            威政办字〔2023〕25号 | basis 《威海市气瓶安全管理条例》
            威政办字〔2023〕25号 | cites 《威海市气瓶安全管理条例》
            威民发〔2023〕17号 | transmits 《威海市公办养老机构入住评估轮候办法试行》
            威民发〔2023〕17号 | basis 鲁政办字〔2021〕86号
            威民发〔2023〕17号 | cites 《老年人能力评估规范》
            威医保发〔2023〕33号 | transmits 《威海市公立医疗机构医疗服务项目价格2023年版》
            威医保发〔2023〕33号 | basis 《全国医疗服务价格项目规范试行2001年版》
            威医保发〔2023〕33号 | basis 《全国医疗服务价格项目规范新增和修订项目2007年》
            威医保发〔2023〕33号 | basis 《山东省定价目录》
            威医保发〔2023〕33号 | basis 鲁医保发〔2023〕7号
            威医保发〔2023〕33号 | cites 《全国医疗服务价格项目规范试行2001年版》
            威医保发〔2023〕33号 | cites 《全国医疗服务价格项目规范新增和修订项目2007年》
            威医保发〔2023〕33号 | cites 《山东省新增医疗服务价格项目管理办法》
            威医保发〔2023〕33号 | earlier-rules-yield
            威医保发〔2023〕33号 | external-attachment 威海市医疗保障局网站
            威教发〔2023〕5号 | transmits 《威海市校外培训机构信用管理办法试行》
            威教发〔2023〕5号 | basis 《中华人民共和国民办教育促进法》
            威教发〔2023〕5号 | basis 《中共中央办公厅国务院办公厅关于进一步减轻义务教育阶段学生作业负担和校外培训负担的意见》
            威教发〔2023〕5号 | basis 《国务院办公厅关于规范校外培训机构发展的意见》
            威教发〔2023〕5号 | external-attachment 威海市教育局网站
            威公通〔2023〕35号 | transmits 《威海市建设项目交通影响评价实施办法》
            威公通〔2023〕35号 | basis 《中华人民共和国城乡规划法》
            威公通〔2023〕35号 | basis 《中华人民共和国道路交通安全法》
            威公通〔2023〕35号 | basis 《中华人民共和国道路交通安全法实施条例》
            威公通〔2023〕35号 | basis 《山东省实施中华人民共和国道路交通安全法办法》
            威公通〔2023〕35号 | basis 《山东省建设项目交通影响评价实施办法》
            威公通〔2023〕35号 | basis 《城市道路工程设计规范》
            威公通〔2023〕35号 | basis 《建设项目交通影响评价技术标准》
            威公通〔2023〕35号 | basis 《山东省建设项目交通影响评价技术导则》
            威公通〔2023〕35号 | cites 《建设项目交通影响评价技术标准》
            威公通〔2023〕35号 | cites 《山东省建设项目交通影响评价技术导则》
            威公通〔2023〕35号 | earlier-rules-yield
            威政发〔2023〕6号 | basis 《山东省行政规范性文件评估暂行办法》
            威政发〔2023〕6号 | repeals 威政发〔2012〕47号
            威政发〔2023〕6号 | repeals 威政发〔2014〕24号
            威政发〔2023〕6号 | repeals 威政办发〔2014〕27号
            威政发〔2023〕6号 | repeals 威政发〔2014〕34号
            威政发〔2023〕6号 | repeals 威政发〔2000〕45号
            威政发〔2015〕31号 | amends 威政发〔2000〕45号
            威政发〔2023〕6号 | repeals 威政发〔2007〕60号
            威政发〔2015〕31号 | amends 威政发〔2007〕60号
            威政发〔2023〕6号 | repeals 威政发〔2017〕2号
            威政发〔2023〕6号 | repeals 威政发〔2018〕8号
            威政发〔2023〕6号 | repeals 威政办发〔2021〕4号
            威政字〔2023〕41号 | basis 《中华人民共和国非物质文化遗产法》
            威政字〔2023〕41号 | basis 《山东省非物质文化遗产保护条例》
            威政字〔2023〕46号 | basis 《山东省历史文化名城名镇名村保护条例》
            威金监发〔2023〕25号 | transmits 《威海市高层次人才保险实施办法》
            威金监发〔2023〕25号 | basis 威发〔2023〕5号
            威金监发〔2023〕25号 | repeals 威人组发〔2020〕12号
            """;

    @Test
    void readsTheWholeGraphOfTheIssueAndNothingElse() {
        assertThat(graph(Gazettes.official())).containsExactlyInAnyOrderElementsOf(GRAPH.lines().toList());
    }

    /** 威金监发〔2023〕25号 第十五条 ends the old rule, but whoever has years left keeps them. */
    @Test
    void carriesTheExceptionOfArticleFifteen() {
        FoundRelation repeal = relations(Gazettes.official(), "威金监发〔2023〕25号").filter(one -> one.kind().ends())
                .findFirst().orElseThrow();
        assertThat(repeal).hasToString(
                "FoundRelation[kind=REPEALS, source=null, target=Cited[number=威人组发〔2020〕12号, title=关于开展威海市高层次人才创业保险试点工作的意见], own=false, part=null, place=null, stands=Place[key=15, label=第十五条], effective=2023-08-09, exception=Kept[what=REMAINING_TERM, stands=Place[key=15, label=第十五条]], longer=null]");
    }

    /** 威政发〔2023〕6号: the nine stop on the day of the decision; each has its title from the table. */
    @Test
    void datesTheNineRepeals() {
        List<FoundRelation> repeals = relations(Gazettes.official(), "威政发〔2023〕6号")
                .filter(one -> one.kind().ends()).toList();
        assertThat(repeals).hasSize(9).allSatisfy(one -> {
            assertThat(one.effective()).isEqualTo("2023-07-14");
            assertThat(one.stands()).hasToString("Place[key=annex1.0, label=附件]");
            assertThat(one.target()).extracting(Cited::title).isNotNull();
        });
    }

    static Stream<String> documents() {
        return GRAPH.lines().map(line -> line.substring(0, line.indexOf(' '))).filter(one -> !one.contains("2015"))
                .distinct();
    }

    /** What the digest states of a document, the official text states too; it leaves out mere citations only. */
    @ParameterizedTest
    @MethodSource("documents")
    void isStatedByTheDigestToo(String number) {
        List<String> official = stated(Gazettes.official(), number);
        assertThat(stated(Gazettes.digest(), number)).containsExactlyInAnyOrderElementsOf(official);
    }

    private static List<String> stated(String text, String number) {
        return relations(text, number).filter(one -> one.kind() != RelationKind.CITES)
                .map(one -> describe(number, one) + one.effective() + one.exception()).toList();
    }

    private static List<String> graph(String text) {
        return GazetteParser.parse(text).documents().stream().flatMap(
                document -> ReadRelations.of(document).stream().map(one -> describe(number(document), one)))
                .distinct().toList();
    }

    private static Stream<FoundRelation> relations(String text, String number) {
        return GazetteParser.parse(text).documents().stream().filter(document -> number(document).equals(number))
                .flatMap(document -> ReadRelations.of(document).stream());
    }

    private static String number(GazetteDocument document) {
        return String.valueOf(document.number());
    }

    private static String describe(String number, FoundRelation relation) {
        Cited source = relation.source();
        String from = source == null ? number : String.valueOf(source.number());
        String target = Stream.of(name(relation.target()), relation.place() == null ? "" : relation.place())
                .filter(part -> !part.isEmpty()).findFirst().orElse("");
        return String.join(" ", Arrays.asList(from, "|", relation.kind().code(), target)).strip();
    }

    private static String name(@org.jspecify.annotations.Nullable Cited cited) {
        return cited == null
                ? ""
                : cited.number() == null ? "《" + cited.titleKey() + "》" : cited.number().toString();
    }
}
