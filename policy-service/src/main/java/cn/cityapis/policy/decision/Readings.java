package cn.cityapis.policy.decision;

import java.util.UUID;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Letting decisions take effect on what was read. To be run in a transaction that holds the lock of the work. */
@Repository
class Readings {

    private static final String CURRENT = """
            coalesce(version_id = (SELECT v.id FROM version v
                                    WHERE v.work_id = :work AND v.version > 0
                                    ORDER BY (v.source_kind = 'official') DESC, v.version DESC
                                    LIMIT 1), false)
            """;

    private final DatabaseClient database;

    Readings(DatabaseClient database) {
        this.database = database;
    }

    /** A withdrawn version counts backwards, and as a digest: the version before it is the current one again. */
    Mono<Void> withdraw(UUID decision) {
        return database.sql("""
                UPDATE version SET version = -version.version, source_kind = 'digest'
                  FROM decision d
                 WHERE d.id = :decision AND version.id = d.version_id AND version.version > 0
                """).bind("decision", decision).then();
    }

    Mono<Void> giveBack(UUID decision) {
        return database.sql("""
                UPDATE version SET version = -version.version, source_kind = d.source_kind
                  FROM decision d
                 WHERE d.id = :decision AND version.id = d.version_id AND version.version < 0
                """).bind("decision", decision).then();
    }

    Mono<Void> setDates(UUID decision) {
        return database.sql("""
                UPDATE version SET issued = d.issued, in_force = d.in_force, valid_until = d.valid_until
                  FROM decision d
                 WHERE d.id = :decision AND version.id = d.version_id
                """).bind("decision", decision).then();
    }

    Mono<Void> datesAsRead(UUID decision) {
        return database.sql("""
                UPDATE version SET issued = d.read_issued, in_force = d.read_in_force, valid_until = d.read_until
                  FROM decision d
                 WHERE d.id = :decision AND version.id = d.version_id
                """).bind("decision", decision).then();
    }

    /**
     * Makes current what belongs to the current version of a work, nothing where all were withdrawn: then the work is known
     * by its number only. What was rejected stays so (trigger relation_overruled).
     */
    Mono<Void> settle(UUID work) {
        return database.sql("UPDATE relation SET current = " + CURRENT
                + " WHERE stated_in = :work AND (current OR " + CURRENT + ")").bind("work", work).then()
                .then(database.sql("UPDATE entitlement SET current = NOT current WHERE work_id = :work"
                        + " AND current IS DISTINCT FROM " + CURRENT).bind("work", work).then())
                .then(database.sql("""
                        UPDATE announcement SET done = true
                         WHERE NOT done AND version_id IN (SELECT id FROM version WHERE work_id = :work AND version < 0)
                        """).bind("work", work).then())
                .then(database.sql("""
                        INSERT INTO stub (work_id, number, title)
                        SELECT v.work_id, v.number, CASE WHEN v.number IS NULL THEN v.title END
                          FROM version v
                         WHERE v.work_id = :work
                           AND NOT EXISTS (SELECT FROM version o WHERE o.work_id = :work AND o.version > 0)
                         ORDER BY v.version
                         LIMIT 1
                        ON CONFLICT (work_id) DO NOTHING
                        """).bind("work", work).then());
    }

    /** The work, those that it ends or prolongs, and those that these do: read models read them again. */
    Mono<Void> touch(UUID work) {
        return database.sql("""
                WITH near AS (
                    SELECT :work AS id
                     UNION
                    SELECT target FROM relation
                     WHERE stated_in = :work AND kind IN ('repeals', 'replaces', 'extends'))
                UPDATE work SET changed_tx = pg_current_xact_id()::text::bigint
                 WHERE id IN (SELECT id FROM work
                               WHERE id IN (SELECT id FROM near
                                             UNION
                                            SELECT r.target FROM relation r JOIN near n ON n.id = r.source
                                             WHERE r.kind IN ('repeals', 'replaces', 'extends'))
                               ORDER BY id FOR UPDATE)
                """).bind("work", work).then();
    }
}
