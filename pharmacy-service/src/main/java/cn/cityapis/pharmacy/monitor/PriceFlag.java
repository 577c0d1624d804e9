package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.money.Fen;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A retail price above the procured price. */
@Schema(description = "高于中选价的零售价。提示复核，不是结论：没有规定要求民营机构按中选价销售")
record PriceFlag(@Schema(description = "机构编号") UUID pharmacyId,
        @Schema(description = "机构名称") String pharmacyName,
        @Schema(description = "所在街道（镇）代码", example = "371002003") String areaCode,
        @Schema(description = "药品编号") UUID drugId,
        @Schema(description = "通用名", example = "阿卡波糖片") String genericName,
        @Schema(description = "级别", type = "string", allowableValues = {
                "yellow", "red"}, example = "red") String level,
        @Schema(description = "零售价（分/包装）", implementation = Long.class, example = "1580") Fen retailPriceFen,
        @Schema(description = "中选价（分/包装）", implementation = Long.class, example = "735") Fen procuredPriceFen,
        @Schema(description = "高出中选价的万分比", example = "11496") int aboveBp,
        @Schema(description = "达到该级别的比较：中选价、全市中位价、自身在比较期内（配置，目前 90 天）的最低价格；markup 为公立医疗机构超过规定的加价（威医保发〔2023〕33号 二（一））", allowableValues = {
                "procured", "median", "history", "markup"}) List<String> reasons,
        @Schema(description = "全市零售中位价（分/包装）；尚未计算时不出现", implementation = Long.class, example = "735") @Nullable Fen medianPriceFen,
        @Schema(description = "零售价上报时间") OffsetDateTime reportedAt) {
}
