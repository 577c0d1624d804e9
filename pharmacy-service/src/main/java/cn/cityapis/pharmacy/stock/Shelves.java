package cn.cityapis.pharmacy.stock;

import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.monitor.PriceMonitor;
import java.time.OffsetDateTime;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;

/** Stock and retail prices in the database. */
@Repository
class Shelves {

    private final DatabaseClient database;

    Shelves(DatabaseClient database) {
        this.database = database;
    }

    private record Shelf(UUID store, UUID drug) {
    }

    /** A report that was taken over. @param had packs before; 0 for a new shelf */
    record Put(PriceMonitor.Reported reported, int had, int has) {

        boolean soldOut() {
            return had > 0 && has == 0;
        }
    }

    /**
     * Takes over each report that is newer than what is known, whatever the order of arrival; answers those. Of two of
     * one moment the same one wins either way. Rows are locked in one order, so that two batches cannot wait for each
     * other; a place that is being moved is waited for. A price that is not the one before goes into the seller's history.
     */
    Flux<Put> put(List<ShelfReport> reports, String by) {
        Map<Shelf, ShelfReport> known = reports.stream()
                .collect(Collectors.toMap(report -> new Shelf(report.storeId(), report.drugId()), Function.identity()));
        return database.sql("""
                WITH put AS (
                    INSERT INTO stock AS known (institution_id, drug_id, position, quantity, retail_price_fen,
                                                reported_at, reported_by)
                    SELECT i.id, r.drug_id, i.position, r.quantity, r.price, r.reported_at, :by
                      FROM unnest(:stores, :drugs, :quantities, :prices, :times)
                           AS r (store_id, drug_id, quantity, price, reported_at)
                      JOIN institution i ON i.id = r.store_id
                     ORDER BY i.id, r.drug_id
                       FOR KEY SHARE OF i
                    ON CONFLICT (institution_id, drug_id) DO UPDATE
                       SET quantity = excluded.quantity, retail_price_fen = excluded.retail_price_fen,
                           reported_at = excluded.reported_at, reported_by = excluded.reported_by
                     WHERE (known.reported_at, known.quantity, known.retail_price_fen)
                           < (excluded.reported_at, excluded.quantity, excluded.retail_price_fen)
                    RETURNING known.institution_id, known.drug_id, known.retail_price_fen, known.reported_at,
                              old.quantity AS had, old.retail_price_fen AS before_fen),
                changed AS (
                    INSERT INTO retail_price_change (institution_id, drug_id, retail_price_fen, reported_at)
                    SELECT institution_id, drug_id, retail_price_fen, reported_at FROM put
                     WHERE before_fen IS DISTINCT FROM retail_price_fen)
                SELECT institution_id, drug_id, coalesce(had, 0) AS had, before_fen FROM put
                """)
                .bind("by", by)
                .bind("stores", reports.stream().map(ShelfReport::storeId).toArray(UUID[]::new))
                .bind("drugs", reports.stream().map(ShelfReport::drugId).toArray(UUID[]::new))
                .bind("quantities", reports.stream().map(ShelfReport::quantity).toArray(Integer[]::new))
                .bind("prices", reports.stream().map(ShelfReport::retailPriceFen).toArray(Long[]::new))
                .bind("times", reports.stream().map(ShelfReport::reportedAt).toArray(OffsetDateTime[]::new))
                .map(row -> put(row, known))
                .all();
    }

    /** What was reported is known already: to read it off the row again, times above all, costs more than the rest. */
    private static Put put(Readable row, Map<Shelf, ShelfReport> known) {
        ShelfReport report = Objects.requireNonNull(known.get(
                new Shelf(row.get("institution_id", UUID.class), row.get("drug_id", UUID.class))));
        return new Put(new PriceMonitor.Reported(report.storeId(), report.drugId(), new Fen(report.retailPriceFen()),
                before(row.get("before_fen", Long.class)), report.reportedAt().toInstant()),
                row.get("had", Integer.class), report.quantity());
    }

    private static @Nullable Fen before(@Nullable Long fen) {
        return fen == null ? null : new Fen(fen);
    }
}
