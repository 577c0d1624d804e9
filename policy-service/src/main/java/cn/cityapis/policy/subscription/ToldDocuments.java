package cn.cityapis.policy.subscription;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What subscriptions were last told of the status of documents. */
@Repository
class ToldDocuments {

    /** A subscription that was told something else than holds now. */
    record Outdated(UUID subscription, String client, String told) {
    }

    /** What a document was called when it was held last. */
    record Name(@Nullable String number, String title) {
    }

    private final DatabaseClient database;

    ToldDocuments(DatabaseClient database) {
        this.database = database;
    }

    /** It will be looked at again: the status may have become another in the moment that it was told. */
    Mono<Void> told(UUID subscription, UUID work, String status) {
        return database.sql("""
                WITH again AS (
                    INSERT INTO told_work AS t (work_id) VALUES (:work)
                    ON CONFLICT (work_id) DO UPDATE SET checked_on = NULL WHERE t.checked_on IS NOT NULL)
                INSERT INTO told_document (subscription_id, work_id, status) VALUES (:subscription, :work, :status)
                ON CONFLICT (work_id, subscription_id) DO UPDATE SET status = excluded.status
                """).bind("subscription", subscription).bind("work", work).bind("status", status).then();
    }

    /** Documents that somebody was told of and that were not looked at today, or have changed since. */
    Mono<List<UUID>> due(LocalDate today, UUID after, int rows) {
        return database.sql("""
                SELECT t.work_id
                  FROM told_work t
                  JOIN work w ON w.id = t.work_id
                 WHERE (t.checked_on IS DISTINCT FROM :today OR t.changed_tx IS DISTINCT FROM w.changed_tx)
                   AND t.work_id > :after
                 ORDER BY t.work_id
                 LIMIT :rows
                """).bind("today", today).bind("after", after).bind("rows", rows)
                .map(row -> Objects.requireNonNull(row.get("work_id", UUID.class))).all().collectList();
    }

    /** Which state of the document is read from now on, or a later one. */
    Mono<Long> state(UUID work) {
        return database.sql("SELECT changed_tx FROM work WHERE id = :work").bind("work", work)
                .map(row -> Objects.requireNonNull(row.get("changed_tx", Long.class))).one();
    }

    /** Locked as they are for what matches them, so that the events of each are in order. */
    Mono<List<Outdated>> outdated(UUID work, String now, int rows) {
        return database.sql("""
                SELECT s.id, s.client_id, t.status
                  FROM told_document t
                  JOIN policy_subscription s ON s.id = t.subscription_id
                 WHERE t.work_id = :work AND t.status <> :now
                 ORDER BY s.id
                 LIMIT :rows
                   FOR NO KEY UPDATE OF s
                """).bind("work", work).bind("now", now).bind("rows", rows)
                .map(row -> new Outdated(Objects.requireNonNull(row.get("id", UUID.class)),
                        Objects.requireNonNull(row.get("client_id", String.class)),
                        Objects.requireNonNull(row.get("status", String.class))))
                .all().collectList();
    }

    Mono<Name> lastName(UUID work) {
        return database
                .sql("SELECT number, title FROM version WHERE work_id = :work ORDER BY abs(version) DESC LIMIT 1")
                .bind("work", work).map(row -> new Name(row.get("number", String.class),
                        Objects.requireNonNull(row.get("title", String.class))))
                .one();
    }

    Mono<Void> checked(UUID work, long state, LocalDate today, String now) {
        return database.sql("""
                WITH first AS (
                    UPDATE told_document SET status = :now WHERE work_id = :work AND status IS NULL)
                UPDATE told_work SET checked_on = :today, changed_tx = :state WHERE work_id = :work
                """).bind("work", work).bind("state", state).bind("today", today).bind("now", now).then();
    }
}
