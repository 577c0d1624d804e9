package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.platform.jobs.JobLock;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What the middle seller asks for each medicine, worked out now and then. */
@Repository
class RetailMedians {

    private final DatabaseClient database;
    private final JobLock lock;
    private final Clock clock;

    RetailMedians(DatabaseClient database, JobLock lock, Clock clock) {
        this.database = database;
        this.lock = lock;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${pharmacy.jobs.medians-every:PT15M}", initialDelayString = "${pharmacy.jobs.first:PT1M}")
    Mono<Void> watch() {
        return lock.run("pharmacy.retail-medians", () -> workOut().thenReturn(true)).then();
    }

    /** Of those who have the medicine; with an even number of them the lower of the two in the middle. */
    Mono<Void> workOut() {
        return database.sql("""
                INSERT INTO retail_median (drug_id, median_fen, sellers, worked_out)
                SELECT drug_id, percentile_disc(0.5) WITHIN GROUP (ORDER BY retail_price_fen), count(*)::int, :now
                  FROM stock WHERE quantity > 0 GROUP BY drug_id
                ON CONFLICT (drug_id) DO UPDATE
                   SET median_fen = excluded.median_fen, sellers = excluded.sellers, worked_out = excluded.worked_out
                """)
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    Mono<Map<UUID, Fen>> of(Collection<UUID> drugs) {
        return database.sql("SELECT drug_id, median_fen FROM retail_median WHERE drug_id = ANY(:drugs)")
                .bind("drugs", drugs.toArray(UUID[]::new))
                .map(row -> Map.entry(row.get("drug_id", UUID.class), new Fen(row.get("median_fen", Long.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
