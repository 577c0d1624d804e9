package cn.cityapis.pharmacy.stock;

import cn.cityapis.platform.jobs.JobLock;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Empties the shelves of places that have closed and lifts the flags of their prices, so that what asks for a medicine
 * need not ask who is closed. Prices and their history stay, as do cases, which the office closes.
 */
@Component
class ClearClosed {

    private final DatabaseClient database;
    private final JobLock lock;
    private final Clock clock;

    ClearClosed(DatabaseClient database, JobLock lock, Clock clock) {
        this.database = database;
        this.lock = lock;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${pharmacy.jobs.closings-every:PT1M}", initialDelayString = "${pharmacy.jobs.first:PT1M}")
    Mono<Void> watch() {
        return lock.run("pharmacy.clear-closed", () -> sweep().thenReturn(true)).then();
    }

    /** Answers how many shelves were emptied. */
    Mono<Long> sweep() {
        return database.sql("""
                WITH held AS MATERIALIZED (
                    SELECT s.institution_id, s.drug_id FROM stock s JOIN institution i ON i.id = s.institution_id
                     WHERE i.closed_on <= :today
                       AND (s.quantity > 0 OR EXISTS (SELECT FROM price_flag f WHERE f.institution_id = s.institution_id
                                                         AND f.drug_id = s.drug_id))
                     ORDER BY s.institution_id, s.drug_id FOR NO KEY UPDATE OF s),
                lifted AS (
                    DELETE FROM price_flag f USING held h
                     WHERE f.institution_id = h.institution_id AND f.drug_id = h.drug_id),
                emptied AS (
                    UPDATE stock s SET quantity = 0 FROM held h
                     WHERE s.institution_id = h.institution_id AND s.drug_id = h.drug_id AND s.quantity > 0
                    RETURNING 1)
                SELECT count(*) AS emptied FROM emptied
                """)
                .bind("today", LocalDate.now(clock))
                .map(row -> row.get("emptied", Long.class))
                .one();
    }
}
