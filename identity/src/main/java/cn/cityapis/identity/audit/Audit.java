package cn.cityapis.identity.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit trail: append-only, written in the transaction of what it tells of. */
@Repository
public class Audit {

    private final JdbcClient sql;
    private final JsonMapper json;
    private final InstantSource time;

    public record Entry(OffsetDateTime at, String clientId, String subject, @Nullable String org, String action,
            JsonNode details) {
    }

    Audit(JdbcClient sql, JsonMapper json, InstantSource time) {
        this.sql = sql;
        this.json = json;
        this.time = time;
    }

    /** @param details facts of the step; never a secret */
    public void record(Administrator by, String action, String type, String id, Map<String, ?> details) {
        sql.sql("""
                INSERT INTO audit_entry (at, client_id, subject, org, roles, action, resource_type, resource_id, details)
                VALUES (:at, :client, :subject, :org, :roles, :action, :type, :resource, CAST(:details AS jsonb))
                """).param("at", Timestamp.from(time.instant())).param("client", by.clientId())
                .param("subject", by.subject()).param("org", by.org()).param("roles", String.join(" ", by.roles()))
                .param("action", action).param("type", type).param("resource", id)
                .param("details", json.writeValueAsString(details)).update();
    }

    /** The latest first, a hundred at most. */
    public List<Entry> of(String type, String id) {
        return sql.sql("""
                SELECT at, client_id, subject, org, action, details
                  FROM audit_entry
                 WHERE resource_type = :type AND resource_id = :resource
                 ORDER BY sequence DESC
                 LIMIT 100
                """).param("type", type).param("resource", id).query(this::entry).list();
    }

    private Entry entry(ResultSet rs, int number) throws SQLException {
        return new Entry(
                rs.getTimestamp("at").toInstant().atZone(ZoneId.of("Asia/Shanghai")).toOffsetDateTime(),
                rs.getString("client_id"), rs.getString("subject"), rs.getString("org"), rs.getString("action"),
                json.readTree(rs.getString("details")));
    }
}
