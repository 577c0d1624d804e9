package cn.cityapis.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    @ValueSource(strings = {"威政办发〔2023〕12号", "查 威政办发2023 12", "根据威政办发〔2023〕12号", "威政办发[2023]12 农业担保",
            "能力评估 威政办发〔2023〕12号", "能力　评估 威政办发 〔2023〕 12号", "原威政办发〔2023〕12号文件", "现将威政办发〔2023〕12号有效期延长",
            "现将原威政办发〔2023〕12号",
            "请问威政办发〔2023〕12号还有效吗", "参照威政办发〔2023〕12号", "继续执行威政办发〔2023〕12号", "落实威政办发〔2023〕12号", "详见威政办发〔2023〕12号",
            "对威政办发〔2023〕12号", "市政府威政办发〔2023〕12号", "威海市人民政府办公室威政办发〔2023〕12号"})
    void findsANumberInsideAText(String text) {
        assertThat(DocumentNumber.find(text)).contains(NUMBER);
    }

    /** The names of places that begin like such words, and ministries' words. */
    @ParameterizedTest
    @ValueSource(strings = {"原政发〔2023〕1号", "太原政发〔2023〕1号", "将政办发〔2023〕1号", "人社厅发〔2023〕1号", "对外经贸发〔2023〕1号",
            "威发〔2023〕1号",
            "威发改价格〔2023〕1号"})
    void leavesAnIssuerWhole(String number) {
        assertThat(DocumentNumber.find(number).map(DocumentNumber::toString)).contains(number);
    }

    @Test
    void namesWhatMayBeMeantBehindWordsThatWereTakenIn() {
        assertThat(new DocumentNumber("评估费威民发", 2023, 17).endings()).extracting(DocumentNumber::issuer)
                .containsExactly("费威民发", "威民发");
        assertThat(NUMBER.endings()).isEmpty();
    }

    @Test
    void leavesTheRestOfAQuery() {
        assertThat(DocumentNumber.without("能力评估 威民发〔2023〕17号 费用 谁付")).isEqualTo("能力评估 费用 谁付");
        assertThat(DocumentNumber.without("能力评估威民发〔2023〕17号")).isEqualTo("能力评估威民发");
        assertThat(DocumentNumber.without("威民发〔2023〕17号 评估费用")).isEqualTo("评估费用");
        assertThat(DocumentNumber.without("评估费用 谁付")).isEqualTo("评估费用 谁付");
    }

    @Test
    void findsAllThatATextCites() {
        assertThat(DocumentNumber.findAll("由海政发〔2000〕5号 公布、海政发〔2015〕9号修改")).extracting(DocumentNumber::key)
                .containsExactly("海政发-2000-5", "海政发-2015-9");
    }

    @ParameterizedTest
    @CsvSource({"海岚省人民政府令第350号,海岚省人民政府令第350号", "海岚省人民政府令 第 ３５０ 号,海岚省人民政府令第350号", "财务部公告2031年第6号,财务部公告2031年第6号",
            "财务部、税收总局公告2031年第6号,", "海岚市人民代表大会常务委员会公告〔2031〕5号,海岚市人民代表大会常务委员会公告2031年第5号", "命令第5号,命令第5号"})
    void readsTheNumbersOfOrdersAndAnnouncements(String spelling, @Nullable String number) {
        assertThat(DocumentNumber.parse(spelling).map(DocumentNumber::toString)).isEqualTo(Optional.ofNullable(number));
        DocumentNumber.parse(spelling)
                .ifPresent(read -> assertThat(DocumentNumber.parse(read.toString())).contains(read));
    }

    @Test
    void findsCitedOrders() {
        assertThat(DocumentNumber.findAll("根据海岚省人民政府令第350号和海政发〔2031〕5号")).extracting(DocumentNumber::key)
                .containsExactly("海政发-2031-5", "海岚省人民政府令-0-350");
    }

    @Test
    void doesNotTakeADateForANumber() {
        assertThat(DocumentNumber.find("什么时候发2023年12月的补贴")).isEmpty();
    }
}
