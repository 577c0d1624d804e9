package cn.cityapis.policy.gazette;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import cn.cityapis.policy.Gazettes;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.ArticleSplitter;
import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the real issue, where it is there. */
class OfficialGazetteTest {

    private final String text = Gazettes.official();
    private final GazetteIssue issue = GazetteParser.parse(text);

    @Test
    void losesNoCharacter() {
        CharacterConservation.holds(text, issue);
    }

    @Test
    void findsAllFifteenDocuments() {
        assertThat(List.of(issue.year(), issue.number(), issue.runningNumber())).containsExactly(2023, 4, 174);
        assertThat(issue.documents()).hasSize(15);
        assertThat(issue.documents()).allSatisfy(document -> {
            assertThat(document.number()).isNotNull();
            assertThat(document.organs()).isNotEmpty();
            assertThat(document.addressees()).endsWith("：");
            assertThat(document.validity().issued()).isNotNull();
            assertThat(document.topic()).isNotNull();
            assertThat(ArticleSplitter.split(document.tree())).isNotEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"威政发〔2023〕5号,1,2023-07-13,2023-07-13,2028-07-12,false", "威政字〔2023〕40号,1,2023-07-16,,,false",
            "威政办发〔2023〕12号,1,2023-07-13,2023-07-13,2028-07-12,false", "威政办发〔2023〕15号,1,2023-08-19,,,false",
            "威政办字〔2023〕27号,1,2023-08-17,,,false", "威政办字〔2023〕25号,1,2023-07-27,,,false",
            "威民发〔2023〕17号,1,2023-07-18,2023-07-18,2024-12-31,true",
            "威医保发〔2023〕33号,3,2023-07-28,2023-09-01,2028-08-31,false",
            "威教发〔2023〕5号,3,2023-08-09,2023-09-10,2025-09-09,true",
            "威公通〔2023〕35号,5,2023-08-07,2023-09-07,2028-09-06,false",
            "威政发〔2023〕6号,1,2023-07-14,,,false", "威政发〔2023〕7号,1,2023-08-24,,,false", "威政字〔2023〕41号,1,2023-07-20,,,false",
            "威政字〔2023〕46号,1,2023-08-19,,,false", "威金监发〔2023〕25号,2,2023-08-09,2023-08-09,2027-08-09,false"})
    void readsOrgansAndDates(String number, int organs, String issued, String inForce, String until, boolean trial) {
        GazetteDocument document = document(issue, number);
        assertThat(document.organs()).hasSize(organs);
        assertThat(document.validity())
                .hasToString("Validity[issued=" + issued + ", inForce=" + inForce + ", until=" + until
                        + ", trial=" + trial + "]");
        // the shipped digest states the same facts
        GazetteDocument digest = document(GazetteParser.parse(Gazettes.digest()), number);
        assertThat(digest.validity()).isEqualTo(document.validity());
        assertThat(digest.organs()).isEqualTo(document.organs());
        assertThat(digest.title()).isEqualTo(document.title());
        assertThat(digest.topic()).isEqualTo(document.topic());
    }

    @ParameterizedTest
    @CsvSource({"威民发〔2023〕17号,30", "威教发〔2023〕5号,13", "威公通〔2023〕35号,23", "威金监发〔2023〕25号,15"})
    void numbersTheArticlesWithoutGaps(String number, int last) {
        List<Integer> numbers = ArticleSplitter.split(document(issue, number).tree()).stream().map(Article::number)
                .filter(found -> found != null).toList();
        assertThat(numbers).hasSize(last).isSorted().doesNotHaveDuplicates().last().isEqualTo(last);
    }

    @Test
    void numbersTheItemsOfADocumentWithoutArticles() {
        List<String> keys = ArticleSplitter.split(document(issue, "威政发〔2023〕5号").tree()).stream().map(Article::key)
                .toList();
        for (int i = 1; i <= 32; i++) {
            String ending = "." + i;
            assertThat(keys)
                    .filteredOn(key -> key.startsWith("2.") && key.endsWith(ending) && key.split("\\.").length == 3)
                    .hasSize(1);
        }
    }

    @Test
    void keepsTheThreeGreatTables() {
        assertThat(rows("威政字〔2023〕40号")).isEqualTo(29);
        assertThat(rows("威政发〔2023〕6号")).isEqualTo(10);
        assertThat(rows("威政字〔2023〕41号")).isEqualTo(28 + 7);
    }

    @Test
    void readsTheIndicatorsAsOneTableWithItsCaptionAndNote() {
        Node table = tables("威政字〔2023〕40号").getFirst();
        assertThat(tables("威政字〔2023〕40号")).hasSize(1);
        assertThat(table.text()).isEqualTo("创新型城市建设目标");
        // 26 indicators, the 5th on two rows, and the head on each of two pages
        assertThat(table.rows()).hasSize(26 + 1 + 2);
        assertThat(table.rows().get(11)).containsSubsequence("10", "高新技术企业（家）", "738", "1049", "1500", "1600");
        // the row of indicator 12 has lost its first cell: kept so, and said
        assertThat(table.rows().get(13)).startsWith("12", "万人有效发明专利拥有量（件/万人）", "13.4");
        assertThat(issue.warnings()).filteredOn(warning -> warning.code().equals("table-row-shifted")).hasSize(1)
                .first().satisfies(warning -> assertThat(warning.detail()).contains("威政字〔2023〕40号", "12"));
        assertThat(article("威政字〔2023〕40号", "2.3").text()).contains("738", "注：带★");
    }

    @Test
    void readsTheRepealedDocumentsRowByRow() {
        List<List<String>> rows = tables("威政发〔2023〕6号").getFirst().rows();
        assertThat(rows.getFirst()).containsExactly("序号", "文件名称", "文号", "登记号", "施行日期");
        assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(5).doesNotContain(""));
        assertThat(rows.stream().skip(1).map(row -> row.get(3))).allMatch(number -> number.startsWith("WHCR—20"));
        assertThat(rows.get(5)).contains("威政发〔2000〕45号公布、威政发〔2015〕31号修改", "2016.01.01");
        assertThat(article("威政发〔2023〕6号", "annex1.0").text()).contains("WHCR—2021—0020001");
    }

