package cn.cityapis.policy.search;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps this replica's index up with the database: asks every half second what has changed. Each replica follows by itself,
 * so there is no lock. An index of another database, or one ahead of it (restored from a backup), is built anew.
 */
@Component
class FollowCorpus {

    private static final Logger LOG = LoggerFactory.getLogger(FollowCorpus.class);
    private static final int BATCH = 200;

    private final Changes changes;
    private final ArticleIndex index;
    private final IndexThreads threads;
    private final AtomicReference<Changes.@org.jspecify.annotations.Nullable Position> reached = new AtomicReference<>();

    FollowCorpus(Changes changes, ArticleIndex index, IndexThreads threads) {
        this.changes = changes;
        this.index = index;
        this.threads = threads;
    }

    @Scheduled(fixedDelayString = "${policy.index-poll:PT0.5S}")
    Mono<Void> follow() {
        return threads.call(() -> Optional.ofNullable(reached.get()).or(index::position))
                .flatMap(from -> changes.now().flatMap(now -> follow(from, now))).onErrorResume(error -> {
                    LOG.warn("the index could not follow the database: {}", error.toString());
                    return Mono.empty();
                });
    }

    private Mono<Void> follow(Optional<Changes.Position> from, Changes.Position now) {
        boolean anew = from.isEmpty() || !from.get().corpus().equals(now.corpus())
                || from.get().transaction() > now.transaction();
        long since = anew ? 0 : from.orElseThrow().transaction();
        return (anew ? threads.call(() -> {
            index.clear();
            return true;
        }) : Mono.just(true)).then(changes.since(since)).flatMap(works -> takeOver(works, now, anew));
    }

    private Mono<Void> takeOver(List<UUID> works, Changes.Position now, boolean anew) {
        if (!anew && works.isEmpty() && index.complete()) {
            reached.set(now);
            return Mono.empty();
        }
        return Flux.fromIterable(works).buffer(BATCH)
                .concatMap(batch -> changes.read(batch).flatMap(documents -> threads.call(() -> {
                    index.put(documents);
                    return documents.size();
                }))).then(threads.call(() -> {
                    if (!index.complete()) {
                        index.warm();
                    }
                    index.publish(now);
                    reached.set(now);
                    return now;
                })).then();
    }
}
