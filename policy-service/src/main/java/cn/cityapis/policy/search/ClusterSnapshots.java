package cn.cityapis.policy.search;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

import cn.cityapis.policy.opensearch.OpenSearchClient;
import cn.cityapis.policy.opensearch.OpenSearchException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * States of the index that searches read: all of one search the same, and for some minutes those that somebody is paging
 * through. One state serves everybody until something new is published. A state that is gone, or another replica's, is
 * replaced by the latest.
 */
final class ClusterSnapshots {

    /** How long something published may wait for the first search that sees it. */
    static final Duration FRESH = Duration.ofMillis(250);
    private static final String KEPT = "5m";
    /** Nodes hold 300 of them at most unless told otherwise. */
    private static final int MOST_KEPT = 60;
    private static final Duration STILL_READ = Duration.ofSeconds(20);

    /**
     * @param pit  what the cluster calls it (point in time)
     * @param mark of what was published when it was taken
     */
    record Snapshot(String name, String pit, String mark) {

        Map<String, Object> read() {
            return Map.of("id", pit, "keep_alive", KEPT);
        }
    }

    private final OpenSearchClient cluster;
    private final ClusterIndex index;
    private final String replica = UUID.randomUUID().toString().substring(0, 8) + "-";
    private final AtomicLong counter = new AtomicLong();
    private final ConcurrentLinkedDeque<Snapshot> kept = new ConcurrentLinkedDeque<>();
    private final Mono<Snapshot> current;
    private volatile @Nullable Snapshot latest;

    ClusterSnapshots(OpenSearchClient cluster, ClusterIndex index) {
        this.cluster = cluster;
        this.index = index;
        this.current = Mono.defer(this::renewed).cache(found -> FRESH, error -> Duration.ZERO, () -> Duration.ZERO);
    }

    Mono<Snapshot> current() {
        return current;
    }

    Optional<Snapshot> named(String name) {
        return kept.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** A name under which this state can be asked for again. */
    String keep(Snapshot snapshot) {
        if (!kept.contains(snapshot)) {
            kept.addLast(snapshot);
            if (kept.size() > MOST_KEPT) {
                forget(kept.removeFirst());
            }
        }
        return snapshot.name();
    }

    /** Of a state that turned out to be gone. */
    void gone(Snapshot snapshot) {
        kept.remove(snapshot);
        if (snapshot.equals(latest)) {
            latest = null;
        }
    }

    private Mono<Snapshot> renewed() {
        return index.published().flatMap(found -> {
            String mark = found.map(ClusterIndex.Published::mark)
                    .orElseThrow(() -> new OpenSearchException.Missing("no index " + index.alias()));
            Snapshot before = latest;
            return before != null && before.mark().equals(mark) ? Mono.just(before) : take(mark, before);
        });
    }

    private Mono<Snapshot> take(String mark, @Nullable Snapshot before) {
        return cluster.post("/" + index.alias()
                + "/_search/point_in_time?allow_partial_pit_creation=false&keep_alive=" + KEPT, Map.of())
                .map(taken -> {
                    Snapshot snapshot = new Snapshot(replica + counter.incrementAndGet(),
                            taken.path("pit_id").asString(), mark);
                    latest = snapshot;
                    if (before != null && !kept.contains(before)) {
                        forget(before);
                    }
                    return snapshot;
                });
    }

    /** Once those who may still read it have done so; what goes wrong is put right by its end. */
    private void forget(Snapshot snapshot) {
        Mono.delay(STILL_READ).filter(later -> !kept.contains(snapshot) && !snapshot.equals(latest))
                .flatMap(later -> cluster.delete("/_search/point_in_time", Map.of("pit_id", List.of(snapshot.pit()))))
                .subscribe(done -> {
                }, ignored -> {
                });
    }
}
