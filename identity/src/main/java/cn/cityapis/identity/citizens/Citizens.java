package cn.cityapis.identity.citizens;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

@Repository
class Citizens {

    private final JdbcClient sql;
    private final InstantSource time;

    Citizens(JdbcClient sql, InstantSource time) {
        this.sql = sql;
        this.time = time;
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

    /** Whether the assertion is used for the first time; of two at once, one is. */
    boolean firstUse(String clientId, CitizenAssertion assertion) {
        return sql.sql("""
                INSERT INTO used_assertion (client_id, jti, expires_at) VALUES (:client, :jti, :expires)
                ON CONFLICT (client_id, jti) DO NOTHING
                """).param("client", clientId).param("jti", assertion.jti())
                .param("expires", Timestamp.from(assertion.expires().plus(AssertionRules.SKEW))).update() == 1;
    }

    @Scheduled(fixedDelayString = "PT10M")
    void forgetExpired() {
        sql.sql("DELETE FROM used_assertion WHERE expires_at < :now").param("now", Timestamp.from(time.instant()))
                .update();
    }
}
