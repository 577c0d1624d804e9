package cn.cityapis.identity.keys;

import cn.cityapis.identity.settings.IdentitySettings;
import cn.cityapis.identity.settings.SettingException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The signing keys in the database, sealed. */
@Repository
class StoredKeys {

    private static final int RSA_BITS = 2048;
    private static final long LOCK = 0x1D_4E_71_7E_4BL;

    private final JdbcClient sql;
    private final KeySeal seal;
    private final boolean development;

    /** A key as it is kept. */
    record Stored(KeyTimes times, JWK key) {
    }

    StoredKeys(JdbcClient sql, IdentitySettings settings) {
        this.sql = sql;
        this.seal = new KeySeal(settings.keySecret());
        this.development = settings.development();
    }

    /** Until the end of the transaction no other replica makes or ends a key. */
    void lock() {
        sql.sql("SELECT pg_advisory_xact_lock(:lock)").param("lock", LOCK).query(rs -> {
        });
    }

    /** Those that are published, the newest first. */
    List<Stored> published(Instant now) {
        return sql.sql("""
                SELECT kid, sealed_key, signs_from, retires_at, development
                  FROM signing_key
                 WHERE retires_at IS NULL OR retires_at > :now
                 ORDER BY signs_from DESC, kid
                """).param("now", Timestamp.from(now)).query(this::stored).list();
    }

    List<KeyTimes> times() {
        return sql.sql("SELECT kid, signs_from, retires_at FROM signing_key ORDER BY signs_from DESC, kid")
                .query(StoredKeys::row).list();
    }

    /** @return its id */
    String make(Instant signsFrom) {
        String kid = UUID.randomUUID().toString();
        sql.sql("""
                INSERT INTO signing_key (kid, sealed_key, signs_from, development)
                VALUES (:kid, :sealed, :from, :development)
                """).param("kid", kid).param("sealed", seal.seal(kid, generate(kid)))
                .param("from", Timestamp.from(signsFrom)).param("development", development).update();
        return kid;
    }

    void retire(String kid, Instant at) {
        sql.sql("UPDATE signing_key SET retires_at = :at WHERE kid = :kid").param("at", Timestamp.from(at))
                .param("kid", kid).update();
    }

    /** Nothing follows it. */
    void stay(String kid) {
        sql.sql("UPDATE signing_key SET retires_at = NULL WHERE kid = :kid").param("kid", kid).update();
    }

    /** With its row the private key is gone. */
    boolean delete(String kid) {
        return sql.sql("DELETE FROM signing_key WHERE kid = :kid").param("kid", kid).update() == 1;
    }

    List<String> deleteRetired(Instant now) {
        return sql.sql("DELETE FROM signing_key WHERE retires_at <= :now RETURNING kid")
                .param("now", Timestamp.from(now)).query(String.class).list();
    }

    private Stored stored(ResultSet rs, int number) throws SQLException {
        String kid = rs.getString("kid");
        if (rs.getBoolean("development") && !development) {
            throw new SettingException("The database holds a signing key made in profile development (" + kid
                    + "): use a database of its own (DB_NAME)");
        }
        return new Stored(row(rs, number), open(kid, rs.getBytes("sealed_key")));
    }

    private static KeyTimes row(ResultSet rs, int number) throws SQLException {
        Timestamp retires = rs.getTimestamp("retires_at");
        return new KeyTimes(rs.getString("kid"), rs.getTimestamp("signs_from").toInstant(),
                retires == null ? null : retires.toInstant());
    }

    private JWK open(String kid, byte[] sealed) {
        try {
            return JWK.parse(seal.open(kid, sealed));
        } catch (ParseException e) {
            throw new IllegalStateException("Signing key " + kid + " is damaged", e);
        } catch (IllegalStateException e) {
            throw new SettingException(
                    "Environment variable IDENTITY_KEY_SECRET is not the one that sealed the signing key " + kid);
        }
    }

    private static String generate(String kid) {
        try {
            RSAKey key = new RSAKeyGenerator(RSA_BITS).keyID(kid).keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.RS256)
                    .generate();
            return key.toJSONString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
