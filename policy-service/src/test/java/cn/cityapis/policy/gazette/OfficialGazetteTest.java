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
    void reportsTheContradictionOfTheContentsPage() {
        assertThat(issue.warnings()).filteredOn(warning -> warning.code().equals("number-conflict")).hasSize(1).first()
                .satisfies(warning -> assertThat(warning.detail()).contains("威政办发〔2023〕5号", "威政发〔2023〕5号"));
        assertThat(issue.warnings()).filteredOn(warning -> warning.code().equals("attachment-elsewhere")).hasSize(2);
        assertThat(issue.warnings()).extracting(Warning::code).doesNotContain("missing-document", "article-sequence",
                "no-date");
    }

    private int rows(String number) {
        List<Node> tables = new ArrayList<>();
        document(issue, number).tree().walk(node -> {
            if (node.kind() == Kind.TABLE) {
                tables.add(node);
            }
        });
        return tables.stream().mapToInt(table -> table.rows().size()).sum();
    }

    private static GazetteDocument document(GazetteIssue issue, String number) {
        return issue.documents().stream().filter(document -> number.equals(String.valueOf(document.number())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no document " + number));
    }
}
