package cn.cityapis.policy.search;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.policy.search.ClusterIndex.Published;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps the cluster's index up with the database: every replica asks what has changed, one at a time writes it. A missing
 * index, or one of another database or of a history that this one does not have (restored from a backup), is built anew beside what there is, which
 * answers until the new one is whole.
 */
@Component
@OnOpenSearch
class FollowCorpusIntoCluster {

    private static final Logger LOG = LoggerFactory.getLogger(FollowCorpusIntoCluster.class);
    private static final int BATCH = 50;
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(2);
    private static final String JOB = "policy-opensearch";

    private final Changes changes;
    private final ClusterIndex index;
    private final JobLock lock;

    FollowCorpusIntoCluster(Changes changes, ClusterIndex index, JobLock lock) {
        this.changes = changes;
        this.index = index;
        this.lock = lock;
    }

    @Scheduled(fixedDelayString = "${policy.opensearch.poll:PT0.5S}")
    Mono<Void> follow() {
        return wanted().flatMap(wanted -> wanted ? lock.run(JOB, () -> catchUp().thenReturn(true)) : Mono.empty())
                .onErrorResume(error -> Mono.delay(PAUSE_AFTER_ERROR).then(Mono.error(error))).then();
    }

    private Mono<Boolean> wanted() {
        return index.published().flatMap(from -> changes.now().flatMap(now -> anew(from, now)).flatMap(anew -> anew
                ? Mono.just(true)
                : changes.since(from.orElseThrow().position().transaction()).map(works -> !works.isEmpty())));
    }

    private Mono<Boolean> anew(Optional<Published> from, Changes.Position now) {
        return from.isEmpty() || !from.get().position().corpus().equals(now.corpus())
                || from.get().position().transaction() > now.transaction()
                        ? Mono.just(true)
                        : changes.leadTo(from.get().position()).map(same -> !same);
    }

    /** Under the lock: another replica may have done it in the meantime. */
    private Mono<Void> catchUp() {
        return index.published().flatMap(from -> changes.now().flatMap(now -> anew(from, now).flatMap(anew -> anew
                ? build(now)
                : index.refresh(index.alias())
                        .then(changes.since(from.orElseThrow().position().transaction()))
                        .flatMap(works -> put(index.alias(), works, now)))));
    }

    private Mono<Void> build(Changes.Position now) {
        return index.begin().then(changes.since(0)).flatMap(works -> put(index.building(), works, now)
                .then(index.replace())
                .doOnSuccess(done -> LOG.info("the OpenSearch index is complete: {} documents", works.size())));
    }

    private Mono<Void> put(String into, List<UUID> works, Changes.Position now) {
        return Flux.fromIterable(works).buffer(BATCH)
                .concatMap(batch -> changes.read(batch)
                        .flatMap(documents -> index.put(into, documents, now.transaction())))
                .then(index.publish(into, now));
    }
}
