package cn.cityapis.identity.assertions;

import java.sql.Timestamp;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** Each assertion is used once, whatever it is for and whichever replica sees it. */
@Repository
public class UsedAssertions {

    private final JdbcClient sql;
    private final InstantSource time;

    UsedAssertions(JdbcClient sql, InstantSource time) {
        this.sql = sql;
        this.time = time;
    }

    /** Whether the assertion is used for the first time; of two at once, one is. */
    public boolean firstUse(String clientId, Assertion assertion) {
        return sql.sql("""
                INSERT INTO used_assertion (client_id, jti, expires_at) VALUES (:client, :jti, :expires)
                ON CONFLICT (client_id, jti) DO NOTHING
                """).param("client", clientId).param("jti", assertion.id())
                .param("expires", Timestamp.from(assertion.expires().plus(AssertionFrameRules.SKEW))).update() == 1;
    }

    @Scheduled(fixedDelayString = "PT10M")
    void forgetExpired() {
        sql.sql("DELETE FROM used_assertion WHERE expires_at < :now").param("now", Timestamp.from(time.instant()))
                .update();
    }
}
