package cn.cityapis.pharmacy.stock;

import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.monitor.PriceMonitor;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
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

    /** A report that was taken over. @param had packs before; 0 for a new shelf */
    record Put(PriceMonitor.Reported reported, int had, int has) {

        boolean soldOut() {
            return had > 0 && has == 0;
        }
    }

    /**
     * Takes over each report that is newer than what is known, whatever the order of arrival; answers those. Of two of
     * one moment the same one wins either way. Rows are locked in one order, so that two batches cannot wait for each
     * other. A price that is not the one before goes into the seller's history.
     */
    Flux<Put> put(List<ShelfReport> reports, String by) {
        return database.sql("""
                WITH put AS (
                    INSERT INTO stock AS known (institution_id, drug_id, position, quantity, retail_price_fen,
                                                reported_at, reported_by)
                    SELECT i.id, r.drug_id, i.position, r.quantity, r.price, r.reported_at, :by
                      FROM unnest(:stores, :drugs, :quantities, :prices, :times)
                           AS r (store_id, drug_id, quantity, price, reported_at)
                      JOIN institution i ON i.id = r.store_id
                     ORDER BY i.id, r.drug_id
                    ON CONFLICT (institution_id, drug_id) DO UPDATE
                       SET quantity = excluded.quantity, retail_price_fen = excluded.retail_price_fen,
                           reported_at = excluded.reported_at, reported_by = excluded.reported_by
                     WHERE (known.reported_at, known.quantity, known.retail_price_fen)
                           < (excluded.reported_at, excluded.quantity, excluded.retail_price_fen)
                    RETURNING known.institution_id, known.drug_id, known.retail_price_fen, known.reported_at,
                              known.quantity AS has, old.quantity AS had, old.retail_price_fen AS before_fen),
                changed AS (
                    INSERT INTO retail_price_change (institution_id, drug_id, retail_price_fen, reported_at)
                    SELECT institution_id, drug_id, retail_price_fen, reported_at FROM put
                     WHERE before_fen IS DISTINCT FROM retail_price_fen)
                SELECT institution_id, drug_id, retail_price_fen, reported_at, has, coalesce(had, 0) AS had,
                       before_fen
                  FROM put
                """)
                .bind("by", by)
                .bind("stores", reports.stream().map(ShelfReport::storeId).toArray(UUID[]::new))
                .bind("drugs", reports.stream().map(ShelfReport::drugId).toArray(UUID[]::new))
                .bind("quantities", reports.stream().map(ShelfReport::quantity).toArray(Integer[]::new))
                .bind("prices", reports.stream().map(ShelfReport::retailPriceFen).toArray(Long[]::new))
                .bind("times", reports.stream().map(ShelfReport::reportedAt).toArray(OffsetDateTime[]::new))
                .map(row -> new Put(new PriceMonitor.Reported(row.get("institution_id", UUID.class),
                        row.get("drug_id", UUID.class), new Fen(row.get("retail_price_fen", Long.class)),
                        before(row.get("before_fen", Long.class)),
                        row.get("reported_at", OffsetDateTime.class).toInstant()), row.get("had", Integer.class),
                        row.get("has", Integer.class)))
                .all();
    }

    private static @Nullable Fen before(@Nullable Long fen) {
        return fen == null ? null : new Fen(fen);
    }
}
