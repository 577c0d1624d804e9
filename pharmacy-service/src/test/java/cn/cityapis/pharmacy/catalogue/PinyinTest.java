package cn.cityapis.pharmacy.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinyinTest {

    @ParameterizedTest
    @CsvSource({"阿卡波糖片, akbtp, akabotangpian", "盐酸二甲双胍片, ysejsgp, yansuanerjiashuangguapian",
            "门冬胰岛素30注射液, mdyds30zsy, mendongyidaosu30zhusheye",
            "单硝酸异山梨酯缓释片, dxsyslzhsp, danxiaosuanyishanlizhihuanshipian",
            "厄贝沙坦片, ebstp, ebeishatanpian", "吡格列酮, bglt, bigelietong", "硝苯地平缓释片（Ⅱ）, xbdphsp, xiaobendipinghuanshipian"})
    void soundsAsPharmacistsTypeIt(String name, String initials, String full) {
        assertThat(Pinyin.of(name)).isEqualTo(new Pinyin(initials, full));
    }
}
