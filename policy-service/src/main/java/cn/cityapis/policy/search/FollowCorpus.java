package cn.cityapis.policy.search;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import cn.cityapis.policy.load.LoadAtStart;
import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps this replica's index up with the database, after each change it hears of. Each replica follows by itself, so there
 * is no lock. An index of another database, or of a history that this one does not have (restored from a backup), is
 * withdrawn and built anew; one that was lost or damaged is built anew while the old state is shown.
 */
@Component
@OnLucene
class FollowCorpus {

    private static final Logger LOG = LoggerFactory.getLogger(FollowCorpus.class);
    private static final int BATCH = 200;
    /**
     * Cutting text into words costs most of it: one batch for each core. Their order does not matter, but none may still be
     * at work when the next round begins, which could read something newer: so errors wait.
     */
    private static final int AT_ONCE = Runtime.getRuntime().availableProcessors();
    /** Changes that come close together are taken over together; while a large load runs, as long as the last round took. */
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(600);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);

    private final Changes changes;
    private final ArticleIndex index;
    private final IndexThreads threads;
    private final CorpusSignals signals;
    private final LoadAtStart start;
    private final Duration retry;
    private final AtomicBoolean caughtUp = new AtomicBoolean();
    /** When those set aside are tried again; at the start at once, because the release may be another one. */
    private volatile long retryAt = System.nanoTime();
    private final Disposable.Swap following = Disposables.swap();

    FollowCorpus(Changes changes, ArticleIndex index, IndexThreads threads, CorpusSignals signals, LoadAtStart start,
            @Value("${policy.index-retry:PT10M}") Duration retry) {
        this.changes = changes;
        this.index = index;
        this.threads = threads;
        this.signals = signals;
        this.start = start;
        this.retry = retry;
    }

    @EventListener(ApplicationStartedEvent.class)
    void begin() {
        following.update(signals.all().onBackpressureLatest().concatMap(signal -> round(), 1).subscribe());
    }

    @PreDestroy
    void stop() {
        following.dispose();
    }

    /** Whether a search has once shown all that must be there from the start. */
    boolean caughtUp() {
        return caughtUp.get();
    }

    /** How many documents are missing, or shown as they were before, because Lucene refuses them. */
    int setAside() {
        return index.setAside().size();
    }

    private Mono<Void> round() {
        return Mono.defer(() -> {
            long begun = System.nanoTime();
            return follow().then(Mono.fromSupplier(() -> pause(Duration.ofNanos(System.nanoTime() - begun))));
        }).onErrorResume(error -> {
            // no run of a scheduler: an alert knows of it by the log alone
            LOG.error("the index could not follow the database: {}", error.toString());
            return Mono.just(PAUSE_AFTER_ERROR);
        }).flatMap(Mono::delay).then();
    }

    private static Duration pause(Duration took) {
        Duration longer = took.compareTo(PAUSE) > 0 ? took : PAUSE;
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }

    private Mono<Void> follow() {
        return caughtUp.get()
                ? catchUp()
                : start.settled().flatMap(settled -> catchUp()
                        .then(Mono.fromRunnable(() -> caughtUp.set(settled))));
    }

    private Mono<Void> catchUp() {
        return threads.call(this::from).flatMap(from -> from.isEmpty()
                ? changes.now().flatMap(now -> takeOver(0, now))
                : goOn(from.get()));
    }

    private Optional<Changes.Position> from() {
        if (!index.sound()) {
            index.mend();
        }
        return index.position();
    }

    private Mono<Void> goOn(Changes.Position from) {
        return changes.now().zipWhen(now -> changes.leadTo(from)).flatMap(read -> {
            Changes.Position now = read.getT1();
            boolean same = read.getT2() && from.corpus().equals(now.corpus())
                    && from.transaction() <= now.transaction();
            return same ? takeOver(from.transaction(), now) : startOver(now);
        });
    }

    private Mono<Void> startOver(Changes.Position now) {
        LOG.warn("the database has another history than the index (restored, or another one): the index is built anew");
        return threads.call(() -> {
            index.startOver();
            return true;
        }).then(takeOver(0, now));
    }

    private Mono<Void> takeOver(long since, Changes.Position now) {
        return changes.since(since).map(this::withSetAside)
                .flatMap(works -> works.isEmpty() && since > 0 && index.showsLatest()
                        ? threads.call(() -> {
                            index.reached(now);
                            return now;
                        }).then()
                        : put(works).then(threads.call(() -> publish(now))).then());
    }

    /** From time to time what was refused before is tried again with what has changed. */
    private List<UUID> withSetAside(List<UUID> changed) {
        Set<UUID> aside = index.setAside();
        if (aside.isEmpty() || System.nanoTime() - retryAt < 0) {
            return changed;
        }
        retryAt = System.nanoTime() + retry.toNanos();
        LOG.warn("{} documents that could not be indexed are tried again", aside.size());
        Set<UUID> all = new LinkedHashSet<>(changed);
        all.addAll(aside);
        return List.copyOf(all);
    }

    private Mono<Void> put(List<UUID> works) {
        return Flux.fromIterable(works).buffer(BATCH)
                .flatMapDelayError(batch -> changes.read(batch).flatMap(documents -> threads.call(() -> {
                    index.put(documents);
                    return documents.size();
                })), AT_ONCE, 1).then();
    }

    private Changes.Position publish(Changes.Position now) {
        if (!index.complete()) {
            index.warm();
        }
        index.publish(now);
        return now;
    }
}
