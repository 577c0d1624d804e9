package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.money.Fen;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What is on the shelves as the monitor sees it, and by what those of a medicine were last judged. */
@Repository
class JudgedShelves {

    private final DatabaseClient database;

    JudgedShelves(DatabaseClient database) {
        this.database = database;
    }

    /** Of each medicine that somebody carries by what its shelves were judged, all of them and to the end; else nothing. */
    Mono<Map<UUID, String>> yardsticks() {
        return database.sql("""
                SELECT d.id, coalesce(j.yardstick, '') AS yardstick
                  FROM drug d LEFT JOIN judged_by j ON j.drug_id = d.id AND j.passes = 2
                 WHERE EXISTS (SELECT FROM stock s WHERE s.drug_id = d.id)
                """)
                .map(row -> Map.entry(row.get("id", UUID.class), row.get("yardstick", String.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** The next shelves of a medicine, by place, of places not closed; until the transaction ends nobody reports on them. */
    Mono<List<PriceMonitor.Reported>> hold(UUID drug, UUID after, int most, LocalDate day) {
        return database.sql("""
                SELECT institution_id, drug_id, retail_price_fen, reported_at
                  FROM stock s
                 WHERE drug_id = :drug AND institution_id > :after
                   AND NOT EXISTS (SELECT FROM institution i WHERE i.id = s.institution_id AND i.closed_on <= :day)
                 ORDER BY institution_id LIMIT :most FOR NO KEY UPDATE
                """)
                .bind("drug", drug)
                .bind("after", after)
                .bind("most", most)
                .bind("day", day)
                .map(row -> new PriceMonitor.Reported(row.get("institution_id", UUID.class),
                        row.get("drug_id", UUID.class), new Fen(row.get("retail_price_fen", Long.class)),
                        row.get("reported_at", OffsetDateTime.class).toInstant()))
                .all()
                .collectList();
    }

    /** All shelves were gone through, once more if that is what they were judged by before. */
    Mono<Void> judged(UUID drug, String yardstick, OffsetDateTime at) {
        return database.sql("""
                INSERT INTO judged_by AS known (drug_id, yardstick, passes, judged_at) VALUES (:drug, :yardstick, 1, :at)
                ON CONFLICT (drug_id) DO UPDATE
                   SET passes = CASE WHEN known.yardstick = excluded.yardstick THEN 2 ELSE 1 END,
                       yardstick = excluded.yardstick, judged_at = excluded.judged_at
                """)
                .bind("drug", drug)
                .bind("yardstick", yardstick)
                .bind("at", at)
                .then();
    }
}
