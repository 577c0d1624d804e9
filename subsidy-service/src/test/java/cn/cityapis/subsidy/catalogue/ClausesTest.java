package cn.cityapis.subsidy.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.scheme.Citation;
import cn.cityapis.subsidy.scheme.Example;
import cn.cityapis.subsidy.scheme.Figure;
import cn.cityapis.subsidy.scheme.Scheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/subsidy-clauses.md: every clause that grants an amount has its scheme, and the scheme has the figures and examples. */
@DisplayName("威政发〔2023〕5号 and 威金监发〔2023〕25号: each clause that grants an amount is a scheme with passing examples")
class ClausesTest {

    private static final Path MODULE = Path.of("").toAbsolutePath().endsWith("subsidy-service")
            ? Path.of("")
            : Path.of("subsidy-service");
    /** As read in the gazette: how many clauses of an item grant an amount. Items that are not here grant none. */
    private static final Map<Integer, Integer> GRANTS = new TreeMap<>(Map.ofEntries(Map.entry(1, 6), Map.entry(4, 2),
            Map.entry(5, 1), Map.entry(7, 1), Map.entry(9, 1), Map.entry(11, 1), Map.entry(13, 1), Map.entry(14, 2),
            Map.entry(15, 1), Map.entry(16, 2), Map.entry(17, 2), Map.entry(18, 2), Map.entry(19, 1), Map.entry(21, 2),
            Map.entry(22, 3), Map.entry(23, 1), Map.entry(24, 3), Map.entry(25, 3), Map.entry(27, 1), Map.entry(29, 3),
            Map.entry(30, 1), Map.entry(31, 1), Map.entry(32, 1)));
    private static final int ITEMS = 32;
    private static final int ARTICLES = 15;

    private final Map<String, Scheme> schemes = ShippedSchemes.all().stream().map(one -> one.scheme())
            .collect(Collectors.toMap(Scheme::id, Function.identity()));

    private static List<List<String>> table(String heading) throws IOException {
        List<String> lines = Files.readAllLines(MODULE.resolve("docs/subsidy-clauses.md"));
        int from = lines.indexOf(heading);
        assertThat(from).as(heading).isNotNegative();
        return lines.stream().skip(from + 1L).takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| ") && Character.isDigit(line.charAt(2)))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).skip(1).toList()).toList();
    }

    private static List<List<String>> clauses() throws IOException {
        return table("## Clauses that grant an amount");
    }

    private static String scheme(String cell) {
        return cell.replace("`", "");
    }

    @Test
    void everyItemOfTheOpinionsIsThereAsOftenAsItGrants() throws IOException {
        Map<Integer, Integer> found = new TreeMap<>();
        for (List<String> row : clauses()) {
            found.merge(Integer.parseInt(row.get(0).substring(row.get(0).lastIndexOf('.') + 1)), 1, Integer::sum);
        }
        assertThat(found).isEqualTo(GRANTS);
    }

    @Test
    void itemsThatGrantNothingSayWhatTheyAre() throws IOException {
        List<Integer> rest = new ArrayList<>(IntStream.rangeClosed(1, ITEMS).boxed().toList());
        rest.removeAll(GRANTS.keySet());
        assertThat(table("## Items without a grant")).extracting(row -> Integer.parseInt(row.get(0)))
                .containsExactlyElementsOf(rest);
    }

    @Test
    void eachClauseHasItsOwnSchemeThatCitesIt() throws IOException {
        List<String> named = new ArrayList<>();
        for (List<String> row : clauses()) {
            String id = scheme(row.get(4));
            assertThat(schemes).as(row.get(0)).containsKey(id);
            named.add(id);
            Scheme scheme = schemes.get(id);
            assertThat(scheme.conditions().all().map(one -> one.citation()).map(Citation::item)).as(id)
                    .containsOnly(row.get(0));
        }
        assertThat(named).doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(schemes.keySet().stream()
                        .filter(id -> id.startsWith("innovation-")).toList());
    }

    /** The amounts of a row, in yuan, are the figures of the scheme in fen, and the kind is its kind. */
    @Test
    void theSchemeHasTheFiguresOfTheClause() throws IOException {
        for (List<String> row : clauses()) {
            Scheme scheme = schemes.get(scheme(row.get(4)));
            List<Long> yuan = Stream.of(row.get(3).split("[;；]")).map(String::strip)
                    .filter(amount -> amount.matches("[\\d,]+")).map(amount -> Long.parseLong(amount.replace(",", "")))
                    .toList();
            List<Long> figures = scheme.figures().stream().filter(figure -> figure.unit() == Figure.Unit.FEN)
                    .map(figure -> figure.values().getFirst().value() / 100).toList();
            assertThat(figures).as("%s %s", row.get(0), scheme.id()).containsExactlyInAnyOrderElementsOf(yuan);
            List<String> rates = Stream.of(row.get(3).split("[;；]")).map(String::strip)
                    .filter(rate -> rate.endsWith("%") || rate.endsWith("‰")).toList();
            assertThat(scheme.figures().stream().filter(figure -> figure.unit() == Figure.Unit.PERCENT
                    || figure.unit() == Figure.Unit.PER_MILLE)
                    .map(figure -> figure.show(figure.values().getFirst()))).as("%s %s", row.get(0), scheme.id())
                    .containsExactlyInAnyOrderElementsOf(rates);
        }
    }

    /** Examples run at publication; here only that the one named is there, and that some say yes and some say no. */
    @Test
    void theExampleOfTheRowIsThere() throws IOException {
        for (List<String> row : clauses()) {
            Scheme scheme = schemes.get(scheme(row.get(4)));
            assertThat(scheme.examples()).as("%s %s", row.get(0), scheme.id())
                    .anyMatch(example -> example.name().equals(row.get(5))
                            && example.expect().outcome() == TriState.YES)
                    .extracting(Example::expect).extracting(Example.Expected::outcome)
                    .contains(TriState.YES, TriState.NO);
        }
    }

    @Test
    void everyArticleOfTheInsuranceMeasuresIsThere() throws IOException {
        List<List<String>> rows = table("## 威金监发〔2023〕25号, article by article");
        assertThat(rows).extracting(row -> Integer.parseInt(row.get(0)))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, ARTICLES).boxed().toList());
        for (List<String> row : rows) {
            int article = Integer.parseInt(row.get(0));
            for (String id : row.get(2).split("[,、]")) {
                if (id.contains("`")) {
                    assertThat(cited(schemes.get(scheme(id.strip())))).as("article %d in %s", article, id)
                            .contains(article);
                }
            }
        }
        assertThat(rows.stream().filter(row -> row.get(2).contains("`"))).hasSize(9);
    }

    private static List<Integer> cited(Scheme scheme) {
        Stream<Citation> conditions = scheme.conditions().all().map(one -> one.citation());
        Stream<Citation> figures = scheme.figuresAndOptions()
                .flatMap(figure -> figure.values().stream().map(Figure.Dated::citation));
        Stream<Citation> parts = Stream.of(scheme.cohorts().citation(), scheme.funding().citation(),
                scheme.process().citation());
        return Stream.of(conditions, figures, parts).flatMap(Function.identity()).filter(one -> one != null)
                .map(Citation::article).toList();
    }
}
