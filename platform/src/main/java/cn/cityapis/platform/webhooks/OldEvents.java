package cn.cityapis.platform.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * What was delivered is forgotten after a time, and so is an event that nobody waits for any more. What is dead stays
 * until it is replayed or its webhook goes. Some rows at a time: neither is a lock held long nor a statement late.
 */
final class OldEvents {

    private static final int AT_ONCE = 1000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    /** An event is told to have occurred after its id was made; clocks of two replicas differ more than that. */
    private static final Duration BETWEEN_ID_AND_EVENT = Duration.ofMinutes(1);

    private final DatabaseClient database;
    private final Clock clock;

    OldEvents(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Ids count up with time: no event of this moment or later has an earlier one. */
    static UUID firstId(Instant since) {
        return new UUID(Math.max(0, since.minus(BETWEEN_ID_AND_EVENT).toEpochMilli()) << 16, 0);
    }

    Mono<Void> forget(Duration after) {
        Instant before = clock.instant().minus(after);
        return deliveries(before).expand(count -> count == AT_ONCE ? deliveries(before) : Mono.empty())
                .thenMany(events(BEFORE_ALL, before).expand(last -> events(last, before)))
                .then();
    }

    private Mono<Long> deliveries(Instant before) {
        return database.sql("""
                DELETE FROM webhook_delivery WHERE (webhook_id, event_id) IN (
                    SELECT webhook_id, event_id FROM webhook_delivery
                    WHERE state = 'DELIVERED' AND delivered_at < :before LIMIT :most)
                """)
                .bind("before", at(before)).bind("most", AT_ONCE)
                .fetch().rowsUpdated();
    }

    /** @return the last event that was looked at, none if there was none behind this one */
    private Mono<UUID> events(UUID after, Instant before) {
        return database.sql("""
                WITH old AS (
                    SELECT id, delivered_at FROM outbox WHERE id > :after AND id < :end ORDER BY id LIMIT :most),
                gone AS (
                    DELETE FROM outbox e USING old WHERE e.id = old.id AND old.delivered_at < :before
                      AND NOT EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.event_id = e.id))
                SELECT id FROM old ORDER BY id DESC LIMIT 1
                """)
                .bind("after", after).bind("end", new UUID(before.toEpochMilli() << 16, 0)).bind("before", at(before))
                .bind("most", AT_ONCE)
                .map(row -> Objects.requireNonNull(row.get("id", UUID.class))).one();
    }

    private OffsetDateTime at(Instant instant) {
        return instant.atZone(clock.getZone()).toOffsetDateTime();
    }
}
