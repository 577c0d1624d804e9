package cn.cityapis.pharmacy.catalogue;

import cn.cityapis.pharmacy.money.Fen;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** That a medicine won: for a batch, an area and a time. A correction is a new award. */
@Schema(description = "中选结果：批次、供应地区、执行期。更正以新记录体现")
public record Award(@Schema(description = "中选记录编号") UUID awardId,
        @Schema(description = "批次", example = "演示批次") String batch,
        @Schema(description = "供应地区", example = "371000") String supplyArea,
        @Schema(description = "执行起始日") LocalDate validFrom,
        @Schema(description = "执行截止日") LocalDate validTo,
        @Schema(description = "中选价（分/包装），可能没有公布", implementation = Long.class) @Nullable Fen priceFen,
        @Schema(description = "来源") String source,
        @Schema(description = "记录时间") OffsetDateTime recordedAt,
        @Schema(description = "是否已被同一批次、同一地区的新记录更正，不再执行") boolean corrected,
        @Schema(description = "是否为演示数据") boolean demo) {
}
