package cn.cityapis.identity.keys;

import cn.cityapis.identity.settings.IdentitySettings;
import cn.cityapis.identity.settings.SettingException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The keys that sign tokens. All replicas read the same ones; the first replica ever makes the first key. */
@Component
public class SigningKeys implements JWKSource<SecurityContext> {

    private static final int RSA_BITS = 2048;
    private static final long FIRST_KEY_LOCK = 0x1D_4E_71_7E_4BL;
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final JdbcClient sql;
    private final KeySeal seal;
    private final boolean development;
    private final InstantSource time;
    private volatile @Nullable Published published;

    /** @param signing id of the newest key that may sign already */
    private record Published(JWKSet keys, String signing, Instant read) {
    }

    private record Row(String kid, byte[] sealed, boolean signs, boolean development) {
    }

    SigningKeys(JdbcClient sql, TransactionTemplate transaction, IdentitySettings settings,
            InstantSource time) {
        this.sql = sql;
        this.time = time;
        this.seal = new KeySeal(settings.keySecret());
        this.development = settings.development();
        transaction.executeWithoutResult(status -> makeFirst());
        read(time.instant());
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        return selector.select(current().keys());
    }

    /** Id of the key that signs now. */
    public String signing() {
        return current().signing();
    }

    private Published current() {
        Published known = published;
        Instant now = time.instant();
        return known == null || known.read().plus(FRESH).isBefore(now) ? read(now) : known;
    }

    private Published read(Instant now) {
        List<Row> rows = sql.sql("""
                SELECT kid, sealed_key, signs_from <= :now AS signs, development
                  FROM signing_key
                 WHERE retires_at IS NULL OR retires_at > :now
                 ORDER BY signs_from DESC, kid
                """).param("now", Timestamp.from(now)).query(SigningKeys::row).list();
        rows.forEach(this::refuseDevelopmentKey);
        String signing = rows.stream().filter(Row::signs).map(Row::kid).findFirst()
                .orElseThrow(() -> new IllegalStateException("No key may sign"));
        Published fresh = new Published(new JWKSet(rows.stream().map(this::open).toList()), signing, now);
        published = fresh;
        return fresh;
    }

    private void makeFirst() {
        sql.sql("SELECT pg_advisory_xact_lock(:lock)").param("lock", FIRST_KEY_LOCK).query(rs -> {
        });
        if (sql.sql("SELECT count(*) FROM signing_key").query(Long.class).single() > 0) {
            return;
        }
        String kid = UUID.randomUUID().toString();
        sql.sql("""
                INSERT INTO signing_key (kid, sealed_key, signs_from, development)
                VALUES (:kid, :sealed, now(), :development)
                """).param("kid", kid).param("sealed", seal.seal(kid, generate(kid))).param("development", development)
                .update();
    }

    private void refuseDevelopmentKey(Row row) {
        if (row.development() && !development) {
            throw new SettingException("The database holds a signing key made in profile development (" + row.kid()
                    + "): use a database of its own (DB_NAME)");
        }
    }

    private JWK open(Row row) {
        try {
            return JWK.parse(seal.open(row.kid(), row.sealed()));
        } catch (ParseException e) {
            throw new IllegalStateException("Signing key " + row.kid() + " is damaged", e);
        } catch (IllegalStateException e) {
            throw new SettingException(
                    "Environment variable IDENTITY_KEY_SECRET is not the one that sealed the signing key "
                            + row.kid());
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

    private static Row row(ResultSet rs, int number) throws SQLException {
        return new Row(rs.getString("kid"), rs.getBytes("sealed_key"), rs.getBoolean("signs"),
                rs.getBoolean("development"));
    }
}
