package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.waitlist.Channel;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChannelRulesTest {

    @Nested
    @DisplayName("第九条: special channel")
    class Article9 {

        @Test
        void destitutePersonsNeedNoAssessment() {
            ChannelDecision decision = ChannelRules.derive(Set.of(Category.DESTITUTE), null);
            assertThat(decision.channel()).isEqualTo(Channel.SPECIAL);
            assertThat(decision.provisional()).isFalse();
            assertThat(decision.basis()).contains(Citation.article(9));
        }

        @ParameterizedTest
        @CsvSource({"LOW_INCOME,MODERATE", "LOW_INCOME,SEVERE", "LOW_INCOME,COMPLETE", "NEAR_LOW_INCOME,MODERATE"})
        void lowIncomeFromModerateImpairmentOn(Category category, AbilityLevel level) {
            ChannelDecision decision = ChannelRules.derive(Set.of(category), level);
            assertThat(decision.channel()).isEqualTo(Channel.SPECIAL);
            assertThat(decision.basis()).contains(Citation.article(9));
        }
    }

    @Nested
    @DisplayName("第十条: priority channel")
    class Article10 {

        @ParameterizedTest
        @CsvSource({"LOW_INCOME,SLIGHT", "NEAR_LOW_INCOME,INTACT"})
        void lowIncomeUpToSlightImpairment(Category category, AbilityLevel level) {
            assertThat(ChannelRules.derive(Set.of(category), level).channel()).isEqualTo(Channel.PRIORITY);
        }

        @ParameterizedTest
        @EnumSource(value = Category.class, names = {"VETERAN", "MARTYR_SURVIVOR", "DUTY_DEATH_SURVIVOR",
                "ILLNESS_DEATH_SURVIVOR", "SERVING_SOLDIER_FAMILY", "FAMILY_PLANNING_HARDSHIP"})
        void veteransSurvivorsAndFamilyPlanningHardshipWhateverTheLevel(Category category) {
            assertThat(ChannelRules.derive(Set.of(category), AbilityLevel.COMPLETE).channel())
                    .isEqualTo(Channel.PRIORITY);
            assertThat(ChannelRules.derive(Set.of(category), null).provisional()).isFalse();
        }

        @Test
        void lowIncomeIsProvisionallyPriorityBeforeTheAssessment() {
            ChannelDecision decision = ChannelRules.derive(EnumSet.of(Category.LOW_INCOME, Category.VETERAN), null);
            assertThat(decision.channel()).isEqualTo(Channel.PRIORITY);
            assertThat(decision.provisional()).isTrue();
        }
    }

    @Test
    @DisplayName("第十一条: ordinary channel for all others")
    void allOthersAreOrdinary() {
        assertThat(ChannelRules.derive(Set.of(), AbilityLevel.COMPLETE).channel()).isEqualTo(Channel.ORDINARY);
    }

    @Nested
    @DisplayName("第十九条: who pays for the assessment")
    class Article19 {

        @Test
        void theApplicantPays() {
            assertThat(AssessmentFee.of(Set.of(Category.VETERAN), AbilityLevel.COMPLETE, "区").payer()).isEqualTo("申请人");
            assertThat(AssessmentFee.of(Set.of(Category.LOW_INCOME), AbilityLevel.SLIGHT, "区").exempt()).isFalse();
            assertThat(AssessmentFee.of(Set.of(Category.LOW_INCOME), null, "区").exempt()).isFalse();
        }

        @Test
        void theExemptDoNotAndTheOptionNamesWhoDoes() {
            assertThat(AssessmentFee.of(Set.of(Category.DESTITUTE), null, "区").payer()).isEqualTo("区");
            assertThat(AssessmentFee.of(Set.of(Category.NEAR_LOW_INCOME), AbilityLevel.MODERATE, "区").payer())
                    .isEqualTo("区");
        }
    }
}
