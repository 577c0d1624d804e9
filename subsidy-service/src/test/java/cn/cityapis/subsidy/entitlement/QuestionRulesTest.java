package cn.cityapis.subsidy.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.catalogue.Publication;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuestionRulesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    private static final List<CompiledScheme> TALENT = List.of(ShippedSchemes.published(ShippedSchemes.PERSONAL),
            ShippedSchemes.published(ShippedSchemes.RD), ShippedSchemes.published(ShippedSchemes.ALLOWANCE));

    @Test
    void whatSettlesMostMoneyIsAskedFirst() {
        Entitlements nothingKnown = Entitlements.of(TALENT, Facts.NONE, DAY);
        assertThat(nothingKnown.nextQuestions()).extracting(Question::settlesFen)
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(nothingKnown.nextQuestions().getFirst().schemes()).containsExactly("talent-living-allowance");
        assertThat(nothingKnown.nextQuestions().getFirst().settlesFen()).isEqualTo(18_000_000);
    }

    @Test
    void aFactThatSeveralSchemesNeedCountsForAll() {
        Entitlements doctor = Entitlements.of(TALENT, new Facts(Map.of("educationLevel", "other")),
                DAY);
        Question first = doctor.nextQuestions().getFirst();
        assertThat(first.schemes()).containsExactlyInAnyOrder("talent-insurance-rd", "talent-insurance-personal");
        assertThat(first.settlesFen()).isEqualTo(16_000_000);
    }

    @Test
    void aSchemeThatIsOutIsNotAskedAbout() {
        Entitlements out = Entitlements.of(TALENT,
                new Facts(Map.of("educationLevel", "other", "programmeLevel", "none")), DAY);
        assertThat(out.nextQuestions()).isEmpty();
        assertThat(out.outcomes()).allMatch(outcome -> outcome.missingFacts().isEmpty() && !outcome.whyNot().isEmpty());
    }

    @Test
    void ofSchemesThatExcludeEachOtherTheDearerIsTaken() {
        String rd = ShippedSchemes.text(ShippedSchemes.RD) + "excludes: [talent-insurance-personal]\n";
        SchemeCatalogue catalogue = new SchemeCatalogue(
                List.of(Publication.publish(new SchemeReader().read(rd), ShippedSchemes.CALENDAR),
                        ShippedSchemes.published(ShippedSchemes.PERSONAL)));
        Map<String, Object> facts = new java.util.HashMap<>(Map.of("selectionYear", 2023L, "programmeLevel", "national",
                "onConfirmedList", true, "fullTimeInPost", true, "companyOperating", true, "companyHasRdConditions",
                true,
                "hasOldTermsYears", false, "policyStart", DAY));
        facts.putAll(Map.of("rdPremiumFen", 1_000_000L, "rdSumInsuredFen", 300_000_000L, "rdYearsSubsidised", 0L,
                "rdYearsSkipped", 0L, "personalPremiumFen", 900_000L, "personalSumInsuredFen", 1L,
                "personalYearsSubsidised", 0L));
        assertThat(Entitlements.of(catalogue.all(), new Facts(facts), DAY).bestCombination())
                .isEqualTo(new BestCombination(List.of("talent-insurance-personal"), 900_000, 900_000));
        assertThat(Entitlements.of(TALENT, new Facts(facts), DAY).bestCombination().totalFen())
                .isEqualTo(1_700_000);
    }
}
