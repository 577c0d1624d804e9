package cn.cityapis.pharmacy.stock;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.OffsetDateTime;
import java.util.UUID;

/** What a store has of a medicine and asks for it, as its head office's system reports it. */
@Schema(description = "一家门店一种药品的库存和零售价")
record ShelfReport(@Schema(description = "门店编号") @NotNull UUID storeId,
        @Schema(description = "药品编号") @NotNull UUID drugId,
        @Schema(description = "库存（包装数），0 为无货", example = "12") @NotNull @Min(0) @Max(1_000_000) Integer quantity,
        @Schema(description = "零售价（分/包装）", example = "735") @NotNull @Min(1) @Max(100_000_000) Long retailPriceFen,
        @Schema(description = "门店记录的时间；新的上报才会生效", example = "2026-11-21T09:30:00+08:00") @NotNull OffsetDateTime reportedAt) {

    /** Where a report is about. */
    record Shelf(UUID storeId, UUID drugId) {
    }

    Shelf shelf() {
        return new Shelf(storeId, drugId);
    }
}
