package cn.cityapis.identity.keys;

import cn.cityapis.identity.clients.TokenLife;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes, retires and destroys keys in time. One replica at a time; what the first has done, the others find done. */
@Component
public class RotateKeys {

    private static final Logger LOG = LoggerFactory.getLogger(RotateKeys.class);

    private final StoredKeys stored;
    private final SigningKeys keys;
    private final RotationSettings settings;
    private final TokenLife life;
    private final TransactionTemplate transaction;
    private final InstantSource time;

    RotateKeys(StoredKeys stored, SigningKeys keys, RotationSettings settings, TokenLife life,
            TransactionTemplate transaction, InstantSource time) {
        this.stored = stored;
        this.keys = keys;
        this.settings = settings;
        this.life = life;
        this.transaction = transaction;
        this.time = time;
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    public void keepUp() {
        transaction.executeWithoutResult(status -> {
            stored.lock();
            Instant now = time.instant();
            RotationRules.next(stored.times(), now, settings).ifPresent(this::publish);
            retire();
            stored.deleteRetired(now).forEach(kid -> LOG.info("Signing key {} is retired and destroyed", kid));
            forget();
        });
    }

    /** The keys that are published, the newest first. */
    public List<KeyTimes> list() {
        Instant now = time.instant();
        return stored.times().stream().filter(key -> key.published(now)).toList();
    }

    /**
     * Publishes the next key before its time.
     *
     * @param ahead until it signs; null: as the settings have it
     * @return empty if the next one is published already
     */
    public Optional<KeyTimes> next(@Nullable Duration ahead) {
        return Objects.requireNonNull(transaction.execute(status -> {
            stored.lock();
            Instant now = time.instant();
            if (RotationRules.newest(stored.times()).signsFrom().isAfter(now)) {
                return Optional.empty();
            }
            KeyTimes next = publish(now.plus(ahead == null ? settings.ahead() : ahead));
            retire();
            forget();
            return Optional.of(next);
        }));
    }

    /**
     * Ends a key at once, for it may be in foreign hands: its tokens are worth nothing from now on. If it was
     * the one that signs, a new one does, never the one before, which is about to retire. If it was the next one, the
     * one that signs goes on.
     *
     * @return false if there is no such key
     */
    public boolean withdraw(String kid) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            stored.lock();
            Instant now = time.instant();
            boolean signing = RotationRules.signing(stored.times(), now).filter(key -> key.kid().equals(kid))
                    .isPresent();
            boolean deleted = stored.delete(kid);
            if (signing) {
                publish(now);
            }
            RotationRules.staying(stored.times()).ifPresent(stored::stay);
            forget();
            return deleted;
        }));
    }

    private KeyTimes publish(Instant signsFrom) {
        String kid = stored.make(signsFrom);
        LOG.info("Signing key {} is published and signs from {}", kid, signsFrom);
        return new KeyTimes(kid, signsFrom, null);
    }

    /** Not before others can see what has changed: the caller's transaction may go on. */
    private void forget() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                keys.forget();
            }
        });
    }

    private void retire() {
        RotationRules.retirements(stored.times(), life.longest(), settings).forEach(stored::retire);
    }
}
