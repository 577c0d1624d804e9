package cn.cityapis.subsidy.batch;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BatchRulesTest {

    private static final SchemeCatalogue CATALOGUE = ShippedSchemes.catalogue();
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static CaseLine read(String line) {
        return BatchFormat.NDJSON.reader(CATALOGUE, "").read(1, line.getBytes(StandardCharsets.UTF_8));
    }

    private static List<JsonNode> answers(BatchFormat format, String header, String... lines) {
        List<byte[]> bytes = new ArrayList<>();
        for (String line : lines) {
            bytes.add(line.getBytes(StandardCharsets.UTF_8));
        }
        OutcomeLines.Block block = new OutcomeLines(new BatchEvaluation(CATALOGUE, DAY),
                format.reader(CATALOGUE, header)).of(new LineSplitter.Lines(1, bytes));
        return new String(block.json(), StandardCharsets.UTF_8).lines().map(JSON::readTree).toList();
    }

    @Test
    void linesAreTheSameWhateverThePieces() {
        byte[] text = "a\r\n中文\n\nlast".getBytes(StandardCharsets.UTF_8);
        Random random = new Random(3);
        for (int i = 0; i < 50; i++) {
            LineSplitter splitter = new LineSplitter();
            List<String> lines = new ArrayList<>();
            long next = 1;
            for (int from = 0; from < text.length;) {
                int to = Math.min(text.length, from + 1 + random.nextInt(4));
                LineSplitter.Lines some = splitter.add(java.util.Arrays.copyOfRange(text, from, to));
                assertThat(some.first()).isEqualTo(next);
                next += some.lines().size();
                some.lines().forEach(line -> lines.add(new String(line, StandardCharsets.UTF_8)));
                from = to;
            }
            splitter.end().lines().forEach(line -> lines.add(new String(line, StandardCharsets.UTF_8)));
            assertThat(lines).containsExactly("a", "中文", "", "last");
        }
    }

    @Test
    void aLineTooLongIsReportedAndNotKept() {
        LineSplitter splitter = new LineSplitter();
        byte[] piece = "x".repeat(LineSplitter.LONGEST).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20; i++) {
            splitter.add(piece);
        }
        LineSplitter.Lines lines = splitter.add("\n{}".getBytes(StandardCharsets.UTF_8));
        assertThat(lines.lines().getFirst()).hasSize(LineSplitter.LONGEST + 1);
        assertThat(BatchFormat.NDJSON.reader(CATALOGUE, "").read(1, lines.lines().getFirst()))
                .isEqualTo(CaseLine.Broken.of("", "line-too-long", "一行不能超过 64 KB"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"no | malformed-json | ", "[] | malformed-json | ",
            "{\"id\":\"a\"} | required | /facts", "{\"id\":\"a\",\"facts\":{}} {} | malformed-json | ",
            "{\"id\":\"a\",\"facts\":{\"educationLevel\":\"doctor\",\"educationLevel\":\"master\"}} | malformed-json | ",
            "{\"id\":\"a\",\"facts\":{},\"more\":1} | unknown-field | /more",
            "{\"id\":\"a b\",\"facts\":{}} | wrong-format | /id", "{\"facts\":{}} | wrong-format | /id",
            "{\"id\":\"a\",\"applicantKind\":\"dog\",\"facts\":{}} | unknown-choice | /applicantKind",
            "{\"id\":\"a\",\"facts\":{\"nothing\":1}} | unknown-fact | /facts/nothing",
            "{\"id\":\"a\",\"facts\":{\"rdPremiumFen\":99999999999999999999999}} | out-of-range | /facts/rdPremiumFen",
            "{\"id\":\"a\",\"facts\":{\"rdPremiumFen\":[1]}} | wrong-type | /facts/rdPremiumFen",
            "{\"id\":\"371002199405020017\",\"facts\":{}} | personal-data | /id"})
    void eachBrokenLineSaysWhatIsWrong(String line, String code, String pointer) {
        assertThat(read(line)).isInstanceOfSatisfying(CaseLine.Broken.class, broken -> {
            assertThat(broken.wrong()).extracting(CaseLine.Wrong::code).containsExactly(code);
            assertThat(broken.wrong().getFirst().pointer()).isEqualTo(pointer == null ? "" : pointer);
        });
    }

    @Test
    void allThatIsWrongWithALineIsNamedAtOnce() {
        assertThat(read("{\"id\":\"\",\"facts\":{\"nothing\":1,\"birthDate\":3}}"))
                .isInstanceOfSatisfying(CaseLine.Broken.class, broken -> assertThat(broken.wrong()).hasSize(3));
    }

    @Test
    void eachCaseIsAnsweredByTheSchemesForItsKind() {
        List<JsonNode> answers = answers(BatchFormat.NDJSON, "",
                "{\"id\":\"p\",\"facts\":{\"educationLevel\":\"doctor\",\"birthDate\":\"1994-05-02\",\"engagement\":\"employed-full-time\",\"engagementStart\":\"2026-11-16\",\"employerKind\":\"company\"}}",
                "oops", "", "{\"id\":\"b\",\"applicantKind\":\"bank\",\"facts\":{\"cooperatingBank\":false}}");
        assertThat(answers).hasSize(3);
        JsonNode person = answers.getFirst();
        assertThat(person.at("/outcomes").size()).isEqualTo(6);
        JsonNode allowance = person.at("/outcomes").valueStream()
                .filter(one -> one.at("/schemeId").asString().equals("talent-living-allowance")).findFirst()
                .orElseThrow();
        assertThat(allowance.at("/outcome").asString()).isEqualTo("yes");
        assertThat(allowance.at("/totalFen").asLong()).isEqualTo(18_000_000);
        assertThat(answers.get(1).at("/line").asInt()).isEqualTo(2);
        assertThat(answers.get(1).at("/errors/0/code").asString()).isEqualTo("malformed-json");
        assertThat(answers.get(2).at("/line").asInt()).isEqualTo(4);
        assertThat(answers.get(2).at("/outcomes/0/failed/0").asString()).isEqualTo("bank");
    }

    @Test
    void csvAnswersAsNdjson() {
        String header = "id,applicantKind,companyKind,aboveDesignatedSize,rdSpendFen,rdYearEnd";
        List<JsonNode> csv = answers(BatchFormat.CSV, header, header,
                "\"c:1\",company,national-high-tech,是,5,2024-12-31", "c2,company,,maybe,1.5,x", "c3,company");
        List<JsonNode> json = answers(BatchFormat.NDJSON, "", "",
                "{\"id\":\"c:1\",\"applicantKind\":\"company\",\"facts\":{\"companyKind\":\"national-high-tech\",\"aboveDesignatedSize\":true,\"rdSpendFen\":5,\"rdYearEnd\":\"2024-12-31\"}}");
        assertThat(csv.getFirst()).isEqualTo(json.getFirst());
        assertThat(csv.get(1).at("/errors").valueStream().map(one -> one.at("/pointer").asString()))
                .containsExactlyInAnyOrder("/facts/aboveDesignatedSize", "/facts/rdSpendFen", "/facts/rdYearEnd");
        assertThat(csv.get(2).at("/errors/0/code").asString()).isEqualTo("malformed-csv");
    }

    @Test
    void columnsThatNobodyKnowsAreRefused() {
        assertThat(((CsvReader) BatchFormat.CSV.reader(CATALOGUE, "who,birthDate,birthDate")).wrong())
                .containsExactly("缺少名为 id 的列", "没有名为 who 的事实", "有重复的列");
    }
}
