package cn.cityapis.identity.clients;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** Wrong secrets, counted for each client and network by all replicas together. */
@Repository
public class WrongSecrets {

    private final JdbcClient sql;
    private final InstantSource time;

    private record Row(String network, int times, Instant last) {
    }

    WrongSecrets(JdbcClient sql, InstantSource time) {
        this.sql = sql;
        this.time = time;
    }

    /** How long no secret of this client is looked at from there; empty if it is. */
    public Optional<Duration> shutOut(String clientId, String network) {
        Instant now = time.instant();
        return sql.sql("SELECT network, times, last_at FROM wrong_secret WHERE client_id = :client"
                + " AND network = :network").param("client", clientId).param("network", network)
                .query(WrongSecrets::row).optional().flatMap(row -> LockOutRules.left(row.times(), row.last(), now));
    }

    /** @return how many there have been from there */
    public int note(String clientId, String network) {
        Instant now = time.instant();
        return sql.sql("""
                INSERT INTO wrong_secret (client_id, network, times, last_at) VALUES (:client, :network, 1, :now)
                ON CONFLICT (client_id, network) DO UPDATE
                   SET times = CASE WHEN wrong_secret.last_at < :forgotten THEN 1 ELSE wrong_secret.times + 1 END,
                       last_at = excluded.last_at
                RETURNING times
                """).param("client", clientId).param("network", network).param("now", Timestamp.from(now))
                .param("forgotten", Timestamp.from(now.minus(LockOutRules.REMEMBERED))).query(Integer.class).single();
    }

    public void forget(String clientId, String network) {
        sql.sql("DELETE FROM wrong_secret WHERE client_id = :client AND network = :network").param("client", clientId)
                .param("network", network).update();
    }

    void forget(String clientId) {
        sql.sql("DELETE FROM wrong_secret WHERE client_id = :client").param("client", clientId).update();
    }

    /** From where the client is shut out now, twenty at most. */
    List<String> locked(String clientId, Instant now) {
        return sql.sql("""
                SELECT network, times, last_at
                  FROM wrong_secret
                 WHERE client_id = :client AND times >= :mistakes
                 ORDER BY last_at DESC
                 LIMIT 20
                """).param("client", clientId).param("mistakes", LockOutRules.MISTAKES).query(WrongSecrets::row)
                .list().stream().filter(row -> LockOutRules.left(row.times(), row.last(), now).isPresent())
                .map(Row::network).sorted().toList();
    }

    @Scheduled(fixedDelayString = "PT10M")
    void forgetOld() {
        sql.sql("DELETE FROM wrong_secret WHERE last_at < :forgotten")
                .param("forgotten", Timestamp.from(time.instant().minus(LockOutRules.REMEMBERED))).update();
    }

    private static Row row(ResultSet rs, int number) throws SQLException {
        return new Row(rs.getString("network"), rs.getInt("times"), rs.getTimestamp("last_at").toInstant());
    }
}
