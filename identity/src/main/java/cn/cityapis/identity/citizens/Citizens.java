package cn.cityapis.identity.citizens;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class Citizens {

    private final JdbcClient sql;

    Citizens(JdbcClient sql) {
        this.sql = sql;
    }

    /** The opaque id of a back end's user: made at the first sight, the same ever after. */
    String subject(String clientId, String externalId) {
        return sql.sql("""
                INSERT INTO citizen (client_id, external_id, sub)
                VALUES (:client, :external, :fresh)
                ON CONFLICT (client_id, external_id) DO UPDATE SET sub = citizen.sub
                RETURNING sub
                """).param("client", clientId).param("external", externalId)
                .param("fresh", "c-" + UUID.randomUUID()).query(String.class).single();
    }
}
