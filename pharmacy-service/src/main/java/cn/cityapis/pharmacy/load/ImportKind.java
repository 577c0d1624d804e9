package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.table.Heading.Column;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a file holds, and in which columns. */
enum ImportKind {

    DRUGS, DECOCTION_PIECES, CONSUMABLES, AWARDS, PRICES, VOLUMES, INSTITUTIONS, SUPPLIERS, PARTICIPATIONS;

    private static final Column MEDICINE = must("insuranceCode", "医保编码");
    private static final Column SOURCE = must("source", "来源");
    private static final List<Column> OF_DRUGS = List.of(MEDICINE, must("genericName", "通用名"), must("form", "剂型"),
            must("strengthValue", "规格数值"), must("strengthUnit", "规格单位"), must("packUnits", "每包装数量"),
            must("unitName", "最小单位"), must("packName", "包装单位"), must("maker", "生产企业"), must("approvalNo", "批准文号"),
            SOURCE);
    private static final List<Column> OF_DECOCTION_PIECES = List.of(MEDICINE, must("genericName", "品名"),
            must("grade", "规格"),
            must("packUnits", "每包装数量"), must("unitName", "最小单位"), must("packName", "包装单位"), must("maker", "生产企业"),
            must("standard", "执行标准"), SOURCE);
    private static final List<Column> OF_CONSUMABLES = List.of(MEDICINE, must("kind", "类别"), must("genericName", "通用名"),
            must("category", "品类"), must("model", "规格型号"), must("packUnits", "每包装数量"), must("unitName", "最小单位"),
            must("packName", "包装单位"), must("maker", "生产企业"), must("registrationNo", "注册证编号"), SOURCE);
    private static final List<Column> OF_AWARDS = List.of(MEDICINE, must("batch", "批次"), must("supplyArea", "供应地区"),
            must("validFrom", "执行起始日"), must("validTo", "执行截止日"), may("priceFen", "中选价（分）"), SOURCE);
    private static final List<Column> OF_PRICES = List.of(MEDICINE, must("kind", "价格类型"), must("area", "适用地区"),
            must("priceFen", "价格（分）"), must("inForceFrom", "生效日"), SOURCE);
    private static final List<Column> OF_VOLUMES = List.of(must("cycle", "采购周期"), must("validFrom", "周期起始日"),
            must("validTo", "周期截止日"), must("buyer", "采购账户"), MEDICINE, must("matchedBy", "计入方式"),
            must("packs", "约定量"));
    private static final List<Column> OF_INSTITUTIONS = List.of(must("code", "机构编码"), must("name", "名称"),
            must("kind", "类型"), may("account", "账户"), may("chainName", "连锁企业名称"), must("address", "地址"),
            must("areaCode", "地区代码"), may("areaName", "地区名称"), must("phone", "电话"),
            must("insuranceAccepted", "医保定点"), must("lat", "纬度"), must("lon", "经度"), must("coordType", "坐标系"),
            must("hours", "营业时间"), may("keepsCalendar", "随放假安排"),
            may("closedOn", "停业日"));
    private static final List<Column> OF_SUPPLIERS = List.of(must("account", "账户"), must("name", "名称"));
    private static final List<Column> OF_PARTICIPATIONS = List.of(must("code", "机构编码"), must("programme", "项目"),
            must("since", "起始日"), may("until", "截止日"));

    private static Column must(String name, String chinese) {
        return new Column(name, chinese, true);
    }

    private static Column may(String name, String chinese) {
        return new Column(name, chinese, false);
    }

    List<Column> columns() {
        return switch (this) {
            case DRUGS -> OF_DRUGS;
            case DECOCTION_PIECES -> OF_DECOCTION_PIECES;
            case CONSUMABLES -> OF_CONSUMABLES;
            case AWARDS -> OF_AWARDS;
            case PRICES -> OF_PRICES;
            case VOLUMES -> OF_VOLUMES;
            case INSTITUTIONS -> OF_INSTITUTIONS;
            case SUPPLIERS -> OF_SUPPLIERS;
            case PARTICIPATIONS -> OF_PARTICIPATIONS;
        };
    }

    /** The column with the code of what a line is about. */
    String subject() {
        return switch (this) {
            case INSTITUTIONS, PARTICIPATIONS -> "code";
            case SUPPLIERS -> "account";
            default -> MEDICINE.name();
        };
    }

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ImportKind> parse(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
}
