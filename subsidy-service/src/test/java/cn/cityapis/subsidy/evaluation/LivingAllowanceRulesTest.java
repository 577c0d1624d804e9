package cn.cityapis.subsidy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.expression.TriState;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 生活津贴 (report of 2019). */
class LivingAllowanceRulesTest {

    private static final LocalDate START = LocalDate.of(2019, 9, 1);
    private static final LocalDate AS_OF = LocalDate.of(2019, 9, 10);
    private final CompiledScheme scheme = ShippedSchemes.published(ShippedSchemes.ALLOWANCE);

    private static Map<String, Object> doctor() {
        return new HashMap<>(Map.of("educationLevel", "doctor", "birthDate", LocalDate.of(1987, 5, 2), "engagement",
                "employed-full-time", "engagementStart", START, "employerKind", "company"));
    }

    private Outcome decide(Map<String, Object> facts) {
        return scheme.decide(new Facts(facts), AS_OF);
    }

    @ParameterizedTest
    @CsvSource({"company, , yes", "university, true, yes", "university, false, no", "research-institute, true, yes",
            "school, true, yes", "health-institution, true, yes", "other, true, no", "university, , unknown"})
    void doctorsAndMastersInCompaniesOrProfessionalPosts(String employer, Boolean post, String expected) {
        Map<String, Object> facts = doctor();
        facts.put("employerKind", employer);
        if (post != null) {
            facts.put("professionalPost", post);
        }
        assertThat(decide(facts).result().name()).isEqualToIgnoringCase(expected);
    }

    @ParameterizedTest
    @CsvSource({"2017-12-31, NO", "2018-01-01, YES", "2019-09-10, YES", "2019-09-11, NO"})
    void since2018AndNotInTheFuture(LocalDate start, TriState expected) {
        Map<String, Object> facts = doctor();
        facts.put("engagementStart", start);
        assertThat(decide(facts).result()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"master, 2019-09-10, YES", "master, 2019-09-11, NO", "bachelor, 2019-09-10, YES",
            "bachelor, 2030-06-30, NO", "doctor, 2030-06-30, YES"})
    void mastersAndBachelorsHaveGraduated(String level, LocalDate graduation, TriState expected) {
        Map<String, Object> facts = doctor();
        facts.putAll(Map.of("educationLevel", level, "fullTimeStudy", true, "graduationDate", graduation));
        assertThat(decide(facts).result()).isEqualTo(expected);
    }

    @Nested
    class EntryIsNotMonthly {

        @Test
        void aDoctorWhoTurns46LaterIsStillPaid() {
            Map<String, Object> facts = doctor();
            facts.put("birthDate", LocalDate.of(1973, 9, 2));
            assertThat(decide(facts).result()).isEqualTo(TriState.YES);
            assertThat(scheme.recheck(new Facts(facts), LocalDate.of(2022, 8, 31), START))
                    .allMatch(result -> result.result() == TriState.YES);
        }

        @Test
        void whoHasLeftIsNot() {
            Map<String, Object> facts = doctor();
            facts.put("engagement", "none");
            assertThat(scheme.recheck(new Facts(facts), LocalDate.of(2020, 8, 31), START))
                    .filteredOn(result -> result.result() == TriState.NO).extracting(ConditionResult::id)
                    .containsExactly("still-engaged");
        }
    }

    @Test
    void casesAfter2019AreMarkedAsDemoEverywhere() {
        Map<String, Object> facts = doctor();
        facts.put("engagementStart", LocalDate.of(2020, 1, 1));
        Outcome outcome = scheme.decide(new Facts(facts), LocalDate.of(2020, 1, 1));
        assertThat(outcome.demo()).isTrue();
        assertThat(outcome.conditions().map(ConditionResult::citation)).isNotEmpty()
                .allMatch(citation -> Objects.requireNonNull(citation).demo());
        assertThat(Objects.requireNonNull(Objects.requireNonNull(outcome.grant()).citation()).demo()).isTrue();
    }

    @Test
    void casesOf2019AreNot() {
        Map<String, Object> facts = doctor();
        facts.put("engagementStart", LocalDate.of(2019, 9, 1));
        assertThat(decide(facts).demo()).isFalse();
    }

    @Test
    void unknownSaysWhatIsMissingAndHowMuchHangsOnIt() {
        Outcome outcome = decide(Map.of("educationLevel", "master", "engagement", "employed-full-time"));
        assertThat(outcome.result()).isEqualTo(TriState.UNKNOWN);
        assertThat(outcome.missing()).containsExactly("engagementStart", "employerKind", "fullTimeStudy",
                "graduationDate", "professionalPost");
        assertThat(outcome.potentialFen()).isEqualTo(7_200_000);
    }

    @Test
    void oneFailedConditionDecidesWhateverIsMissing() {
        Outcome outcome = decide(Map.of("educationLevel", "other"));
        assertThat(outcome.result()).isEqualTo(TriState.NO);
        assertThat(outcome.missing()).isEmpty();
        assertThat(outcome.failed()).extracting(ConditionResult::whyNot).containsExactly("须为博士、硕士或本科毕业");
    }

    @Test
    void theSameCaseGivesTheSameOutcome() {
        assertThat(decide(doctor()).toString()).isEqualTo(decide(doctor()).toString());
    }
}
