package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.money.Fen;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;

/** The reviews of red prices, in the database. */
@Repository
class PriceCases {

    private final DatabaseClient database;

    PriceCases(DatabaseClient database) {
        this.database = database;
    }

    /** A review of a red price. */
    @Schema(description = "红色价格的复核")
    record PriceCase(@Schema(description = "复核编号") UUID priceCaseId,
            @Schema(description = "状态", allowableValues = {
                    "open", "answered", "closed"}, example = "open") String state,
            @Schema(description = "机构编号") UUID pharmacyId, @Schema(description = "机构名称") String pharmacyName,
            @Schema(description = "药品编号") UUID drugId,
            @Schema(description = "通用名", example = "阿卡波糖片") String genericName,
            @Schema(description = "开立时的零售价（分/包装）", implementation = Long.class, example = "1580") Fen retailPriceFen,
            @Schema(description = "开立时的中选价（分/包装）", implementation = Long.class, example = "735") Fen procuredPriceFen,
            @Schema(description = "开立时间") OffsetDateTime openedAt) {
    }

    /** Opens a case for each price whose seller has none open for the medicine; answers the new ones. */
    Flux<UUID> open(List<UUID> ids, List<PriceMonitor.Judged> red, Instant at) {
        return database.sql("""
                INSERT INTO price_case (id, institution_id, drug_id, state, retail_price_fen, procured_fen, opened_at)
                SELECT r.id, r.pharmacy_id, r.drug_id, 'open', r.retail, r.procured, :at
                  FROM unnest(:ids, :pharmacies, :drugs, :retail, :procured) AS r (id, pharmacy_id, drug_id, retail,
                                                                                 procured)
                ON CONFLICT (institution_id, drug_id) WHERE state <> 'closed' DO NOTHING
                RETURNING id
                """)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("pharmacies", red.stream().map(j -> j.reported().pharmacyId()).toArray(UUID[]::new))
                .bind("drugs", red.stream().map(j -> j.reported().drugId()).toArray(UUID[]::new))
                .bind("retail", red.stream().map(j -> j.reported().retail().amount()).toArray(Long[]::new))
                .bind("procured", red.stream().map(j -> j.procured().amount()).toArray(Long[]::new))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .map(row -> row.get("id", UUID.class))
                .all();
    }

    /** The newest first. */
    Flux<PriceCase> list(String area, UUID before, int rows) {
        return database.sql("""
                SELECT k.id, k.state, k.institution_id, i.name, k.drug_id, d.generic_name, k.retail_price_fen,
                       k.procured_fen, k.opened_at
                  FROM price_case k
                  JOIN institution i ON i.id = k.institution_id
                  JOIN drug d ON d.id = k.drug_id
                 WHERE starts_with(i.area_code, :area) AND k.id < :before
                 ORDER BY k.id DESC
                 LIMIT :rows
                """)
                .bind("area", area)
                .bind("before", before)
                .bind("rows", rows)
                .map(row -> new PriceCase(row.get("id", UUID.class), row.get("state", String.class),
                        row.get("institution_id", UUID.class), row.get("name", String.class),
                        row.get("drug_id", UUID.class), row.get("generic_name", String.class),
                        new Fen(row.get("retail_price_fen", Long.class)), new Fen(row.get("procured_fen", Long.class)),
                        row.get("opened_at", OffsetDateTime.class)))
                .all();
    }
}
