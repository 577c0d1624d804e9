package cn.cityapis.pharmacy.stock;

import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.monitor.PriceMonitor;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
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

    /** What the database says of a report, if that is worth saying: something newer is known, or it sold out. */
    private enum News {
        LATE, SOLD_OUT
    }

    /**
     * Takes over each report that is newer than what is known, whatever the order of arrival; answers those. Of two of
     * one moment the same one wins either way. Rows are locked in one order, so that two batches cannot wait for each
     * other. A price that is not the one before goes into the seller's history, which begins with the one before. Only
     * what could not be foreseen comes back: to read each row again costs as much as to write it.
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
                              old.quantity > 0 AND known.quantity = 0 AS sold_out, old.retail_price_fen AS before_fen,
                              old.reported_at AS before_at),
                changed AS (
                    INSERT INTO retail_price_change (institution_id, drug_id, retail_price_fen, reported_at)
                    SELECT institution_id, drug_id, retail_price_fen, reported_at FROM put
                     WHERE before_fen IS DISTINCT FROM retail_price_fen
                     UNION ALL
                    SELECT institution_id, drug_id, before_fen, before_at FROM put
                     WHERE before_fen <> retail_price_fen
                       AND (SELECT h.drug_id FROM retail_price_change h
                             WHERE h.institution_id = put.institution_id AND h.drug_id = put.drug_id LIMIT 1) IS NULL)
                SELECT institution_id, drug_id, true AS sold_out FROM put WHERE sold_out
                 UNION ALL
                SELECT store_id, drug_id, false
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
                .map(row -> Map.entry(
                        new ShelfReport.Shelf(row.get("institution_id", UUID.class), row.get("drug_id", UUID.class)),
                        row.get("sold_out", Boolean.class) ? News.SOLD_OUT : News.LATE))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(news -> taken(reports, news));
    }

    private static List<Put> taken(List<ShelfReport> reports, Map<ShelfReport.Shelf, News> all) {
        return reports.stream().filter(report -> all.get(report.shelf()) != News.LATE)
                .map(report -> new Put(
                        new PriceMonitor.Reported(report.storeId(), report.drugId(), new Fen(report.retailPriceFen()),
                                report.reportedAt().toInstant()),
                        all.get(report.shelf()) == News.SOLD_OUT))
                .toList();
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
