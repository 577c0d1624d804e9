package cn.cityapis.identity.keys;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The keys that sign tokens. All replicas read the same ones, and each sees within two seconds what another has changed: a
 * withdrawn key is neither used nor published longer. The first replica ever makes the first key.
 */
@Component
public class SigningKeys implements JWKSource<SecurityContext> {

    private static final Duration FRESH = Duration.ofSeconds(2);
    /** While the database is away; who asks for a token needs it anyway, but the public keys are read all the time. */
    private static final Duration HOLDS = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    private final StoredKeys stored;
    private final InstantSource time;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Known known;

    private record Known(List<StoredKeys.Stored> keys, Instant read) {

        boolean within(Duration span, Instant now) {
            return !read.plus(span).isBefore(now);
        }
    }

    SigningKeys(StoredKeys stored, TransactionTemplate transaction, InstantSource time) {
        this.stored = stored;
        this.time = time;
        transaction.executeWithoutResult(status -> makeFirst());
        read(time.instant());
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        Instant now = time.instant();
        return selector.select(new JWKSet(current(now).keys().stream().filter(key -> key.times().published(now))
                .map(StoredKeys.Stored::key).toList()));
    }

    /** Id of the key that signs now: known beforehand, so that all replicas change over at the same moment. */
    public String signing() {
        Instant now = time.instant();
        return RotationRules.signing(current(now).keys().stream().map(StoredKeys.Stored::times).toList(), now)
                .map(KeyTimes::kid).orElseThrow(() -> new IllegalStateException("No key may sign"));
    }

    /** The keys have changed: read them anew. */
    void forget() {
        known = null;
    }

    private Known current(Instant now) {
        Known last = known;
        if (last == null || !last.within(HOLDS, now)) {
            return read(now);
        }
        return last.within(FRESH, now) ? last : readOr(last, now);
    }

    /** Nobody but one waits for a database that is away. */
    private Known readOr(Known last, Instant now) {
        if (!reading.tryLock()) {
            return last;
        }
        try {
            return read(now);
        } catch (DataAccessException away) {
            LOG.warn("The signing keys cannot be read, the last ones are used: {}", away.getMessage());
            return last;
        } finally {
            reading.unlock();
        }
    }

    private Known read(Instant now) {
        Known fresh = new Known(stored.published(now), now);
        if (fresh.keys().isEmpty()) {
            throw new IllegalStateException("There is no signing key");
        }
        known = fresh;
        return fresh;
    }

    private void makeFirst() {
        stored.lock();
        Instant now = time.instant();
        if (stored.times().stream().noneMatch(key -> key.published(now))) {
            stored.make(now);
        }
    }
}
