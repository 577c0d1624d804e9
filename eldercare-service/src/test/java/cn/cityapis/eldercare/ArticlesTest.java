package cn.cityapis.eldercare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/eldercare-articles.md: every article has its row, and what the row names exists. */
@DisplayName("威民发〔2023〕17号: each of the 30 articles is carried out and tested, or says why it binds no system")
class ArticlesTest {

    private static final int ARTICLES = 30;
    private static final Path MODULE = Path.of("").toAbsolutePath().endsWith("eldercare-service")
            ? Path.of("")
            : Path.of("eldercare-service");
    private static final Pattern ROW = Pattern.compile("\\| *(\\d+) *\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z/]+)`");
    private static final String[] DIGITS = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

    private record Row(int article, String says, String code, String tests) {

        boolean bindsNoSystem() {
            return tests.startsWith("binds no system:");
        }
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(MODULE.resolve("docs/eldercare-articles.md")).stream().map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Row(Integer.parseInt(row.group(1)), row.group(2).strip(), row.group(3).strip(),
                        row.group(4).strip()))
                .toList();
    }

    private static Map<String, Path> sources(String root) throws IOException {
        try (Stream<Path> files = Files.walk(MODULE.resolve(root))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(file -> file.getFileName().toString().replace(".java", ""),
                            Function.identity(), (first, second) -> first));
        }
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    /** 第二十三条 and the like. */
    static String chinese(int article) {
        int tens = article / 10;
        return "第" + (tens > 1 ? DIGITS[tens] : "") + (tens > 0 ? "十" : "") + DIGITS[article % 10] + "条";
    }

    @Test
    void everyArticleHasOneRow() throws IOException {
        assertThat(rows()).extracting(Row::article)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, ARTICLES).boxed().toList());
        assertThat(rows()).allMatch(row -> row.says().length() > 10);
    }

    @Test
    void theCodeThatARowNamesExists() throws IOException {
        Map<String, Path> sources = sources("src/main/java");
        for (Row row : rows()) {
            assertThat(row.bindsNoSystem() || !names(row.code()).isEmpty()).as("article %d", row.article()).isTrue();
            assertThat(names(row.code())).as("article %d", row.article())
                    .allMatch(name -> sources.containsKey(name.substring(name.lastIndexOf('/') + 1)));
        }
    }

    @Test
    void eachTestThatARowNamesExistsAndNamesTheArticle() throws IOException {
        Map<String, Path> sources = sources("src/test/java");
        for (Row row : rows()) {
            if (row.bindsNoSystem()) {
                assertThat(names(row.tests())).isEmpty();
                continue;
            }
            assertThat(names(row.tests())).as("article %d", row.article()).isNotEmpty();
            for (String name : names(row.tests())) {
                assertThat(sources).as("article %d", row.article()).containsKey(name);
                String source = Files.readString(sources.get(name));
                assertThat(source).as("%s of article %d", name, row.article()).contains(chinese(row.article()))
                        .containsPattern("@(Test|ParameterizedTest|TestFactory)");
            }
        }
    }

    @Test
    void fewBindNoSystem() throws IOException {
        assertThat(rows().stream().filter(Row::bindsNoSystem).map(Row::article)).containsExactly(1, 29);
        assertThat(Arrays.asList(chinese(1), chinese(10), chinese(20), chinese(29))).containsExactly("第一条", "第十条",
                "第二十条", "第二十九条");
    }
}
