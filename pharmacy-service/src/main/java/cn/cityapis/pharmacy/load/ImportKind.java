package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.table.Heading.Column;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a file holds, and in which columns. */
enum ImportKind {

    DRUGS(List.of(new Column("insuranceCode", "医保编码", true), new Column("genericName", "通用名", true),
            new Column("form", "剂型", true), new Column("strengthValue", "规格数值", true),
            new Column("strengthUnit", "规格单位", true), new Column("packUnits", "每包装数量", true),
            new Column("unitName", "最小单位", true), new Column("packName", "包装单位", true),
            new Column("maker", "生产企业", true), new Column("approvalNo", "批准文号", true),
            new Column("source", "来源", true))), AWARDS(
                    List.of(new Column("insuranceCode", "医保编码", true), new Column("batch", "批次", true),
                            new Column("supplyArea", "供应地区", true), new Column("validFrom", "执行起始日", true),
                            new Column("validTo", "执行截止日", true), new Column("priceFen", "中选价（分）", false),
                            new Column("source", "来源", true))), PRICES(
                                    List.of(new Column("insuranceCode", "医保编码", true),
                                            new Column("kind", "价格类型", true), new Column("area", "适用地区", true),
                                            new Column("priceFen", "价格（分）", true),
                                            new Column("inForceFrom", "生效日", true),
                                            new Column("source", "来源", true))), VOLUMES(
                                                    List.of(new Column("cycle", "采购周期", true),
                                                            new Column("validFrom", "周期起始日", true),
                                                            new Column("validTo", "周期截止日", true),
                                                            new Column("buyer", "采购账户", true),
                                                            new Column("insuranceCode", "医保编码", true),
                                                            new Column("matchedBy", "计入方式", true),
                                                            new Column("packs", "约定量", true)));

    private final List<Column> columns;

    ImportKind(List<Column> columns) {
        this.columns = columns;
    }

    List<Column> columns() {
        return columns;
    }

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The table that lines of this kind become rows of. */
    String table() {
        return switch (this) {
            case DRUGS -> "drug";
            case AWARDS -> "award";
            case PRICES -> "price";
            case VOLUMES -> "agreed_volume";
        };
    }

    static Optional<ImportKind> parse(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
}
