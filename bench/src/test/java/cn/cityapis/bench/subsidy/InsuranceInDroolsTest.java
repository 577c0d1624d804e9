package cn.cityapis.bench.subsidy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.evaluation.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class InsuranceInDroolsTest {

    private final People people = new People(3);

    @Test
    void decidesAsTheMeasuresSay() throws IOException {
        List<Insured> cases = Stream.generate(people::insured).limit(3_000).toList();
        new InsuranceInDrools().decide(cases);
        for (Insured it : cases) {
            assertThat(it.getDueFen()).isEqualTo(due(it));
        }
        assertThat(cases).filteredOn(it -> it.getDueFen() > 0).hasSizeBetween(100, 1_500);
    }

    @Test
    void ourRulesDecideTheSameAlsoAfterTheWayThroughALine() throws IOException {
        InsuranceRules ours = new InsuranceRules();
        List<Insured> cases = Stream.generate(people::insured).limit(3_000).toList();
        new InsuranceInDrools().decide(cases);
        for (Insured it : cases) {
            CaseLines.Line line = CaseLines.read(people.insured(7, it).getBytes(StandardCharsets.UTF_8));
            Facts facts = ours.facts(line.facts());
            Verdict verdict = ours.verdict(facts);
            assertThat(line.id()).isEqualTo("i7");
            assertThat(verdict.fen()).isEqualTo(it.getDueFen()).isEqualTo(due(Insured.of(facts)));
            assertThat(RulesBesideDrools.agree(verdict, it)).as("%s %s", facts, verdict).isTrue();
            assertThat(ours.decide(facts).failed()).hasSameSizeAs(verdict.names());
        }
    }

    @Test
    void aLineIsWrittenForEachCase() {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        CaseLines.write("i1", 800, List.of(), to);
        CaseLines.write("i2", 0, List.of("in-post", "cohort"), to);
        assertThat(to.toString(StandardCharsets.UTF_8)).isEqualTo("""
                {"id":"i1","totalFen":800,"failed":[]}
                {"id":"i2","totalFen":0,"failed":["in-post","cohort"]}
                """);
    }

    /** Once more, plainly. */
    private static long due(Insured it) {
        long[] rates = {80, 70, 70, 60};
        boolean ok = it.getSelectionYear() >= 2023 && !it.getProgrammeLevel().equals("none") && !it.isHasOldTermsYears()
                && it.isOnConfirmedList() && it.isFullTimeInPost() && it.isCompanyOperating()
                && it.isCompanyHasRdConditions() && it.getPolicyStart().getMonthValue() >= 7
                && it.getPolicyStart().getYear() == 2026 && !it.getPolicyStart().isAfter(SubsidyBenchmark.DAY)
                && it.getRdYearsSubsidised() < 4 && it.getRdSumInsuredFen() >= 200_000_000L
                && (it.getRdYearsSubsidised() > 0 || it.getRdPremiumFen() * 80 < 1_500_000_000L
                        || it.getRdSumInsuredFen() >= 1_000_000_000L);
        return ok
                ? Math.min(15_000_000,
                        Math.round(it.getRdPremiumFen() * rates[(int) it.getRdYearsSubsidised()] / 100.0))
                : 0;
    }

    @Test
    void theSameSeedGivesTheSamePeople() {
        assertThat(new People(7).person(1)).isEqualTo(new People(7).person(1)).isNotEqualTo(new People(8).person(1));
        JsonMapper json = new JsonMapper();
        for (int i = 0; i < 200; i++) {
            assertThat(json.readTree(people.person(i)).path("facts").size()).isBetween(12, 22);
        }
        assertThat(json.readTree(people.insured(1, people.insured())).path("facts").size()).isEqualTo(12);
    }
}
