package cn.cityapis.platform.events;

import cn.cityapis.platform.ids.Ids;
import io.r2dbc.postgresql.codec.Json;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The transactional outbox: an event is published exactly if the change it tells of is committed. */
public final class Outbox {

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;
    private final String source;

    /** @param source the service, e.g. {@code eldercare}; the CloudEvents source is {@code /api/eldercare/v1} */
    public Outbox(DatabaseClient database, JsonMapper json, Ids ids, Clock clock, String source) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
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
        return database.sql("""
                INSERT INTO outbox (id, type, subject, data, occurred_at)
                VALUES (:id, :type, :subject, :data, :at)
                """)
                .bind("id", ids.next())
                .bind("type", type)
                .bind("subject", subject)
                .bind("data", Json.of(json.writeValueAsString(data)))
                .bind("at", OffsetDateTime.now(clock))
                .then();
    }

    /** All events of one subject, in order. */
    public Flux<CloudEvent> of(String subject) {
        return database.sql(
                "SELECT id, type, subject, data, occurred_at FROM outbox WHERE subject = :subject ORDER BY sequence")
                .bind("subject", subject)
                .map(row -> CloudEvent.of(row.get("id", UUID.class), source, row.get("type", String.class),
                        row.get("subject", String.class), row.get("occurred_at", OffsetDateTime.class),
                        json.readTree(row.get("data", String.class))))
                .all();
    }
}
