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
        assertThat(ShippedSchemes.catalogue().all()).hasSize(46);
    }

    /** Each row spoils the shipped insurance scheme in one place. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "expression: fullTimeInPost | expression: fullTimeInPots | undeclared reference to 'fullTimeInPots'",
            "otherwise: 保障对象须为全职在岗人员\\n      citation: {source: measures, article: 2} | otherwise: x | 条件 full-time-in-post 没有依据",
            "article: 10} | article: 10, page: 2} | page",
            "fen: 8000000 | fen: 8000001 | 应得 fen 8000001，实得 8000000",
            "citation: {source: measures, article: 10} | citation: {source: measures} | 缺少文号或条次",
            "citation: {source: measures, article: 10} | citation: {source: rumour, article: 10} | 来源 rumour 不存在",
            "[\"national\", \"provincial\", \"municipal\"] | [\"national\", \"provinical\", \"municipal\"] | 不存在的代码 provinical",
            "expression: rdSumInsuredFen >= rdMinSumInsuredFen | expression: rdSumInsuredFen / rdYearsSkipped > 1 | 除数可能为零",
            "expression: rdSumInsuredFen >= rdMinSumInsuredFen | expression: rdSumInsuredFen >= rdYears + companyOperating | no matching overload",
            "expression: rdSumInsuredFen >= rdMinSumInsuredFen | expression: rdSumInsuredFen | 应为 bool",
            "expression: onConfirmedList | expression: \"[1, 2].all(x, x > 0)\" | undeclared reference",
            "1 + rdYearsSubsidised | 0 + rdYearsSubsidised | 实得",
            "value: 15000000, cohort: since-2023, from: 2023-08-09 | value: 15000000, cohort: since-2023, from: 2023-08-10 | 在 2023-08-10 之前有空档",
            "value: 15000000, cohort: since-2023, from: 2023-08-09, until: 2027-08-09 | value: 15000000, cohort: since-2023, from: 2023-08-09, until: 2027-08-08 | 自 2027-08-09 起没有取值",
            "rates: [rdRateYear1, | rates: [rdYears, | 的数值 rdYears",
            "- id: rdYears | - id: hadAgain | hadAgain（期满后可以再次享受）须为以是或否为单位的选项",
            "1 + rdYearsSubsidised | 1 + rdYearsSubsidised + workingDaysBetween(asOf, asOf) | 金额不能用工作日函数计算",
            "expression: onConfirmedList | expression: onConfirmedList && workingDaysBetween(asOf) > 0 | no matching overload",
            "expression: onConfirmedList | expression: onConfirmedList && plusWorkingDays(asOf, 1) < asOf | 应得 outcome YES，实得 NO",
            "expression: onConfirmedList | expression: onConfirmedList && plusWorkingDays(asOf, 9999) > asOf | 应得 outcome YES，实得 UNKNOWN",
            "oddFenTo: city | oddFenTo: nobody | nobody"})
    void refusesWithTheReason(String good, String bad, String reason) {
        String text = ShippedSchemes.text(ShippedSchemes.RD);
        String spoiled = text.replace(good.replace("\\n", "\n"), bad);
        assertThat(spoiled).as("the row spoils something").isNotEqualTo(text);
        assertThatThrownBy(() -> Publication.publish(new SchemeReader().read(spoiled), ShippedSchemes.CALENDAR))
                .hasMessageContaining(reason);
    }

    @Test
    void refusesAnOptionThatDoesNotSayWhy() {
        String text = ShippedSchemes.text(ShippedSchemes.RD);
        String spoiled = text.replaceAll(",\\s+note: 办法允许不连续投保[^}]*}", "}");
        assertThat(spoiled).isNotEqualTo(text);
        assertThatThrownBy(() -> Publication.publish(new SchemeReader().read(spoiled), ShippedSchemes.CALENDAR))
                .isInstanceOf(PublicationRefused.class).hasMessageContaining("选项 gapUsesStep 没有说明理由");
    }
}
