package cn.cityapis.pharmacy.nearby;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.money.UnitPrice;
import cn.cityapis.pharmacy.stock.Freshness;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a place asks for a medicine, and how far its report can be relied upon. */
@Schema(description = "药品在一家机构的价格和库存情况")
record Offer(@Schema(description = "药品编号") UUID drugId,
        @Schema(description = "通用名", example = "阿卡波糖片") String genericName,
        @Schema(description = "零售价（分/包装）", implementation = Long.class, example = "735") Fen retailPriceFen,
        @Schema(description = "零售价（元/最小单位，四位小数）", type = "string", example = "0.2450") UnitPrice retailUnitPrice,
        @Schema(description = "今日中选价（分/包装）；今日无中选价时不出现", implementation = Long.class, example = "735") @Nullable Fen procuredPriceFen,
        @Schema(description = "零售价是否不高于中选价", example = "true") boolean atProcuredPrice,
        @Schema(description = "比集采前节省（分/包装）；今日无中选价时不出现", implementation = Long.class, example = "4845") @Nullable Fen savedFen,
        @Schema(description = "上报是否新近") boolean inStock,
        @Schema(description = "库存说明，可直接展示", example = "有货（11月21日 09:30 上报）") String stockText,
        @Schema(description = "上报时间") OffsetDateTime reportedAt) {

    /** @param freshFor the age up to which a report says "in stock" */
    static Offer of(Neighbour.Shelf shelf, Drug drug, Duration freshFor, Clock clock) {
        var freshness = Freshness.of(shelf.reportedAt(), clock.instant(), freshFor, clock.getZone());
        Fen procured = drug.procuredPriceFen();
        return new Offer(drug.drugId(), drug.genericName(), shelf.retailPrice(),
                UnitPrice.of(shelf.retailPrice(), drug.packUnits()), procured,
                procured != null && shelf.retailPrice().compareTo(procured) <= 0,
                procured == null ? null : saved(drug.beforePriceFen(), shelf.retailPrice()), freshness.current(),
                freshness.text(),
                shelf.reportedAt().atZone(clock.getZone()).toOffsetDateTime());
    }

    private static @Nullable Fen saved(@Nullable Fen before, Fen retail) {
        return before == null ? null : new Fen(Math.max(0, before.amount() - retail.amount()));
    }
}
