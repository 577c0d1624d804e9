package cn.cityapis.platform.audit;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import io.r2dbc.postgresql.codec.Json;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The audit trail: append-only, written in the transaction of what it tells of. */
public final class Audit {

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;

    public Audit(DatabaseClient database, JsonMapper json, Ids ids, Clock clock) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param details facts of the step; never personal data in the clear */
    public Mono<Void> record(Caller by, String action, String resourceType, String resourceId, Map<String, ?> details) {
        return database.sql("""
                INSERT INTO audit_entry
                       (id, at, client_id, subject, org, roles, action, resource_type, resource_id, details)
                VALUES (:id, :at, :client, :subject, :org, :roles, :action, :type, :resource, :details)
                """)
                .bind("id", ids.next())
                .bind("at", OffsetDateTime.now(clock))
                .bind("client", by.clientId())
                .bind("subject", by.subject())
                .bind("org", Parameter.fromOrEmpty(by.org(), String.class))
                .bind("roles", String.join(" ", new TreeSet<>(by.roles())))
                .bind("action", action)
                .bind("type", resourceType)
                .bind("resource", resourceId)
                .bind("details", Json.of(json.writeValueAsString(details)))
                .then();
    }
}
