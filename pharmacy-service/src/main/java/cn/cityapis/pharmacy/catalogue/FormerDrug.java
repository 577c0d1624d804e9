package cn.cityapis.pharmacy.catalogue;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;

/** What the catalogue said of a medicine until it was corrected. */
@Schema(description = "药品资料更正之前的内容")
record FormerDrug(@Schema(description = "通用名", example = "阿卡波糖片") String genericName,
        @Schema(description = "剂型；中药饮片即“中药饮片”，耗材、试剂为品类", example = "片剂") String form,
        @Schema(description = "规格；中药饮片如“统货”，耗材、试剂为规格型号", example = "50mg") String strength,
        @Schema(description = "每包装最小单位数", example = "30") int packUnits,
        @Schema(description = "最小单位", example = "片") String unitName,
        @Schema(description = "包装单位", example = "盒") String packName,
        @Schema(description = "生产企业", example = "演示制药一厂（虚构）") String maker,
        @Schema(description = "批准文号；中药饮片为执行标准，耗材、试剂为注册证编号或备案编号", example = "国药准字H99000001") String approvalNo,
        @Schema(description = "来源") String source,
        @Schema(description = "更正时间，此前以本条为准") OffsetDateTime correctedAt) {
}
