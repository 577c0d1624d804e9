package cn.cityapis.pharmacy.catalogue;

import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.money.UnitPrice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/** One row of a medicine's price history. */
@Schema(description = "价格历史的一条记录")
public record Price(@Schema(description = "价格记录编号") UUID priceId,
        @Schema(description = "价格类型", allowableValues = {
                "procured", "listed", "retail", "payment_standard",
                "before"}, example = "procured") String kind,
        @Schema(description = "适用地区", example = "371000") String area,
        @Schema(description = "价格（分/包装）", implementation = Long.class, example = "735") Fen priceFen,
        @Schema(description = "价格（元/最小单位，四位小数）", type = "string", example = "0.2450") UnitPrice unitPrice,
        @Schema(description = "生效日") LocalDate inForceFrom,
        @Schema(description = "来源") String source,
        @Schema(description = "是否为演示数据") boolean demo,
        @Schema(description = "记录时间") OffsetDateTime recordedAt) {
}
