package cn.cityapis.identity.clients;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Clients as they are managed. */
@Repository
class Clients {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String VIEW = """
            SELECT p.client_id, r.client_name, r.scopes, p.subject, p.org, p.roles, p.citizen_scopes, p.max_assurance,
                   p.assertion_keys, p.authentication_keys, p.burst, p.per_second, p.per_day, p.disabled_at,
                   CASE WHEN p.previous_secret_until > :now THEN p.previous_secret_until END AS previous_until,
                   p.definition <> '' AS configured, p.created_at, p.version
              FROM client_profile p
              JOIN oauth2_registered_client r ON r.client_id = p.client_id
            """;

    private final JdbcClient sql;

    /** What a secret is compared with. */
    record Secrets(@Nullable String present, @Nullable String previous, @Nullable String earlier, boolean enabled) {
    }

    Clients(JdbcClient sql) {
        this.sql = sql;
    }

    Optional<ClientView> find(String clientId, Instant now) {
        return sql.sql(VIEW + " WHERE p.client_id = :client").param("now", Timestamp.from(now))
                .param("client", clientId).query(Clients::view).optional();
    }

    /** In the order of their ids, those after the given one. */
    List<ClientView> after(String clientId, int limit, Instant now) {
        return sql.sql(VIEW + " WHERE p.client_id > :after ORDER BY p.client_id LIMIT :limit")
                .param("now", Timestamp.from(now)).param("after", clientId).param("limit", limit).query(Clients::view)
                .list();
    }

    /** Nobody else changes it until the end of the transaction. */
    Optional<Long> lock(String clientId) {
        return sql.sql("SELECT version FROM client_profile WHERE client_id = :client FOR UPDATE")
                .param("client", clientId).query(Long.class).optional();
    }

    /** Of two that make the same client at once, the second waits and finds it made. */
    void lockNew(String clientId) {
        sql.sql("SELECT pg_advisory_xact_lock(hashtextextended(:client, 0))").param("client", clientId).query(rs -> {
        });
    }

    Optional<Secrets> secrets(String clientId, Instant now) {
        return sql.sql("""
                SELECT r.client_secret, p.disabled_at IS NULL AS enabled,
                       CASE WHEN p.previous_secret_until > :now THEN p.previous_secret END AS previous,
                       CASE WHEN p.earlier_secret_until > :now THEN p.earlier_secret END AS earlier
                  FROM client_profile p
                  JOIN oauth2_registered_client r ON r.client_id = p.client_id
                 WHERE p.client_id = :client
                """).param("now", Timestamp.from(now)).param("client", clientId)
                .query((rs, number) -> new Secrets(rs.getString("client_secret"), rs.getString("previous"),
                        rs.getString("earlier"),
                        rs.getBoolean("enabled")))
                .optional();
    }

    boolean enabled(String clientId) {
        return sql.sql("SELECT disabled_at IS NULL FROM client_profile WHERE client_id = :client")
                .param("client", clientId).query(Boolean.class).optional().orElse(false);
    }

    /**
     * The present secret becomes the previous one, and a previous one that is still good the earlier one.
     *
     * @param previousUntil null: none but the new one is good any more
     */
    void replaceSecret(String clientId, String encoded, @Nullable Instant previousUntil, Instant now) {
        sql.sql("""
                UPDATE client_profile
                   SET earlier_secret = CASE WHEN kept THEN previous_secret END,
                       earlier_secret_until = CASE WHEN kept THEN previous_secret_until END,
                       previous_secret = CASE WHEN CAST(:until AS timestamptz) IS NOT NULL THEN r.client_secret END,
                       previous_secret_until = :until, version = version + 1
                  FROM oauth2_registered_client r, (SELECT client_id,
                       CAST(:until AS timestamptz) IS NOT NULL AND previous_secret_until > :now AS kept
                       FROM client_profile WHERE client_id = :client) still
                 WHERE r.client_id = client_profile.client_id AND client_profile.client_id = still.client_id
                """)
                .param("now", Timestamp.from(now))
                .param("until", offset(previousUntil), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("client", clientId).update();
        sql.sql("UPDATE oauth2_registered_client SET client_secret = :secret WHERE client_id = :client")
                .param("secret", encoded).param("client", clientId).update();
    }

    /** @param at null: enabled again */
    void disable(String clientId, @Nullable Instant at) {
        sql.sql("UPDATE client_profile SET disabled_at = :at, version = version + 1 WHERE client_id = :client")
                .param("at", offset(at), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("client", clientId).update();
    }

    private static ClientView view(ResultSet rs, int number) throws SQLException {
        ClientProfile profile = ClientProfiles.profile(rs, number);
        OffsetDateTime disabled = time(rs, "disabled_at");
        return new ClientView(profile.clientId(), rs.getString("client_name"),
                profile.provesItselfByKey() ? "private_key_jwt" : "secret", profile.subject(), profile.org(),
                profile.roles(), ClientProfiles.words(rs.getString("scopes")), profile.citizenScopes(),
                profile.maxAssurance().claim(), profile.assertionKeys().toJSONObject(true),
                profile.authenticationKeys().toJSONObject(true), profile.contract(), disabled == null, disabled,
                time(rs, "previous_until"), rs.getBoolean("configured"),
                rs.getTimestamp("created_at").toInstant().atZone(ZONE).toOffsetDateTime(), List.of(),
                rs.getLong("version"));
    }

    private static @Nullable OffsetDateTime offset(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable OffsetDateTime time(ResultSet rs, String column) throws SQLException {
        Timestamp value = rs.getTimestamp(column);
        return value == null ? null : value.toInstant().atZone(ZONE).toOffsetDateTime();
    }
}
