package cn.cityapis.pharmacy.volume;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.UUID;

/** What a buyer agreed to take of a medicine in a cycle, and what was accepted of it, less what was taken back. */
@Schema(description = "约定采购量及完成情况")
record AgreedVolume(@Schema(description = "采购周期编号") UUID cycleId,
        @Schema(description = "采购周期", example = "演示采购周期（虚构）") String cycleName,
        @Schema(description = "周期起始日") LocalDate validFrom, @Schema(description = "周期截止日") LocalDate validTo,
        @Schema(description = "采购方编号") UUID chainId, @Schema(description = "采购方") String chainName,
        @Schema(description = "药品编号") UUID drugId,
        @Schema(description = "通用名", example = "阿卡波糖片") String genericName,
        @Schema(description = "计入方式：本品牌，或同通用名、剂型、规格的任一中选品牌（按最小单位折算）", allowableValues = {
                "brand", "any_winner"}, example = "brand") String matchedBy,
        @Schema(description = "约定量（包装）；可以为 0", example = "1200") int agreedPacks,
        @Schema(description = "已验收、扣除已确认的退货（包装）", example = "900") long acceptedPacks,
        @Schema(description = "按时间进度应完成（包装）", example = "1066") long expectedPacks,
        @Schema(description = "完成进度的万分比；约定量为 0 时为 10000", example = "7500") int fulfilmentBp,
        @Schema(description = "时间进度的万分比", example = "8890") int timePassedBp,
        @Schema(description = "是否落后", example = "false") boolean behind) {
}
