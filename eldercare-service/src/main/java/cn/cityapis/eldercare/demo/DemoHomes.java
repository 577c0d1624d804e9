package cn.cityapis.eldercare.demo;

import java.util.List;

/** Twelve invented homes in real areas of Weihai: names, numbers and people are made up and marked. */
final class DemoHomes {

    private DemoHomes() {
    }

    /**
     * @param beds how many beds in all
     * @param free how many of each type are free, general, nursing, dementia care
     */
    record DemoHome(int number, String name, boolean privatelyRun, String districtCode, String districtName,
            String area,
            double lat, double lon, int beds, int[] free, int waiting) {

        String code() {
            return "demo-home-" + number;
        }
    }

    static final List<DemoHome> ALL = List.of(
            home(1, "环翠区社会福利中心", false, "371002", "环翠区", "鲸园街道", 37.514117, 122.128563, 160, 4, 12, 3, 46),
            home(2, "张村镇中心敬老院", false, "371002", "环翠区", "张村镇", 37.482143, 122.033186, 110, 2, 0, 0, 31),
            home(3, "温泉镇康养院", true, "371002", "环翠区", "温泉镇", 37.374601, 122.162594, 130, 3, 2, 1, 22),
            home(4, "文登区社会福利中心", false, "371003", "文登区", "龙山路街道", 37.202016, 122.038890, 180, 5, 4, 0, 52),
            home(5, "大水泊镇敬老院", false, "371003", "文登区", "大水泊镇", 37.185207, 122.250562, 90, 6, 2, 0, 9),
            home(6, "泽头镇护理院", true, "371003", "文登区", "泽头镇", 37.051387, 121.888825, 100, 0, 0, 1, 27),
            home(7, "荣成市社会福利中心", false, "371082", "荣成市", "崖头街道", 37.155490, 122.440992, 170, 2, 3, 2, 48),
            home(8, "石岛护理院", true, "371082", "荣成市", "斥山街道", 36.923688, 122.396416, 120, 0, 1, 0, 35),
            home(9, "俚岛镇敬老院", false, "371082", "荣成市", "俚岛镇", 37.225280, 122.582214, 80, 7, 3, 0, 4),
            home(10, "乳山市社会福利中心", false, "371083", "乳山市", "城区街道", 36.919390, 121.534921, 150, 3, 1, 0, 41),
            home(11, "经济技术开发区颐养中心", true, "371072", "威海经济技术开发区", "凤林街道", 37.403323, 122.166544, 140, 1, 0, 0, 44),
            home(12, "火炬高技术产业开发区养护院", true, "371071", "威海火炬高技术产业开发区", "怡园街道", 37.520827, 122.029277, 100, 0, 0, 0, 38));

    private static DemoHome home(int number, String name, boolean privatelyRun, String district, String districtName,
            String area, double lat, double lon, int beds, int general, int nursing, int dementia, int waiting) {
        return new DemoHome(number, name + "（演示）", privatelyRun, district, districtName, area, lat, lon, beds,
                new int[]{general, nursing, dementia}, waiting);
    }
}
