package cn.cityapis.platform.webhooks;

import cn.cityapis.platform.events.CloudEvent;
import cn.cityapis.platform.events.Outbox;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import reactor.core.publisher.Mono;

/** Which events are on their way to which webhooks. */
final class Deliveries {

    /** How many deliveries to one webhook may be under way at a time: a slow one does not take those of the others. */
    static final int MOST_PER_WEBHOOK = 8;
    /** And to all webhooks of one client: many slow ones of one partner do not take those of the other partners. */
    static final int MOST_PER_CLIENT = 16;
    /** How many events one replay brings back, the earliest first. */
    static final int MOST_REPLAYED = 10_000;
    private static final int EVENTS_AT_ONCE = 1000;

    private final DatabaseClient database;
    private final Outbox outbox;
    private final Clock clock;

    Deliveries(DatabaseClient database, Outbox outbox, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** One that is to be made now. */
    record Due(UUID webhookId, String url, int attempts, CloudEvent event) {
    }

    /** Whether this replica may go on, until its transaction ends. */
    Mono<Boolean> turn() {
        return database.sql("SELECT pg_try_advisory_xact_lock(hashtextextended('webhooks', 0)) AS mine")
                .map(row -> Boolean.TRUE.equals(row.get("mine", Boolean.class))).one();
    }

    /**
     * Hands new events to the deliveries of all webhooks that want them. They are found by a mark, not by "later than the
     * last": of two transactions the later sequence may be committed first.
     *
     * @return whether there may be more
     */
    Mono<Boolean> handOut() {
        return database.sql("""
                WITH fresh AS (
                    SELECT id, sequence, type, subject, audience, occurred_at FROM outbox
                    WHERE delivered_at IS NULL
                    ORDER BY sequence LIMIT :most),
                handed AS (
                    INSERT INTO webhook_delivery (webhook_id, event_id, sequence, subject, state, next_at)
                    SELECT w.id, e.id, e.sequence, e.subject, 'PENDING', :now
                    FROM fresh e JOIN webhook w ON w.state = 'ACTIVE' AND event_type_wanted(e.type, w.event_types)
                         AND (e.audience IS NULL OR e.audience = w.client_id) AND e.occurred_at >= w.created_at
                    ON CONFLICT DO NOTHING)
                UPDATE outbox SET delivered_at = :now FROM fresh WHERE outbox.id = fresh.id
                """)
                .bind("most", EVENTS_AT_ONCE).bind("now", now())
                .fetch().rowsUpdated().map(count -> count == EVENTS_AT_ONCE);
    }

    /**
     * Takes what is due, of each webhook and subject only the first that is not delivered yet. Nobody else takes it before
     * the lease is over. In turn: first those of clients that have the fewest under way.
     */
    Mono<List<Due>> take(int most, Duration lease) {
        return database.sql("""
                WITH leased AS (
                    SELECT webhook_id, count(*) AS under_way FROM webhook_delivery WHERE leased_until > :now
                    GROUP BY webhook_id),
                client AS (
                    SELECT w.client_id, sum(l.under_way) AS under_way FROM leased l JOIN webhook w ON w.id = l.webhook_id
                    GROUP BY w.client_id),
                waiting AS (
                    SELECT w.client_id, d.webhook_id, d.event_id, d.next_at, coalesce(l.under_way, 0)
                           + row_number() OVER (PARTITION BY d.webhook_id ORDER BY d.next_at) AS of_webhook
                    FROM webhook w LEFT JOIN leased l ON l.webhook_id = w.id CROSS JOIN LATERAL (
                        SELECT p.webhook_id, p.event_id, p.next_at FROM webhook_delivery p
                        WHERE p.webhook_id = w.id AND p.state = 'PENDING' AND p.next_at <= :now
                          AND (p.leased_until IS NULL OR p.leased_until <= :now)
                          AND NOT EXISTS (
                              SELECT 1 FROM webhook_delivery earlier
                              WHERE earlier.webhook_id = p.webhook_id AND earlier.subject = p.subject
                                AND earlier.sequence < p.sequence AND earlier.state = 'PENDING')
                        ORDER BY p.next_at LIMIT greatest(0, :perWebhook - coalesce(l.under_way, 0))) d
                    WHERE w.state = 'ACTIVE'),
                queue AS (
                    SELECT webhook_id, event_id, next_at, coalesce(c.under_way, 0)
                           + row_number() OVER (PARTITION BY client_id ORDER BY of_webhook, next_at) AS of_client
                    FROM waiting LEFT JOIN client c USING (client_id)),
                due AS (
                    SELECT webhook_id, event_id FROM queue WHERE of_client <= :perClient
                    ORDER BY of_client, next_at LIMIT :most),
                taken AS (
                    UPDATE webhook_delivery d SET leased_until = :until FROM due
                    WHERE d.webhook_id = due.webhook_id AND d.event_id = due.event_id
                    RETURNING d.webhook_id, d.event_id, d.attempts)
                SELECT t.webhook_id, t.attempts, w.url, e.id, e.type, e.subject, e.data, e.occurred_at
                FROM taken t JOIN webhook w ON w.id = t.webhook_id JOIN outbox e ON e.id = t.event_id
                """)
                .bind("now", now()).bind("until", now().plus(lease)).bind("most", most)
                .bind("perWebhook", MOST_PER_WEBHOOK).bind("perClient", MOST_PER_CLIENT)
                .map(row -> new Due(id(row, "webhook_id"), Objects.requireNonNull(row.get("url", String.class)),
                        Objects.requireNonNull(row.get("attempts", Integer.class)), outbox.read(row)))
                .all().collectList();
    }

    /** Since when the oldest event is due that nobody has tried to deliver; empty while there is none. */
    Mono<Instant> oldestDue() {
        return database.sql("""
                SELECT min(since) AS since FROM (
                    (SELECT occurred_at AS since FROM outbox WHERE delivered_at IS NULL ORDER BY sequence LIMIT 1)
                    UNION ALL
                    SELECT d.next_at FROM webhook w CROSS JOIN LATERAL (
                        SELECT p.next_at FROM webhook_delivery p
                        WHERE p.webhook_id = w.id AND p.state = 'PENDING' AND p.next_at <= :now
                          AND NOT EXISTS (
                              SELECT 1 FROM webhook_delivery earlier
                              WHERE earlier.webhook_id = p.webhook_id AND earlier.subject = p.subject
                                AND earlier.sequence < p.sequence AND earlier.state = 'PENDING')
                        ORDER BY p.next_at LIMIT 1) d
                    WHERE w.state = 'ACTIVE') waiting
                """)
                .bind("now", now())
                .map(row -> Optional.ofNullable(Webhooks.instant(row, "since"))).one()
                .flatMap(Mono::justOrEmpty);
    }

    Mono<Void> delivered(Due due, int status) {
        return database.sql("""
                UPDATE webhook_delivery SET state = 'DELIVERED', attempts = attempts + 1, delivered_at = :now,
                       leased_until = NULL, last_status = :status, last_error = NULL
                WHERE webhook_id = :webhook AND event_id = :event AND state = 'PENDING'
                """)
                .bind("webhook", due.webhookId()).bind("event", due.event().id()).bind("now", now())
                .bind("status", status).then();
    }

    /** @param next null if it is not tried again */
    Mono<Void> failed(Due due, @Nullable Integer status, String error, @Nullable Instant next) {
        return database.sql("""
                UPDATE webhook_delivery SET state = CASE WHEN :next::timestamptz IS NULL THEN 'DEAD' ELSE 'PENDING' END,
                       next_at = coalesce(:next, next_at), attempts = attempts + 1, leased_until = NULL,
                       last_status = :status, last_error = :error
                WHERE webhook_id = :webhook AND event_id = :event AND state = 'PENDING'
                """)
                .bind("webhook", due.webhookId()).bind("event", due.event().id()).bind("error", error)
                .bind("next", Parameter.fromOrEmpty(next == null ? null : at(next), OffsetDateTime.class))
                .bind("status", Parameter.fromOrEmpty(status, Integer.class)).then();
    }

    /** The newest first. */
    Mono<List<Delivery>> page(UUID webhook, Delivery.@Nullable State state, long before, int rows) {
        return database.sql("""
                SELECT d.event_id, e.type, d.subject, e.occurred_at, d.state, d.attempts, d.next_at, d.last_status,
                       d.last_error, d.delivered_at, d.sequence
                FROM webhook_delivery d JOIN outbox e ON e.id = d.event_id
                WHERE d.webhook_id = :webhook AND d.sequence < :before AND (:state::text IS NULL OR d.state = :state)
                ORDER BY d.sequence DESC LIMIT :rows
                """)
                .bind("webhook", webhook).bind("before", before).bind("rows", rows)
                .bind("state", Parameter.fromOrEmpty(state == null ? null : state.name(), String.class))
                .map(Deliveries::delivery).all().collectList();
    }

    /**
     * Sends again what happened since then and since the webhook was made, delivered or not, in its order; not more than
     * {@link #MOST_REPLAYED}, the earliest first.
     *
     * @return how many are on their way
     */
    Mono<Long> replay(Webhook webhook, Instant since) {
        Instant begin = since.isBefore(webhook.createdAt()) ? webhook.createdAt() : since;
        return database.sql("""
                INSERT INTO webhook_delivery (webhook_id, event_id, sequence, subject, state, next_at)
                SELECT :webhook, e.id, e.sequence, e.subject, 'PENDING', :now FROM outbox e
                WHERE e.id >= :first AND e.occurred_at >= :since AND e.delivered_at IS NOT NULL
                  AND event_type_wanted(e.type, :types) AND (e.audience IS NULL OR e.audience = :client)
                ORDER BY e.id LIMIT :most
                ON CONFLICT (webhook_id, event_id) DO UPDATE
                    SET state = 'PENDING', next_at = :now, attempts = 0, delivered_at = NULL
                """)
                .bind("webhook", webhook.id()).bind("now", now()).bind("client", webhook.clientId())
                .bind("since", at(begin)).bind("first", OldEvents.firstId(begin)).bind("most", MOST_REPLAYED)
                .bind("types", webhook.eventTypes().toArray(String[]::new))
                .fetch().rowsUpdated();
    }

    /** As {@link #replay}, of that only what was given up. */
    Mono<Long> replayDead(Webhook webhook, Instant since) {
        return database.sql("""
                WITH dead AS (
                    SELECT d.event_id FROM webhook_delivery d JOIN outbox e ON e.id = d.event_id
                    WHERE d.webhook_id = :webhook AND d.state = 'DEAD' AND e.occurred_at >= :since
                      AND event_type_wanted(e.type, :types)
                    ORDER BY d.sequence LIMIT :most)
                UPDATE webhook_delivery d SET state = 'PENDING', next_at = :now, attempts = 0 FROM dead
                WHERE d.webhook_id = :webhook AND d.event_id = dead.event_id
                """)
                .bind("webhook", webhook.id()).bind("now", now()).bind("since", at(since))
                .bind("most", MOST_REPLAYED).bind("types", webhook.eventTypes().toArray(String[]::new))
                .fetch().rowsUpdated();
    }

    /** Sends one event of the caller's making to this webhook alone. */
    Mono<Void> sendTo(UUID webhook, String subject) {
        return database.sql("""
                WITH event AS (
                    UPDATE outbox SET delivered_at = :now WHERE subject = :subject AND delivered_at IS NULL
                    RETURNING id, sequence, subject)
                INSERT INTO webhook_delivery (webhook_id, event_id, sequence, subject, state, next_at)
                SELECT :webhook, id, sequence, subject, 'PENDING', :now FROM event
                """)
                .bind("webhook", webhook).bind("subject", subject).bind("now", now()).then();
    }

    private OffsetDateTime at(Instant instant) {
        return instant.atZone(clock.getZone()).toOffsetDateTime();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    private static Delivery delivery(Readable row) {
        Delivery.State state = Delivery.State.valueOf(Objects.requireNonNull(row.get("state", String.class)));
        return new Delivery(id(row, "event_id"), Objects.requireNonNull(row.get("type", String.class)),
                Objects.requireNonNull(row.get("subject", String.class)),
                Objects.requireNonNull(Webhooks.instant(row, "occurred_at")), state,
                Objects.requireNonNull(row.get("attempts", Integer.class)),
                state == Delivery.State.PENDING ? Webhooks.instant(row, "next_at") : null,
                row.get("last_status", Integer.class), row.get("last_error", String.class),
                Webhooks.instant(row, "delivered_at"), Objects.requireNonNull(row.get("sequence", Long.class)));
    }

    private static UUID id(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, UUID.class));
    }
}
