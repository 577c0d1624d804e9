package cn.cityapis.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentNumberRulesTest {

    private static final DocumentNumber NUMBER = new DocumentNumber("威政办发", 2023, 12);

    @ParameterizedTest
    @ValueSource(strings = {"威政办发〔2023〕12号", "威政办发【2023】12号", "威政办发[2023]12号", "威政办发(2023)12号", "威政办发（２０２３）１２号",
            "威政办发2023 12", "威政办发 〔2023〕 12 号", "威政办发〔2023〕12", "文号：威政办发〔2023〕12号", "威政办发2023年12号", "威政办发2023-12"})
    void readsEverySpellingToOneNumber(String spelling) {
        assertThat(DocumentNumber.parse(spelling)).contains(NUMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2023", "威政办发", "威政办发〔2023〕号", "威政办发〔2023〕12号的附件", "发〔2023〕0号", "医疗2023年12月",
            "〔2023〕12号"})
    void refusesWhatIsNoNumber(String text) {
        assertThat(DocumentNumber.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"威政办发〔2023〕12号", "查 威政办发2023 12", "根据威政办发〔2023〕12号", "威政办发[2023]12 农业担保"})
    void findsANumberInsideAText(String text) {
        assertThat(DocumentNumber.find(text)).contains(NUMBER);
    }

    @Test
    void leavesTheRestOfAQuery() {
        assertThat(DocumentNumber.without("威民发〔2023〕17号 评估费用")).isEqualTo("评估费用");
        assertThat(DocumentNumber.without("评估费用 谁付")).isEqualTo("评估费用 谁付");
    }

    @Test
    void findsAllThatATextCites() {
        assertThat(DocumentNumber.findAll("由海政发〔2000〕5号 公布、海政发〔2015〕9号修改")).extracting(DocumentNumber::key)
                .containsExactly("海政发-2000-5", "海政发-2015-9");
    }

    @Test
    void doesNotTakeADateForANumber() {
        assertThat(DocumentNumber.find("什么时候发2023年12月的补贴")).isEmpty();
    }
}
