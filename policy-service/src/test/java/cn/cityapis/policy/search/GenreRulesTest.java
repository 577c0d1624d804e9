package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenreRulesTest {

    @ParameterizedTest
    @CsvSource({"海岚市民政局关于印发《海岚市公办养老机构办法（试行）》的通知,办法", "海岚市人民政府关于印发海岚市实施方案的通知,方案", "海岚市人民政府关于灯塔的实施意见,意见",
            "海岚市人民政府关于废止部分文件的决定,决定", "海岚市人民政府关于放假的通知,通知", "海岚市气瓶条例（草案）,条例", "灯塔,其他"})
    void isTheKindOfTheRuleWhereANoticeOnlyTransmitsOne(String title, String kind) {
        assertThat(Genre.of(title)).isEqualTo(kind);
    }
}
