package cn.cityapis.pharmacy.stock;

import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.monitor.PriceMonitor;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
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

    /**
     * Takes over each report that is newer than what is known, whatever the order of arrival; answers those. Rows are
     * locked in one order, so that two batches cannot wait for each other.
     */
    Flux<PriceMonitor.Reported> put(List<ShelfReport> reports, String by) {
        return database.sql("""
                INSERT INTO stock AS known (institution_id, drug_id, position, quantity, retail_price_fen, reported_at,
                                            reported_by)
                SELECT i.id, r.drug_id, i.position, r.quantity, r.price, r.reported_at, :by
                  FROM unnest(:stores, :drugs, :quantities, :prices, :times)
                       AS r (store_id, drug_id, quantity, price, reported_at)
                  JOIN institution i ON i.id = r.store_id
                 ORDER BY i.id, r.drug_id
                ON CONFLICT (institution_id, drug_id) DO UPDATE
                   SET quantity = excluded.quantity, retail_price_fen = excluded.retail_price_fen,
                       reported_at = excluded.reported_at, reported_by = excluded.reported_by
                 WHERE known.reported_at < excluded.reported_at
                RETURNING institution_id, drug_id, retail_price_fen, reported_at
                """)
                .bind("by", by)
                .bind("stores", reports.stream().map(ShelfReport::storeId).toArray(UUID[]::new))
                .bind("drugs", reports.stream().map(ShelfReport::drugId).toArray(UUID[]::new))
                .bind("quantities", reports.stream().map(ShelfReport::quantity).toArray(Integer[]::new))
                .bind("prices", reports.stream().map(ShelfReport::retailPriceFen).toArray(Long[]::new))
                .bind("times", reports.stream().map(ShelfReport::reportedAt).toArray(OffsetDateTime[]::new))
                .map(row -> new PriceMonitor.Reported(row.get("institution_id", UUID.class),
                        row.get("drug_id", UUID.class), new Fen(row.get("retail_price_fen", Long.class)),
                        row.get("reported_at", OffsetDateTime.class).toInstant()))
                .all();
    }
}