    @Test
    void readsTheHeritageListAsOneTableUnderEachOfItsHeadings() {
        List<Node> tables = tables("威政字〔2023〕41号");
        // four of the ten headings have nothing under them
        assertThat(tables).hasSize(6);
        List<String> numbers = tables.stream().flatMap(table -> table.rows().stream()).map(List::getFirst)
                .filter(cell -> !cell.equals("序号")).toList();
        assertThat(numbers).hasSize(28).first().isEqualTo("115");
        assertThat(numbers).last().isEqualTo("142");
        assertThat(article("威政字〔2023〕41号", "annex1.9").text()).contains("姜氏针灸", "威海市中医院");
        assertThat(article("威政字〔2023〕41号", "annex1.9").heading()).endsWith("九、 传统医药（共3项）");
    }

    @Test
    void readsTheListsOfNames() {
        List<Node> artisans = nodes("威政发〔2023〕7号", Kind.LIST_ENTRY);
        assertThat(artisans).hasSize(20);
        assertThat(artisans.getFirst().text()).startsWith("马金霞(女) ");
        assertThat(nodes("威政办发〔2023〕12号", Kind.LIST_ENTRY)).hasSize(11);
        assertThat(nodes("威政字〔2023〕46号", Kind.POINT)).hasSize(8);
    }

    @Test
    void readsWhichAttachmentsADocumentDeclares() {
        assertThat(declared("威医保发〔2023〕33号")).hasSize(2);
        assertThat(declared("威教发〔2023〕5号")).hasSize(5).last().isEqualTo("威海市校外培训机构信用评价标准");
        assertThat(nodes("威政办发〔2023〕15号", Kind.ATTACHMENT)).hasSize(1);
    }

    @Test
    void unfoldsNumbersThatRunOnInsideAParagraph() {
        assertThat(article("威政字〔2023〕40号", "3.2.3.2").heading()).endsWith("（2） 发展壮大海洋优势产业");
        assertThat(article("威政字〔2023〕40号", "3.2.3").text()).doesNotContain("（1）");
    }

    @Test
    void givesThoseResponsibleToThePointNotToItsLastPart() {
        assertThat(article("威政字〔2023〕40号", "3.6.4").text()).contains("责任单位");
        assertThat(article("威政字〔2023〕40号", "3.6.4.8").text()).doesNotContain("责任单位");
    }

    @Test
    void countsTheNumberedItemsOfTheWorkPlan() {
        List<String> keys = ArticleSplitter.split(document(issue, "威政办发〔2023〕15号").tree()).stream().map(Article::key)
                .toList();
        assertThat(keys).filteredOn(key -> key.matches("[1-5]\\.\\d\\.\\d+")).hasSize(45);
        assertThat(keys).filteredOn(key -> key.matches("annex1\\.[1-4]\\.\\d+")).hasSize(25);
    }

    @Test
    void joinsWhatTheLayoutCut() {
        for (GazetteDocument document : issue.documents()) {
            List<Node> nodes = new ArrayList<>();
            document.tree().walk(nodes::add);
            assertThat(nodes).filteredOn(node -> node.kind() == Kind.ARTICLE || node.kind() == Kind.POINT
                    || node.kind() == Kind.SUBPOINT).filteredOn(node -> node.text().length() > 40).as(document.title())
                    .allSatisfy(node -> assertThat(node.text()).matches("(?s).*[。；：）)〕\\]]$"));
            assertThat(nodes).filteredOn(node -> node.kind() == Kind.TITLE).as(document.title())
                    .noneSatisfy(node -> assertThat(node.text()).matches("的通知|办法（试行）》的通知"));
        }
    }

    @Test
    void reportsTheContradictionOfTheContentsPage() {
        assertThat(issue.warnings()).filteredOn(warning -> warning.code().equals("number-conflict")).hasSize(1).first()
                .satisfies(warning -> assertThat(warning.detail()).contains("威政办发〔2023〕5号", "威政发〔2023〕5号"));
        assertThat(issue.warnings()).filteredOn(warning -> warning.code().equals("attachment-elsewhere")).hasSize(2);
        assertThat(issue.warnings()).extracting(Warning::code).doesNotContain("missing-document", "article-sequence",
                "no-date", "not-in-contents", "not-parsed");
    }

    private int rows(String number) {
        return tables(number).stream().mapToInt(table -> table.rows().size()).sum();
    }

    private List<Node> tables(String number) {
        return nodes(number, Kind.TABLE);
    }

    private List<Node> nodes(String number, Kind kind) {
        List<Node> nodes = new ArrayList<>();
        document(issue, number).tree().walk(node -> {
            if (node.kind() == kind) {
                nodes.add(node);
            }
        });
        return nodes;
    }

    private List<String> declared(String number) {
        return nodes(number, Kind.ATTACHMENT_LIST).getFirst().children().stream().map(Node::text).toList();
    }

    private Article article(String number, String key) {
        return ArticleSplitter.split(document(issue, number).tree()).stream().filter(found -> found.key().equals(key))
                .findFirst().orElseThrow(() -> new AssertionError("no article " + key));
    }

    private static GazetteDocument document(GazetteIssue issue, String number) {
        return issue.documents().stream().filter(document -> number.equals(String.valueOf(document.number())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no document " + number));
    }
}
