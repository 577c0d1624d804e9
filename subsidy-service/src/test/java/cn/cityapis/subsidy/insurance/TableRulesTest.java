package cn.cityapis.subsidy.insurance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.problem.Violation;
import cn.cityapis.subsidy.People;
import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.csv.Csv;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The lead insurer's table, 威金监发〔2023〕25号 第三、五、六、七、十、十一条: bad rows are named all at once. */
class TableRulesTest {

    static final String HEAD = String.join(",", TableRules.HEAD) + "\n";
    private static final Map<String, String> SCHEMES = Map.of("rd", "talent-insurance-rd", "personal",
            "talent-insurance-personal");

    static String row(String kind, int serial, String premium, String sum, int years) {
        return String.join(",", kind, "王某", People.idNumber("19850101", serial), "某公司", kind + "-" + serial,
                "2026-09-02", premium, sum, "2024", "municipal", "是", "是", "是", "是", "否", Integer.toString(years),
                "0") + "\n";
    }

    private static TableRules.Table read(String csv) {
        return TableRules.read(Csv.read(csv),
                kind -> Optional.ofNullable(SCHEMES.get(kind)).map(ShippedSchemes::published),
                LocalDate.of(2026, 9, 1), LocalDate.of(2026, 10, 30));
    }

    private static List<String> wrong(String csv) {
        return read(csv).wrong().stream().map(Violation::pointer).toList();
    }

    @Test
    void article5And6EachRowIsDecidedByItsScheme() {
        TableRules.Table table = read(
                HEAD + row("rd", 1, "100000", "3000000", 0) + row("rd", 2, "100000.05", "3000000", 2)
                        + row("personal", 1, "9000", "3000000", 0));
        assertThat(table.wrong()).isEmpty();
        assertThat(table.rows().stream().map(row -> row.subsidy().value()))
                .containsExactly(8_000_000L, 7_000_004L, 900_000L);
    }

    @Test
    void aPersonCountsOnceAYearForEachKind() {
        assertThat(wrong(HEAD + row("rd", 1, "1", "3000000", 0) + row("rd", 1, "1", "3000000", 0)))
                .containsExactly("/rows/2/idNumber", "/rows/2/policyNumber");
    }

    @Test
    void aSmallXIsNoOtherPerson() {
        int serial = IntStream.range(1, 999).filter(one -> People.idNumber("19850101", one).endsWith("X")).findFirst()
                .orElseThrow();
        String id = People.idNumber("19850101", serial);
        String small = row("rd", serial, "1", "3000000", 0).replace(id, id.toLowerCase(Locale.ROOT));
        assertThat(wrong(HEAD + row("rd", serial, "1", "3000000", 0) + small.replace("rd-", "other-")))
                .containsExactly("/rows/2/idNumber");
        assertThat(read(HEAD + small).rows()).singleElement()
                .satisfies(row -> assertThat(row.idNumber()).isEqualTo(id));
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        String bad = row("rd", 3, "-1", "x", 0).replace("王某", "").replace("2026-09-02", "2026-12-02")
                + row("life", 4, "1", "3000000", 0).replace(People.idNumber("19850101", 4), "123") + "a,b\n"
                + row("rd", 5, "100000", "1000000", 1) + row("rd", 6, "1", "3000000", 0).replace("municipal", "moon");
        assertThat(wrong(HEAD + bad)).containsExactly("/rows/1/name", "/rows/1/premiumYuan", "/rows/1/sumInsuredYuan",
                "/rows/1/policyStart", "/rows/2/kind", "/rows/2/idNumber", "/rows/3", "/rows/4",
                "/rows/5/programmeLevel");
    }

    @Test
    void article10APolicyOutsideTheRoundIsRefused() {
        assertThat(wrong(HEAD + row("rd", 1, "1", "3000000", 0).replace("2026-09-02", "2026-08-31")))
                .containsExactly("/rows/1/policyStart");
    }

    @Test
    void aTableWithoutItsHeadOrRowsIsRefused() {
        assertThat(wrong("")).containsExactly("/rows");
        assertThat(wrong(HEAD)).containsExactly("/rows");
        assertThat(wrong("x,y\n" + row("rd", 1, "1", "3000000", 0))).containsExactly("/rows");
    }

    @Test
    void amountsBeyondAnyRange() {
        assertThat(wrong(HEAD + row("rd", 1, "9999999999999", "3000000", 0))).containsExactly("/rows/1/premiumYuan");
        assertThat(wrong(HEAD + row("rd", 1, "0", "3000000", 0))).containsExactly("/rows/1/premiumYuan");
        assertThat(wrong(HEAD + row("rd", 1, "1.001", "3000000", 0))).containsExactly("/rows/1/premiumYuan");
        assertThat(wrong(HEAD + row("rd", 1, "999999999999", "3000000", 0))).containsExactly("/rows/1/rdPremiumFen");
    }
}
