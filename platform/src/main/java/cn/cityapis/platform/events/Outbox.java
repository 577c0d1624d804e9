package cn.cityapis.platform.events;

import cn.cityapis.platform.ids.Ids;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The transactional outbox: an event is published exactly if the change it tells of is committed. */
public final class Outbox {

    /** How the type of the event ends that a subscriber has sent to himself. */
    public static final String TEST = ".webhook.test";

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;
    private final EventTypes types;
    private final boolean development;
    private final String source;

    /**
     * @param types what the service declares
     * @param development whether an event of another type ends in an error
     * @param source the service, e.g. {@code eldercare}; the CloudEvents source is {@code /api/eldercare/v1}
     */
    public Outbox(DatabaseClient database, JsonMapper json, Ids ids, Clock clock, EventTypes types, boolean development,
            String source) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        this.types = types;
        this.development = development;
        this.source = "/api/" + source + "/v1";
    }

    /**
     * Writes an event in the caller's transaction, which holds the lock of the subject's row.
     *
     * @param type e.g. {@code eldercare.offer.made}
     * @param subject the resource, e.g. {@code offers/0197…}
     * @param data names the resource and its state; no personal data, receivers read that with their own rights
     */
    public Mono<Void> publish(String type, String subject, Object data) {
        return insert(type, subject, data, null);
    }

    /** One of many that are written at once; as {@link #publish(String, String, Object)} takes it. */
    public record Event(String type, String subject, Object data) {
    }

    /** As {@link #publish(String, String, Object)}, in this order and in one statement: what happens to thousands at once holds its locks for all of them. */
    public Mono<Void> publish(List<Event> events) {
        if (events.isEmpty()) {
            return Mono.empty();
        }
        events.forEach(event -> requireDeclared(event.type()));
        return database.sql("""
                INSERT INTO outbox (id, type, subject, data, occurred_at)
                SELECT e.id, e.type, e.subject, e.data::jsonb, :at
                  FROM unnest(:ids::uuid[], :types::text[], :subjects::text[], :data::text[]) WITH ORDINALITY
                       AS e (id, type, subject, data, place)
                 ORDER BY e.place
                """)
                .bind("ids", events.stream().map(event -> ids.next()).toArray(UUID[]::new))
                .bind("types", events.stream().map(Event::type).toArray(String[]::new))
                .bind("subjects", events.stream().map(Event::subject).toArray(String[]::new))
                .bind("data", events.stream().map(event -> json.writeValueAsString(event.data()))
                        .toArray(String[]::new))
                .bind("at", OffsetDateTime.now(clock))
                .then();
    }

    /** As {@link #publish(String, String, Object)}, for the webhooks of this client only. */
    public Mono<Void> publishTo(String clientId, String type, String subject, Object data) {
        return insert(type, subject, data, clientId);
    }

    private Mono<Void> insert(String type, String subject, Object data, @Nullable String audience) {
        requireDeclared(type);
        return database.sql("""
                INSERT INTO outbox (id, type, subject, data, occurred_at, audience)
                VALUES (:id, :type, :subject, :data, :at, :audience)
                """)
                .bind("id", ids.next())
                .bind("type", type)
                .bind("subject", subject)
                .bind("data", Json.of(json.writeValueAsString(data)))
                .bind("at", OffsetDateTime.now(clock))
                .bind("audience", Parameter.fromOrEmpty(audience, String.class))
                .then();
    }

    /** A mistake of the program: tests stop at it, a citizen's request does not. */
    private void requireDeclared(String type) {
        if (types.has(type) || type.endsWith(TEST)) {
            return;
        }
        if (development) {
            throw new IllegalStateException("Event type not declared in api.events: " + type);
        }
        LOG.error("nobody can subscribe to events of type {}: it is not declared in api.events", type);
    }

    /** All events of one subject, in order. */
    public Flux<CloudEvent> of(String subject) {
        return database.sql(
                "SELECT id, type, subject, data, occurred_at FROM outbox WHERE subject = :subject ORDER BY sequence")
                .bind("subject", subject)
                .map(this::read)
                .all();
    }

    /** @param row with id, type, subject, data and occurred_at of the outbox */
    public CloudEvent read(Readable row) {
        return CloudEvent.of(Objects.requireNonNull(row.get("id", UUID.class)), source,
                Objects.requireNonNull(row.get("type", String.class)),
                Objects.requireNonNull(row.get("subject", String.class)),
                Objects.requireNonNull(row.get("occurred_at", OffsetDateTime.class)),
                json.readTree(Objects.requireNonNull(row.get("data", Json.class)).asArray()));
    }
}
