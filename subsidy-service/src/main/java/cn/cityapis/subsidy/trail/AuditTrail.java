package cn.cityapis.subsidy.trail;

import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.Cursors;
import cn.cityapis.subsidy.SubsidySettings;
import io.r2dbc.spi.Readable;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The audit entries that concern one application: its own, those of its payments, and each look at its account number. */
@Component
class AuditTrail {

    private static final TypeReference<Map<String, Object>> DETAILS = new TypeReference<>() {
    };
    private final DatabaseClient database;
    private final SubsidySettings settings;
    private final JsonMapper json;

    AuditTrail(DatabaseClient database, SubsidySettings settings, JsonMapper json) {
        this.database = database;
        this.settings = settings;
        this.json = json;
    }

    /** Oldest first: the ids of the entries grow with time. */
    Mono<List<AuditStep>> of(UUID application, String owner, PageRequest page) {
        return database.sql("""
                WITH concerned (type, id) AS (
                    SELECT 'application', :application::text
                    UNION SELECT 'payment-item', i.id::text FROM payment_item i WHERE i.application_id = :application
                    UNION SELECT 'payment-run', i.run_id::text FROM payment_item i WHERE i.application_id = :application)
                SELECT e.id, e.at, e.client_id, e.subject, e.org, e.roles, e.action, e.details
                  FROM concerned c JOIN audit_entry e ON e.resource_type = c.type AND e.resource_id = c.id
                 WHERE e.id > :after AND (c.type <> 'payment-run' OR e.action = 'download-bank-file')
                 ORDER BY e.id
                 LIMIT :limit
                """)
                .bind("application", application)
                .bind("after", Cursors.idAfter(page))
                .bind("limit", page.rowsToRead())
                .map(row -> step(row, owner))
                .all()
                .collectList();
    }

    private AuditStep step(Readable row, String owner) {
        String action = row.get("action", String.class);
        String client = row.get("client_id", String.class);
        String org = row.get("org", String.class);
        String subject = row.get("subject", String.class);
        return new AuditStep(row.get("id", UUID.class), row.get("at", OffsetDateTime.class), action,
                TrailRules.text(action), TrailRules.by(client, subject, owner, name(org)), org,
                row.get("roles", String.class),
                subject, client,
                json.readValue(row.get("details", String.class), DETAILS));
    }

    private @Nullable String name(@Nullable String org) {
        if (org == null) {
            return null;
        }
        return settings.area(org).map(SubsidySettings.Area::name)
                .orElse(org.equals(settings.cityCode()) ? "市级主管部门" : "其他单位");
    }
}
