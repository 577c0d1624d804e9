package cn.cityapis.eldercare.ability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbilityRulesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final AbilityOptions DEFAULT = new AbilityOptions(true, true);

    /** Takes points away from the highest scores until the total is reached. */
    static Map<AbilityItem, Integer> scoresOf(int total) {
        Map<AbilityItem, Integer> scores = new EnumMap<>(AbilityItem.class);
        int left = 90 - total;
        for (AbilityItem item : AbilityItem.values()) {
            int taken = Math.min(left, item.highest());
            scores.put(item, item.highest() - taken);
            left -= taken;
        }
        return scores;
    }

    private static AbilityFindings findings(int total, boolean coma, boolean dementia, List<RiskEvent> events) {
        return new AbilityFindings(scoresOf(total), DAY, coma, dementia, false, events);
    }

    private static RiskEvent event(RiskEvent.Kind kind, int daysAgo) {
        return new RiskEvent(kind, DAY.minusDays(daysAgo));
    }

    @Test
    void has26ItemsOf90Points() {
        assertThat(AbilityItem.values()).hasSize(26);
        assertThat(Arrays.stream(AbilityItem.values()).mapToInt(AbilityItem::highest).sum()).isEqualTo(90);
        assertThat(blockSum(AbilityItem.Block.SELF_CARE)).isEqualTo(32);
        assertThat(blockSum(AbilityItem.Block.MOVEMENT)).isEqualTo(15);
        assertThat(blockSum(AbilityItem.Block.MIND)).isEqualTo(28);
        assertThat(blockSum(AbilityItem.Block.SENSES_AND_SOCIETY)).isEqualTo(15);
    }

    private static int blockSum(AbilityItem.Block block) {
        return Arrays.stream(AbilityItem.values()).filter(item -> item.block() == block).mapToInt(AbilityItem::highest)
                .sum();
    }

    @Nested
    @DisplayName("第十七条: five levels by score")
    class Article17 {

        @ParameterizedTest
        @CsvSource({"90,INTACT", "89,SLIGHT", "66,SLIGHT", "65,MODERATE", "46,MODERATE", "45,SEVERE", "30,SEVERE",
                "29,COMPLETE",
                "0,COMPLETE"})
        void levelAtEachThreshold(int total, AbilityLevel level) {
            AbilityResult result = AbilityRules.evaluate(findings(total, false, false, List.of()), DEFAULT);
            assertThat(result.total()).isEqualTo(total);
            assertThat(result.level()).isEqualTo(level);
        }

        @Test
        void comaIsCompleteAtOnce() {
            assertThat(AbilityRules.evaluate(findings(90, true, false, List.of()), DEFAULT).level())
                    .isEqualTo(AbilityLevel.COMPLETE);
        }

        @Test
        void dementiaIsOneLevelWorseNeverBeyondTheLast() {
            assertThat(AbilityRules.evaluate(findings(70, false, true, List.of()), DEFAULT).level())
                    .isEqualTo(AbilityLevel.MODERATE);
            assertThat(AbilityRules.evaluate(findings(3, false, true, List.of()), DEFAULT).level())
                    .isEqualTo(AbilityLevel.COMPLETE);
        }

        @Test
        void anotherMentalDisorderToo() {
            AbilityFindings diagnosed = new AbilityFindings(scoresOf(70), DAY, false, false, true, List.of());
            assertThat(AbilityRules.evaluate(diagnosed, DEFAULT).level()).isEqualTo(AbilityLevel.MODERATE);
        }

        @Test
        void aRiskEventAfterTheAssessmentDoesNotCount() {
            var one = List.of(event(RiskEvent.Kind.FALL, 0), event(RiskEvent.Kind.FALL, -1));
            assertThat(AbilityRules.evaluate(findings(70, false, false, one), DEFAULT).level())
                    .isEqualTo(AbilityLevel.SLIGHT);
        }

        @Test
        void twoRiskEventsWithinThirtyDaysAreOneLevelWorse() {
            var one = List.of(event(RiskEvent.Kind.FALL, 3));
            var two = List.of(event(RiskEvent.Kind.FALL, 3), event(RiskEvent.Kind.CHOKING, 30));
            var oneTooOld = List.of(event(RiskEvent.Kind.FALL, 3), event(RiskEvent.Kind.FALL, 31));
            assertThat(AbilityRules.evaluate(findings(70, false, false, one), DEFAULT).level())
                    .isEqualTo(AbilityLevel.SLIGHT);
            assertThat(AbilityRules.evaluate(findings(70, false, false, two), DEFAULT).level())
                    .isEqualTo(AbilityLevel.MODERATE);
            assertThat(AbilityRules.evaluate(findings(70, false, false, oneTooOld), DEFAULT).level())
                    .isEqualTo(AbilityLevel.SLIGHT);
        }

        @Test
        void optionsDecideWhatTheStandardLeavesOpen() {
            var mixed = List.of(event(RiskEvent.Kind.FALL, 3), event(RiskEvent.Kind.CHOKING, 4));
            AbilityFindings both = findings(70, false, true, mixed);
            assertThat(AbilityRules.evaluate(both, DEFAULT).level()).isEqualTo(AbilityLevel.MODERATE);
            assertThat(AbilityRules.evaluate(both, new AbilityOptions(false, true)).level())
                    .isEqualTo(AbilityLevel.SEVERE);
            assertThat(
                    AbilityRules.evaluate(findings(70, false, false, mixed), new AbilityOptions(true, false)).level())
                    .isEqualTo(AbilityLevel.SLIGHT);
        }
    }

    @Test
    void namesAllMissingAndAllOutOfRangeItemsAtOnce() {
        Map<AbilityItem, Integer> scores = scoresOf(60);
        scores.remove(AbilityItem.WALKING);
        scores.put(AbilityItem.AGGRESSION, 2);
        scores.put(AbilityItem.MEMORY, -1);
        assertThat(AbilityRules.errors(scores)).extracting(AbilityRules.ScoreError::item)
                .containsExactlyInAnyOrder(AbilityItem.WALKING, AbilityItem.AGGRESSION, AbilityItem.MEMORY);
        assertThatThrownBy(() -> AbilityRules.evaluate(
                new AbilityFindings(scores, DAY, false, false, false, List.of()), DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
