package cn.cityapis.subsidy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.catalogue.Publication;
import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.scheme.Funding;
import cn.cityapis.subsidy.scheme.Scheme;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("威金监发〔2023〕25号")
class TalentInsuranceRulesTest {

    private static final LocalDate BOUGHT = LocalDate.of(2025, 9, 1);
    private final CompiledScheme rd = ShippedSchemes.published(ShippedSchemes.RD);
    private final CompiledScheme personal = ShippedSchemes.published(ShippedSchemes.PERSONAL);

    private static Map<String, Object> talent() {
        return new HashMap<>(Map.of("selectionYear", 2023L, "programmeLevel", "municipal", "onConfirmedList", true,
                "fullTimeInPost", true, "companyOperating", true, "companyHasRdConditions", true, "hasOldTermsYears",
                false, "policyStart", BOUGHT));
    }

    private static Map<String, Object> insured(long premium, long sum, long years) {
        Map<String, Object> facts = talent();
        facts.putAll(Map.of("rdPremiumFen", premium, "rdSumInsuredFen", sum, "rdYearsSubsidised", years,
                "rdYearsSkipped", 0L, "personalPremiumFen", premium, "personalSumInsuredFen", sum,
                "personalYearsSubsidised", years));
        return facts;
    }

    private static Outcome decide(CompiledScheme scheme, Map<String, Object> facts) {
        return scheme.decide(new Facts(facts), BOUGHT);
    }

    private static long amount(CompiledScheme scheme, Map<String, Object> facts) {
        return Objects.requireNonNull(decide(scheme, facts).grant()).amountFen();
    }

    private static String failed(CompiledScheme scheme, String fact, Object value) {
        Map<String, Object> facts = insured(1_000_000, 300_000_000, 1);
        facts.put(fact, value);
        return decide(scheme, facts).failed().stream().map(ConditionResult::id).collect(Collectors.joining(" "));
    }

    @Nested
    @DisplayName("第一条、第二条")
    class Articles1And2 {

        @ParameterizedTest
        @CsvSource({"selectionYear, 2022, cohort selected-since-2023", "selectionYear, 2023, ''",
                "selectionYear, 2025, ''",
                "selectionYear, 2026, selected-since-2023"})
        void selectedSince2023(String fact, long year, String conditions) {
            assertThat(failed(rd, fact, year)).isEqualTo(conditions);
            assertThat(failed(personal, fact, year)).isEqualTo(conditions);
        }

        @ParameterizedTest
        @CsvSource({"national, ''", "provincial, ''", "municipal, ''", "none, selected-since-2023"})
        void ofTheThreeLevels(String level, String conditions) {
            assertThat(failed(rd, "programmeLevel", level)).isEqualTo(conditions);
        }

        @ParameterizedTest
        @CsvSource({"onConfirmedList, on-confirmed-list", "fullTimeInPost, full-time-in-post",
                "companyOperating, company-able", "companyHasRdConditions, company-able"})
        void eachYearOnTheListInPostAndInAnAbleCompany(String fact, String condition) {
            assertThat(failed(rd, fact, false)).isEqualTo(condition);
            assertThat(failed(personal, fact, false)).isEqualTo(condition);
        }
    }

    @Nested
    @DisplayName("第五条、第七条")
    class Articles5And7 {

        @ParameterizedTest
        @CsvSource({"0, 800000", "1, 700000", "2, 700000", "3, 600000"})
        void byInsuredYear(long years, long fen) {
            assertThat(amount(rd, insured(1_000_000, 300_000_000, years))).isEqualTo(fen);
        }

        @Test
        void atMostFourYears() {
            assertThat(failed(rd, "rdYearsSubsidised", 4L)).isEqualTo("years-left");
        }

        @ParameterizedTest
        @CsvSource({"18749999, 14999999, false", "18750000, 15000000, false", "18750001, 15000000, true",
                "100000000000, 15000000, true"})
        void roundedOnceAndThenCapped(long premium, long fen, boolean capped) {
            Grant grant = Objects.requireNonNull(decide(rd, insured(premium, 1_000_000_000, 0)).grant());
            assertThat(grant.amountFen()).isEqualTo(fen);
            assertThat(grant.capped()).isEqualTo(capped);
        }

        @ParameterizedTest
        @CsvSource({"0, 18750000, 999999999, sum-insured-first", "0, 18750000, 1000000000, ''",
                "0, 18749998, 200000000, ''",
                "1, 30000000, 200000000, ''", "1, 1000000, 199999999, sum-insured", "1, 1000000, 200000000, ''"})
        void sumInsured(long years, long premium, long sum, String conditions) {
            assertThat(decide(rd, insured(premium, sum, years)).failed()).extracting(ConditionResult::id)
                    .isEqualTo(conditions.isEmpty() ? java.util.List.of() : java.util.List.of(conditions));
        }

