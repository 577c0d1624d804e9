package cn.cityapis.pharmacy.stock;

import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.monitor.PriceMonitor;
import io.r2dbc.spi.Readable;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Stock and retail prices in the database. */
@Repository
class Shelves {

    private final DatabaseClient database;

    Shelves(DatabaseClient database) {
        this.database = database;
    }

    /** A report that was taken over. @param soldOut there were packs before, and now there are none */
    record Put(PriceMonitor.Reported reported, boolean soldOut) {
    }

    /**
     * What the database says of a report, if that is worth saying.
     *
     * @param taken false if something newer is known
     * @param before the price until then; null for a new shelf
     */
    private record News(ShelfReport.Shelf shelf, boolean taken, boolean soldOut, @Nullable Fen before) {
    }

    /**
     * Takes over each report that is newer than what is known, whatever the order of arrival; answers those. Of two of
     * one moment the same one wins either way. Rows are locked in one order, so that two batches cannot wait for each
     * other. A price that is not the one before goes into the seller's history. Only what could not be foreseen comes
     * back: most shelves keep their price, and to read each row again costs as much as to write it.
     */
    Mono<List<Put>> put(List<ShelfReport> reports, String by) {
        Repeated<UUID> stores = new Repeated<>(reports, ShelfReport::storeId);
        Repeated<UUID> drugs = new Repeated<>(reports, ShelfReport::drugId);
        Repeated<OffsetDateTime> times = new Repeated<>(reports, ShelfReport::reportedAt);
        return database.sql("""
                WITH reported AS MATERIALIZED (
                    SELECT (:stores::uuid[])[r.store] AS store_id, (:drugs::uuid[])[r.drug] AS drug_id, r.quantity,
                           r.price, (:times::timestamptz[])[r.time] AS reported_at
                      FROM unnest(:storeOf, :drugOf, :quantities, :prices, :timeOf)
                           AS r (store, drug, quantity, price, time)),
                put AS (
                    INSERT INTO stock AS known (institution_id, drug_id, position, quantity, retail_price_fen,
                                                reported_at, reported_by)
                    SELECT i.id, r.drug_id, i.position, r.quantity, r.price, r.reported_at, :by
                      FROM reported r JOIN institution i ON i.id = r.store_id
                     ORDER BY i.id, r.drug_id
                    ON CONFLICT (institution_id, drug_id) DO UPDATE
                       SET quantity = excluded.quantity, retail_price_fen = excluded.retail_price_fen,
                           reported_at = excluded.reported_at, reported_by = excluded.reported_by
                     WHERE (known.reported_at, known.quantity, known.retail_price_fen)
                           < (excluded.reported_at, excluded.quantity, excluded.retail_price_fen)
                    RETURNING known.institution_id, known.drug_id, known.retail_price_fen, known.reported_at,
                              old.quantity > 0 AND known.quantity = 0 AS sold_out, old.retail_price_fen AS before_fen),
                changed AS (
                    INSERT INTO retail_price_change (institution_id, drug_id, retail_price_fen, reported_at)
                    SELECT institution_id, drug_id, retail_price_fen, reported_at FROM put
                     WHERE before_fen IS DISTINCT FROM retail_price_fen)
                SELECT institution_id, drug_id, true AS taken, coalesce(sold_out, false) AS sold_out, before_fen
                  FROM put WHERE sold_out OR before_fen IS DISTINCT FROM retail_price_fen
                 UNION ALL
                SELECT store_id, drug_id, false, false, NULL
                  FROM (SELECT store_id, drug_id FROM reported EXCEPT SELECT institution_id, drug_id FROM put) AS late
                 WHERE (SELECT count(*) FROM put) < (SELECT count(*) FROM reported)
                """)
                .bind("by", by)
                .bind("stores", stores.values(new UUID[0]))
                .bind("drugs", drugs.values(new UUID[0]))
                .bind("times", times.values(new OffsetDateTime[0]))
                .bind("storeOf", stores.numbers)
                .bind("drugOf", drugs.numbers)
                .bind("timeOf", times.numbers)
                .bind("quantities", reports.stream().map(ShelfReport::quantity).toArray(Integer[]::new))
                .bind("prices", reports.stream().map(ShelfReport::retailPriceFen).toArray(Long[]::new))
                .map(Shelves::news)
                .all()
                .collectMap(News::shelf)
                .map(news -> taken(reports, news));
    }

    private static News news(Readable row) {
        Long before = row.get("before_fen", Long.class);
        return new News(
                new ShelfReport.Shelf(row.get("institution_id", UUID.class), row.get("drug_id", UUID.class)),
                row.get("taken", Boolean.class), row.get("sold_out", Boolean.class),
                before == null ? null : new Fen(before));
    }

    private static List<Put> taken(List<ShelfReport> reports, Map<ShelfReport.Shelf, News> all) {
        return reports.stream().<Put>mapMulti((report, out) -> {
            News news = all.get(report.shelf());
            Fen retail = new Fen(report.retailPriceFen());
            if (news == null || news.taken()) {
                out.accept(new Put(new PriceMonitor.Reported(report.storeId(), report.drugId(), retail,
                        news == null ? retail : news.before(), report.reportedAt().toInstant()),
                        news != null && news.soldOut()));
            }
        }).toList();
    }

    /** Values of which a batch has few: each is sent once, and of each report only its number, from 1 as in SQL. */
    private static final class Repeated<T> {

        private final Map<T, Integer> known = new LinkedHashMap<>();
        private final Integer[] numbers;

        Repeated(List<ShelfReport> reports, Function<ShelfReport, T> value) {
            numbers = reports.stream().map(value)
                    .map(one -> known.computeIfAbsent(one, fresh -> known.size() + 1)).toArray(Integer[]::new);
        }

        T[] values(T[] empty) {
            return known.keySet().toArray(empty);
        }
    }
}
