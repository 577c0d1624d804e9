package cn.cityapis.pharmacy.catalogue;

import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.money.UnitPrice;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A medicine, or what is procured beside medicines, of one maker in one pack, with what it costs today. */
@Schema(description = "药品、中药饮片、耗材或试剂（一个厂家的一种包装）及当日价格")
public record Drug(@Schema(description = "药品编号") UUID drugId,
        @Schema(description = "类别：medicine 药品、decoction_piece 中药饮片、consumable 耗材、reagent 试剂", example = "medicine") ProductKind kind,
        @Schema(description = "通用名", example = "阿卡波糖片") String genericName,
        @Schema(description = "剂型；中药饮片即“中药饮片”，耗材、试剂为品类", example = "片剂") String form,
        @Schema(description = "规格；中药饮片如“统货”，耗材、试剂为规格型号", example = "50mg") String strength,
        @Schema(description = "每包装最小单位数", example = "30") int packUnits,
        @Schema(description = "最小单位", example = "片") String unitName,
        @Schema(description = "包装单位", example = "盒") String packName,
        @Schema(description = "生产企业", example = "演示制药一厂（虚构）") String maker,
        @Schema(description = "批准文号；中药饮片为执行标准，耗材、试剂为注册证编号或备案编号", example = "国药准字H99000001") String approvalNo,
        @Schema(description = "医保编码", example = "DEMO-0001") String insuranceCode,
        @Schema(description = "今日中选价（分/包装）；今日无中选价时不出现", implementation = Long.class, example = "735") @Nullable Fen procuredPriceFen,
        @Schema(description = "集采前价格（分/包装）", implementation = Long.class, example = "5580") @Nullable Fen beforePriceFen,
        @Schema(description = "是否为演示数据", example = "true") boolean demo) {

    /** The procured price of one tablet, dose or other smallest unit. */
    @JsonProperty
    @Schema(description = "今日中选价（元/最小单位，四位小数）", type = "string", example = "0.2450")
    public @Nullable UnitPrice procuredUnitPrice() {
        return procuredPriceFen == null ? null : UnitPrice.of(procuredPriceFen, packUnits);
    }
}
