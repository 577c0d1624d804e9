package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.money.Fen;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What sellers asked before, in the database. */
@Repository
class RetailHistory {

    private final DatabaseClient database;

    RetailHistory(DatabaseClient database) {
        this.database = database;
    }

    /** A medicine at a place. */
    record Shelf(UUID pharmacyId, UUID drugId) {

        static Shelf of(PriceMonitor.Reported reported) {
            return new Shelf(reported.pharmacyId(), reported.drugId());
        }
    }

    /**
     * The lowest that each seller asked since then besides the price reported, that of the moment itself included; a
     * price that has stood all the time has none. As a lateral aggregate it is read off the index shelf by shelf.
     */
    Mono<Map<Shelf, Fen>> lowest(List<PriceMonitor.Reported> reported, Instant since) {
        return reported.isEmpty()
                ? Mono.just(Map.of())
                : database.sql("""
                SELECT r.pharmacy_id, r.drug_id, other.lowest
                  FROM unnest(:pharmacies, :drugs, :retail) AS r (pharmacy_id, drug_id, retail)
                 CROSS JOIN LATERAL (
                       SELECT min(c.retail_price_fen) AS lowest
                         FROM retail_price_change c
                        WHERE c.institution_id = r.pharmacy_id AND c.drug_id = r.drug_id
                          AND c.retail_price_fen <> r.retail
                          AND c.reported_at >= coalesce(
                              (SELECT max(b.reported_at) FROM retail_price_change b
                                WHERE b.institution_id = r.pharmacy_id AND b.drug_id = r.drug_id
                                  AND b.reported_at <= :since), '-infinity')) AS other
                 WHERE other.lowest IS NOT NULL
                """)
                        .bind("pharmacies",
                                reported.stream().map(PriceMonitor.Reported::pharmacyId).toArray(UUID[]::new))
                        .bind("drugs", reported.stream().map(PriceMonitor.Reported::drugId).toArray(UUID[]::new))
                        .bind("retail", reported.stream().map(r -> r.retail().amount()).toArray(Long[]::new))
                        .bind("since", since.atOffset(ZoneOffset.UTC))
                        .map(row -> Map.entry(
                                new Shelf(row.get("pharmacy_id", UUID.class), row.get("drug_id", UUID.class)),
                                new Fen(row.get("lowest", Long.class))))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
