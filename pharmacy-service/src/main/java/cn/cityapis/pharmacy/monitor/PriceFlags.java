package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.money.Fen;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The prices that are above, in the database; a green price has no row. */
@Repository
class PriceFlags {

    private final DatabaseClient database;

    PriceFlags(DatabaseClient database) {
        this.database = database;
    }

    /** Which flags somebody wants to see. */
    record Filter(String area, @Nullable String level, @Nullable UUID drugId) {
    }

    /** Where a list goes on. */
    record After(int aboveBp, UUID pharmacyId, UUID drugId) {

        static final After NOTHING = new After(Integer.MAX_VALUE, new UUID(0, 0), new UUID(0, 0));
    }

    Mono<List<PriceRules.Thresholds>> thresholds() {
        return database.sql("SELECT * FROM price_threshold")
                .map(row -> new PriceRules.Thresholds(row.get("in_force_from", LocalDate.class),
                        limits(row, "yellow_above_bp", "red_above_bp"),
                        limits(row, "yellow_above_median_bp", "red_above_median_bp"),
                        limits(row, "yellow_rise_bp", "red_rise_bp"), row.get("history_days", Integer.class)))
                .all()
                .collectList();
    }

    private static PriceRules.Limits limits(Readable row, String yellow, String red) {
        return new PriceRules.Limits(row.get(yellow, Integer.class), row.get(red, Integer.class));
    }

    Mono<Void> put(List<PriceMonitor.Judged> judged) {
        return lift(
                judged.stream().filter(j -> j.level() == PriceLevel.GREEN).map(PriceMonitor.Judged::reported).toList())
                .then(set(judged.stream().filter(j -> j.level() != PriceLevel.GREEN).toList()));
    }

    /** Few prices had a flag: those are looked for by place, and only they are told one by one. */
    Mono<Void> lift(List<PriceMonitor.Reported> green) {
        UUID[] places = green.stream().map(PriceMonitor.Reported::pharmacyId).distinct().toArray(UUID[]::new);
        return green.isEmpty()
                ? Mono.empty()
                : database.sql("SELECT institution_id, drug_id FROM price_flag WHERE institution_id = ANY(:places)")
                        .bind("places", places)
                        .map(row -> new Flagged(row.get("institution_id", UUID.class), row.get("drug_id", UUID.class)))
                        .all()
                        .collect(Collectors.toSet())
                        .flatMap(flagged -> remove(green.stream()
                                .map(r -> new Flagged(r.pharmacyId(), r.drugId())).filter(flagged::contains).toList()));
    }

    private record Flagged(UUID pharmacyId, UUID drugId) {
    }

    private Mono<Void> remove(List<Flagged> gone) {
        return gone.isEmpty()
                ? Mono.empty()
                : database.sql("""
                DELETE FROM price_flag f
                 USING unnest(:pharmacies, :drugs) AS g (pharmacy_id, drug_id)
                 WHERE f.institution_id = g.pharmacy_id AND f.drug_id = g.drug_id
                """)
                        .bind("pharmacies", gone.stream().map(Flagged::pharmacyId).toArray(UUID[]::new))
                        .bind("drugs", gone.stream().map(Flagged::drugId).toArray(UUID[]::new))
                        .then();
    }

    private Mono<Void> set(List<PriceMonitor.Judged> above) {
        return above.isEmpty()
                ? Mono.empty()
                : database.sql("""
                INSERT INTO price_flag (institution_id, drug_id, level, retail_price_fen, procured_fen, above_bp,
                                        reported_at, reasons)
                SELECT f.pharmacy, f.drug, f.level, f.retail, f.procured, f.above, f.at, string_to_array(f.reasons, ',')
                  FROM unnest(:pharmacies, :drugs, :levels, :retail, :procured, :above, :times, :reasons)
                       AS f (pharmacy, drug, level, retail, procured, above, at, reasons)
                ON CONFLICT (institution_id, drug_id) DO UPDATE
                   SET level = excluded.level, retail_price_fen = excluded.retail_price_fen,
                       procured_fen = excluded.procured_fen, above_bp = excluded.above_bp,
                       reported_at = excluded.reported_at, reasons = excluded.reasons
                """)
                        .bind("pharmacies", above.stream().map(j -> j.reported().pharmacyId()).toArray(UUID[]::new))
                        .bind("drugs", above.stream().map(j -> j.reported().drugId()).toArray(UUID[]::new))
                        .bind("levels", above.stream().map(j -> j.level().code()).toArray(String[]::new))
                        .bind("retail", above.stream().map(j -> j.reported().retail().amount()).toArray(Long[]::new))
                        .bind("procured", above.stream().map(j -> j.procured().amount()).toArray(Long[]::new))
                        .bind("reasons", above.stream().map(j -> String.join(",", j.judgement().reasons()))
                                .toArray(String[]::new))
                        .bind("above", above.stream().map(PriceMonitor.Judged::aboveBp).toArray(Integer[]::new))
                        .bind("times", above.stream().map(j -> j.reported().at().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new))
                        .then();
    }

    /** The highest first. */
    Flux<PriceFlag> list(Filter filter, After after, int rows) {
        return database.sql("""
                SELECT f.institution_id, i.name, i.area_code, f.drug_id, d.generic_name, f.level, f.retail_price_fen,
                       f.procured_fen, f.above_bp, f.reported_at, f.reasons, m.median_fen
                  FROM price_flag f
                  JOIN institution i ON i.id = f.institution_id
                  JOIN drug d ON d.id = f.drug_id
                  LEFT JOIN retail_median m ON m.drug_id = f.drug_id
                 WHERE starts_with(i.area_code, :area)
                   AND (:level IS NULL OR f.level = :level)
                   AND (:drug IS NULL OR f.drug_id = :drug)
                   AND (-f.above_bp, f.institution_id, f.drug_id) > (-:afterAbove, :afterPharmacy, :afterDrug)
                 ORDER BY f.above_bp DESC, f.institution_id, f.drug_id
                 LIMIT :rows
                """)
                .bind("area", filter.area())
                .bind("level", Parameters.in(R2dbcType.VARCHAR, filter.level()))
                .bind("drug", filter.drugId() == null ? Parameters.in(UUID.class) : Parameters.in(filter.drugId()))
                .bind("afterAbove", after.aboveBp())
                .bind("afterPharmacy", after.pharmacyId())
                .bind("afterDrug", after.drugId())
                .bind("rows", rows)
                .map(row -> new PriceFlag(row.get("institution_id", UUID.class), row.get("name", String.class),
                        row.get("area_code", String.class), row.get("drug_id", UUID.class),
                        row.get("generic_name", String.class), row.get("level", String.class),
                        new Fen(row.get("retail_price_fen", Long.class)), new Fen(row.get("procured_fen", Long.class)),
                        row.get("above_bp", Integer.class), List.of(row.get("reasons", String[].class)),
                        fen(row.get("median_fen", Long.class)), row.get("reported_at", OffsetDateTime.class)))
                .all();
    }

    private static @Nullable Fen fen(@Nullable Long amount) {
        return amount == null ? null : new Fen(amount);
    }
}
