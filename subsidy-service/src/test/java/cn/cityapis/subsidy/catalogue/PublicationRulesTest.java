package cn.cityapis.subsidy.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.subsidy.scheme.SchemeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {ShippedSchemes.ALLOWANCE, ShippedSchemes.RD, ShippedSchemes.PERSONAL})
    void publishesTheShippedSchemes(String id) {
        assertThat(ShippedSchemes.published(id).scheme().examples()).isNotEmpty();
    }

    @Test
    void allShippedSchemesShareOneVocabulary() {
        assertThat(ShippedSchemes.catalogue().all()).hasSize(3);
    }

    /** Each row spoils the shipped insurance scheme in one place. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "expression: fullTimeInPost | expression: fullTimeInPots | undeclared reference to 'fullTimeInPots'",
            "otherwise: 保障对象须为全职在岗人员\\n      citation: {source: measures, article: 2} | otherwise: x | condition full-time-in-post has no citation",
            "article: 10} | article: 10, page: 2} | page",
            "fen: 8000000 | fen: 8000001 | expects fen 8000001 but gets 8000000",
            "citation: {source: measures, article: 10} | citation: {source: measures} | without its number or article",
            "citation: {source: measures, article: 10} | citation: {source: rumour, article: 10} | unknown source rumour",
            "[\"national\", \"provincial\", \"municipal\"] | [\"national\", \"provinical\", \"municipal\"] | unknown code provinical",
            "expression: rdSumInsuredFen >= rdMinSumInsuredFen | expression: rdSumInsuredFen / rdYearsSkipped > 1 | divides by what may be zero",
            "expression: rdSumInsuredFen >= rdMinSumInsuredFen | expression: rdSumInsuredFen >= rdYears + companyOperating | no matching overload",
            "expression: rdSumInsuredFen >= rdMinSumInsuredFen | expression: rdSumInsuredFen | not bool",
            "expression: onConfirmedList | expression: \"[1, 2].all(x, x > 0)\" | undeclared reference",
            "1 + rdYearsSubsidised | 0 + rdYearsSubsidised | but gets",
            "value: 15000000, cohort: since-2023, from: 2023-08-09 | value: 15000000, cohort: since-2023, from: 2023-08-10 | gap before 2023-08-10",
            "value: 15000000, cohort: since-2023, from: 2023-08-09, until: 2027-08-09 | value: 15000000, cohort: since-2023, from: 2023-08-09, until: 2027-08-08 | no value from 2027-08-09",
            "rates: [rdRateYear1, | rates: [rdYears, | needs a figure rdYears",
            "oddFenTo: city | oddFenTo: nobody | nobody"})
    void refusesWithTheReason(String good, String bad, String reason) {
        String text = ShippedSchemes.text(ShippedSchemes.RD);
        String spoiled = text.replace(good.replace("\\n", "\n"), bad);
        assertThat(spoiled).as("the row spoils something").isNotEqualTo(text);
        assertThatThrownBy(() -> Publication.publish(new SchemeReader().read(spoiled))).hasMessageContaining(reason);
    }

    @Test
    void refusesAnOptionThatDoesNotSayWhy() {
        String text = ShippedSchemes.text(ShippedSchemes.RD);
        String spoiled = text.replaceAll(",\\s+note: 办法允许不连续投保[^}]*}", "}");
        assertThat(spoiled).isNotEqualTo(text);
        assertThatThrownBy(() -> Publication.publish(new SchemeReader().read(spoiled)))
                .isInstanceOf(PublicationRefused.class).hasMessageContaining("option gapUsesStep does not say why");
    }
}
