package cn.cityapis.policy.subscription;

import cn.cityapis.policy.load.DerivedData;
import cn.cityapis.policy.load.StoredVersion;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Notes each version that becomes the current one and says something new, in the transaction that stores it; as the last
 * thing derived, so that the shared lock is held for a moment only.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class Announcements implements DerivedData {

    /** Shared by those who note a version, taken alone by who subscribes. */
    static final String LOCK = "policy-announcements";

    /** @param reached the last subscription that was looked at */
    record Open(long sequence, UUID version, UUID work, UUID reached) {
    }

    private final DatabaseClient database;

    Announcements(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Void> derive(List<StoredVersion> stored) {
        UUID[] versions = stored.stream().filter(one -> !one.readAnew()).map(StoredVersion::version)
                .toArray(UUID[]::new);
        return versions.length == 0
                ? Mono.empty()
                : database.sql("SELECT pg_advisory_xact_lock_shared(hashtextextended(:name, 0))::text")
                        .bind("name", LOCK)
                        .then().then(Mono.defer(() -> database.sql("""
                        INSERT INTO announcement (version_id, work_id)
                        SELECT v.id, v.work_id
                          FROM unnest(:versions::uuid[]) WITH ORDINALITY AS stored (id, place)
                          JOIN version v ON v.id = stored.id
                         WHERE v.id = (SELECT known.id FROM version known
                                        WHERE known.work_id = v.work_id
                                        ORDER BY (known.source_kind = 'official') DESC, known.version DESC
                                        LIMIT 1)
                         ORDER BY stored.place
                        """).bind("versions", versions).then()));
    }

    /** Whether nobody else is telling; held until the end of the transaction. */
    Mono<Boolean> turn() {
        return database.sql("SELECT pg_try_advisory_xact_lock(hashtextextended('policy-telling', 0)) AS mine")
                .map(row -> Boolean.TRUE.equals(row.get("mine", Boolean.class))).one();
    }

    /** Settles at once those of which nobody is to be told (any more): a large load announces thousands. */
    Mono<Void> settleUnasked() {
        return database.sql("""
                UPDATE announcement
                   SET done = true
                 WHERE NOT done
                   AND NOT EXISTS (SELECT FROM policy_subscription
                                    WHERE since < announcement.sequence AND id > announcement.reached)
                """).then();
    }

    Mono<Open> oldest() {
        return database.sql("""
                SELECT sequence, version_id, work_id, reached
                  FROM announcement
                 WHERE NOT done AND (try_after IS NULL OR try_after <= now())
                 ORDER BY sequence
                 LIMIT 1
                """).map(row -> new Open(Objects.requireNonNull(row.get("sequence", Long.class)),
                Objects.requireNonNull(row.get("version_id", UUID.class)),
                Objects.requireNonNull(row.get("work_id", UUID.class)),
                Objects.requireNonNull(row.get("reached", UUID.class)))).one();
    }

    /** To be tried again after a second, then twice as long each time, up to an hour. */
    Mono<Void> postpone(Open announced) {
        return database.sql("""
                UPDATE announcement
                   SET attempts = attempts + 1,
                       try_after = now() + least(interval '1 second' * power(2, least(attempts, 12)), interval '1 hour')
                 WHERE sequence = :sequence
                """).bind("sequence", announced.sequence()).then();
    }

    Mono<Void> reached(Open announced, UUID subscription, boolean done) {
        return database.sql("UPDATE announcement SET reached = :reached, done = :done WHERE sequence = :sequence")
                .bind("reached", subscription).bind("done", done).bind("sequence", announced.sequence()).then();
    }
}
