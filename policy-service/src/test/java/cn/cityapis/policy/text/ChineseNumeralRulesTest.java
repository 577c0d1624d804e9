package cn.cityapis.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChineseNumeralRulesTest {

    @ParameterizedTest
    @CsvSource({"一,1", "十,10", "十九,19", "二十,20", "三十二,32", "一百零三,103", "二百一十,210", "19,19"})
    void readsNumerals(String text, int value) {
        assertThat(ChineseNumeral.parse(text)).hasValue(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "甲", "十甲", "12345"})
    void refusesOtherText(String text) {
        assertThat(ChineseNumeral.parse(text)).isEmpty();
    }
}