        @Test
        void aGapUsesNoStepByTheOptionAndOneByTheOther() {
            Map<String, Object> facts = insured(1_000_000, 300_000_000, 1);
            facts.put("rdYearsSkipped", 2L);
            assertThat(amount(rd, facts)).isEqualTo(700_000);
            String other = ShippedSchemes.text(ShippedSchemes.RD).replace("values: [{value: 0, cohort: since-2023",
                    "values: [{value: 1, cohort: since-2023");
            assertThat(amount(Publication.publish(new SchemeReader().read(other), ShippedSchemes.CALENDAR), facts))
                    .isEqualTo(600_000);
        }

        @Test
        void theOptionShowsInTheTrace() {
            Grant grant = Objects.requireNonNull(decide(rd, insured(1_000_000, 300_000_000, 1)).grant());
            assertThat(grant.figures()).extracting(FigureRead::id).containsExactlyInAnyOrder("gapUsesStep",
                    "rdRateYear2",
                    "rdCapFen");
            assertThat(grant.figures()).filteredOn(figure -> figure.id().equals("gapUsesStep"))
                    .allMatch(figure -> Objects.requireNonNull(figure.note()).contains("没有说明"));
        }
    }

    @Nested
    @DisplayName("第六条")
    class Article6 {

        @ParameterizedTest
        @CsvSource({"999999, 100000000, 999999", "1000000, 300000000, 1000000", "1000001, 300000000, 1000000"})
        void inFullUpToTenThousandYuan(long premium, long sum, long fen) {
            assertThat(amount(personal, insured(premium, sum, 0))).isEqualTo(fen);
        }

        @ParameterizedTest
        @CsvSource({"999999, 1, ''", "1000000, 299999999, sum-insured-at-cap", "1000000, 300000000, ''"})
        void threeMillionInsuredAtTheMaximum(long premium, long sum, String condition) {
            assertThat(decide(personal, insured(premium, sum, 0)).failed().stream().map(ConditionResult::id)
                    .collect(Collectors.joining())).isEqualTo(condition);
        }

        @Test
        void theFourYearsDoNotBindItByTheOption() {
            assertThat(amount(personal, insured(500_000, 100_000_000, 4))).isEqualTo(500_000);
        }
    }

    @Test
    @DisplayName("第八条")
    void cityAndDistrictOneToOne() {
        assertThat(Objects.requireNonNull(decide(rd, insured(1_000_001, 300_000_000, 1)).grant()).shares())
                .containsExactly(new Grant.ShareAmount(Funding.Party.CITY, 350_001),
                        new Grant.ShareAmount(Funding.Party.DISTRICT, 350_000));
    }

    @ParameterizedTest
    @DisplayName("第十条")
    @CsvSource({"2025-06-30, second-half", "2025-07-01, ''", "2025-09-02, second-half", "2024-09-01, second-half"})
    void boughtInTheSecondHalfOfTheYear(LocalDate bought, String conditions) {
        assertThat(failed(rd, "policyStart", bought)).isEqualTo(conditions);
    }

    @Test
    @DisplayName("第十一条")
    void paidToTheInsurerAndFiledByIt() {
        for (CompiledScheme one : Set.of(rd, personal)) {
            Scheme scheme = one.scheme();
            assertThat(scheme.funding().payee()).isEqualTo(Funding.Payee.INSURER);
            assertThat(scheme.process().isOpenToPersons()).isFalse();
            assertThat(scheme.process().firstReviewWorkingDays()).isEqualTo(10);
        }
    }

    @Nested
    @DisplayName("第十五条")
    class Article15 {

        @ParameterizedTest
        @CsvSource({"2023-08-08, NO", "2023-08-09, YES", "2027-08-09, YES", "2027-08-10, NO"})
        void inForce(LocalDate day, TriState expected) {
            Map<String, Object> facts = insured(1_000_000, 300_000_000, 1);
            facts.put("policyStart", day);
            assertThat(rd.decide(new Facts(facts), day).result()).isEqualTo(expected);
        }

        @Test
        void remainingYearsKeepTheOldTerms() {
            assertThat(failed(rd, "hasOldTermsYears", true)).isEqualTo("not-on-old-terms");
            assertThat(failed(personal, "hasOldTermsYears", true)).isEqualTo("not-on-old-terms");
        }
    }

    @Test
    void everyFigureOfTheSchemeThatDecidesShowsUpInATrace() {
        for (CompiledScheme one : Set.of(rd, personal, ShippedSchemes.published(ShippedSchemes.ALLOWANCE))) {
            Set<String> shown = new HashSet<>();
            one.scheme().examples().forEach(example -> {
                Outcome outcome = one.decide(new FactReader(one.scheme().facts()).read(example.facts()).facts(),
                        example.asOf());
                outcome.conditions().forEach(result -> result.figures().forEach(figure -> shown.add(figure.id())));
                Grant grant = outcome.grant();
                if (grant != null) {
                    grant.figures().forEach(figure -> shown.add(figure.id()));
                }
            });
            assertThat(shown).containsExactlyInAnyOrderElementsOf(
                    one.scheme().figuresAndOptions().map(figure -> figure.id()).toList());
        }
    }
}
