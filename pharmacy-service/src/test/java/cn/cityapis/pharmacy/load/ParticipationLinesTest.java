package cn.cityapis.pharmacy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cn.cityapis.pharmacy.load.KnownParticipations.Part;
import cn.cityapis.pharmacy.load.KnownParticipations.Period;
import cn.cityapis.pharmacy.load.KnownParticipations.Place;
import cn.cityapis.pharmacy.table.BadLine;
import cn.cityapis.pharmacy.table.Csv;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParticipationLinesTest {

    private static final String HEAD = "code,programme,since,until\n";
    private static final LocalDate TODAY = LocalDate.of(2027, 1, 1);
    private static final Place STORE = new Place(new UUID(2, 1), "store");
    private static final Place CLINIC = new Place(new UUID(2, 2), "clinic");
    /** Was a clinic when it began to take part. */
    private static final Place PUBLIC = new Place(new UUID(2, 3), "public_hospital");
    private static final CatalogueState KNOWN = CatalogueState.empty(3).with(new KnownParticipations(
            Map.of("S-01", STORE, "S-02", new Place(new UUID(2, 4), "store"), "C-01", CLINIC, "C-02",
                    new Place(new UUID(2, 5), "private_hospital"), "P-01", PUBLIC),
            Map.of(new Part(STORE.id(), Programme.CHAIN_PROCUREMENT), periods("2024-01-01", "2024-12-31", "2026-01-01"),
                    new Part(CLINIC.id(), Programme.PRIVATE_INSTITUTIONS), periods("2024-01-01", "2024-12-31"),
                    new Part(PUBLIC.id(), Programme.PRIVATE_INSTITUTIONS), periods("2024-01-01"))));

    /** @param days first and last by turns; the last period has no end if its last day is left out */
    private static NavigableMap<LocalDate, Period> periods(String... days) {
        NavigableMap<LocalDate, Period> periods = new TreeMap<>();
        for (int i = 0; i < days.length; i += 2) {
            LocalDate since = LocalDate.parse(days[i]);
            periods.put(since, new Period(since, i + 1 < days.length ? LocalDate.parse(days[i + 1]) : null));
        }
        return periods;
    }

    private static List<Judged> judge(String file) {
        return LoadRules.judge(ImportKind.PARTICIPATIONS, Csv.read(file.getBytes(StandardCharsets.UTF_8), 1000), KNOWN,
                CityOutline.read(), TODAY, UUID::randomUUID);
    }

    private static String verdict(Judged judged) {
        return (judged.verdict() + " " + String.join(" ", judged.problems().stream()
                .map(problem -> problem.column() + " " + problem.code()).toList())).strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"S-01,chain_procurement,2024-01-01,2024-12-31 | UNCHANGED",
            "S-01,连锁药店集中采购,2026/01/01, | UNCHANGED", "S-01,chain_procurement,46023,2027-06-30 | CORRECTION",
            "S-01,chain_procurement,2024-01-01,2025-12-31 | CORRECTION",
            "S-02,chain_procurement,2026-01-01, | NEW", "C-01,民营医疗机构集中采购,2025-01-01, | NEW",
            "C-02,private_institutions,2025-01-01,2025-01-01 | NEW",
            "C-02,private_institutions,2025-01-01,2024-12-31 | BAD until out-of-range",
            "S-09,chain_procurement,2026-01-01, | BAD code unknown",
            "S-02,retail,2026-01-01, | BAD programme invalid-value",
            "S-02,chain_procurement,2028-01-01, | NEW",
            "S-02,chain_procurement,2028-01-02, | BAD since out-of-range",
            "S-02,chain_procurement,,x | BAD since missing until wrong-type"})
    void judgesParticipations(String line, String expected) {
        assertThat(verdict(judge(HEAD + line + "\n").getFirst())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"C-01,chain_procurement,2026-01-01, | BAD programme kind-mismatch",
            "C-02,chain_procurement,2026-01-01, | BAD programme kind-mismatch",
            "P-01,chain_procurement,2026-01-01, | BAD programme kind-mismatch",
            "P-01,private_institutions,2023-01-01,2023-12-31 | BAD programme kind-mismatch",
            "S-02,private_institutions,2026-01-01, | QUESTIONED programme unusual-programme"})
    void aProgrammeSuitsTheKindOfInstitution(String line, String expected) {
        assertThat(verdict(judge(HEAD + line + "\n").getFirst())).isEqualTo(expected);
    }

    /** A period that is known can be ended whatever has become of the institution since. */
    @Test
    void whatNoLongerSuitsCanBeEnded() {
        assertThat(verdict(judge(HEAD + "P-01,private_institutions,2024-01-01,2026-12-31\n").getFirst()))
                .isEqualTo("CORRECTION");
    }

    /** A column that is left out must not take back every end that is known. */
    @Test
    void anEndThatIsMissingIsAskedFor() {
        assertThat(judge("机构编码,项目,起始日\nC-01,private_institutions,2024-01-01\n"))
                .extracting(ParticipationLinesTest::verdict).containsExactly("QUESTIONED until reopened");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"2023-01-01,2023-12-31 | NEW", "2023-01-01,2024-01-01 | BAD since overlaps",
            "2023-01-01, | BAD since overlaps", "2024-06-01,2024-06-30 | BAD since overlaps",
            "2024-12-31,2025-06-30 | BAD since overlaps", "2025-01-01,2025-12-31 | NEW",
            "2025-01-01,2026-01-01 | BAD since overlaps", "2025-01-01, | BAD since overlaps",
            "2027-01-01, | BAD since overlaps", "2024-01-01,2026-01-01 | BAD since overlaps",
            "2024-01-01,2025-12-31 | CORRECTION"})
    void twoPeriodsOfTheSameShareNoDay(String period, String expected) {
        assertThat(verdict(judge(HEAD + "S-01,chain_procurement," + period + "\n").getFirst())).isEqualTo(expected);
        assertThat(verdict(judge(HEAD + "S-02,chain_procurement," + period + "\n").getFirst())).isEqualTo("NEW");
    }

    @Test
    void noneInTheFileOverlapEither() {
        List<Judged> lines = judge(HEAD + """
                S-02,chain_procurement,2026-01-01,2026-06-30
                S-02,chain_procurement,2025-01-01,2026-01-01
                S-02,chain_procurement,2026-06-30,
                S-02,chain_procurement,2026-07-01,
                S-02,chain_procurement,2026-07-01,2026-12-31
                C-02,private_institutions,2026-01-01,
                """);
        assertThat(lines).extracting(ParticipationLinesTest::verdict).containsExactly("NEW", "BAD since overlaps",
                "BAD since overlaps", "NEW", "BAD  duplicate", "NEW");
        assertThat(lines.get(1).problems().getFirst().detail()).contains("2026-01-01 至 2026-06-30");
    }

    /** In whatever order: what ends makes room for what begins; what is not taken makes none. */
    @Test
    void onePeriodEndsAndTheNextBeginsInOneFile() {
        String ends = "S-01,chain_procurement,2026-01-01,2026-12-31\n";
        String begins = "S-01,chain_procurement,2027-01-01,\n";
        assertThat(judge(HEAD + begins + ends)).extracting(Judged::line, Judged::verdict).containsExactly(
                tuple(2, Verdict.NEW),
                tuple(3, Verdict.CORRECTION));
        assertThat(judge(HEAD + begins + "S-01,chain_procurement,2026-01-01,2025-12-31\n"))
                .extracting(ParticipationLinesTest::verdict)
                .containsExactly("BAD since overlaps", "BAD until out-of-range");
        assertThat(judge(HEAD + begins + "S-01,chain_procurement,2026-01-01,2027-01-01\n"
                + "S-01,chain_procurement,2026-01-01,2026-12-31\n")).extracting(ParticipationLinesTest::verdict)
                .containsExactly("BAD since overlaps", "CORRECTION", "BAD  duplicate");
    }

    @Test
    void theProgrammesThatThereAreAreNamed() {
        assertThat(judge(HEAD + "S-02,retail,2026-01-01,\n").getFirst().problems()).extracting(BadLine::detail)
                .containsExactly("只能是 chain_procurement（连锁药店集中采购）、private_institutions（民营医疗机构集中采购） 之一");
    }

    @Test
    void allThatIsWrongWithALineIsToldAtOnce() {
        assertThat(judge(HEAD + "?,x,y,z\n").getFirst().problems()).extracting(BadLine::column)
                .containsExactly("code", "programme", "since", "until");
        assertThat(judge(HEAD + "C-01,chain_procurement,2036-01-01,2035-01-01\n").getFirst().problems())
                .extracting(BadLine::column).containsExactlyInAnyOrder("programme", "since", "until");
    }
}
