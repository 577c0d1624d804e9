package cn.cityapis.policy.search;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import cn.cityapis.policy.opensearch.OpenSearchClient;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * What is known here of the words of a cluster's index: the most frequent ones, and whether others stand anywhere. Renewed
 * after a change, seldom enough not to be felt while a large load runs.
 */
final class ClusterLexicon {

    private static final long SELDOM = Duration.ofSeconds(2).toNanos();
    /** What one answer of a cluster may hold; more words than the corpus of a city has. */
    private static final int MOST_WORDS = 60_000;
    private static final int MOST_REMEMBERED = 100_000;

    /**
     * @param at    when it is time for the next
     * @param words of the texts, with the number of articles each stands in
     * @param pairs of characters of the titles, the same
     */
    record Known(String mark, long at, Map<String, Integer> words, Map<String, Integer> pairs, Vocabulary vocabulary) {
    }

    private final OpenSearchClient cluster;
    private final ClusterIndex index;
    private final IndexThreads threads;
    private final AtomicBoolean renewing = new AtomicBoolean();
    /** Words that stand somewhere: what once stood there is seldom taken away. */
    private final Set<String> standing = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Known known;

    ClusterLexicon(OpenSearchClient cluster, ClusterIndex index, IndexThreads threads) {
        this.cluster = cluster;
        this.index = index;
        this.threads = threads;
    }

    Mono<Known> of(ClusterSnapshots.Snapshot snapshot) {
        Known now = known;
        if (now == null) {
            return read(snapshot);
        }
        boolean due = !now.mark().equals(snapshot.mark()) && System.nanoTime() - now.at() >= SELDOM;
        return due && renewing.compareAndSet(false, true)
                ? read(snapshot).doFinally(done -> renewing.set(false))
                : Mono.just(now);
    }

    private Mono<Known> read(ClusterSnapshots.Snapshot snapshot) {
        long begun = System.nanoTime();
        return count(snapshot, "d.words").zipWhen(words -> count(snapshot, "d.titlePairs"))
                .flatMap(read -> threads.call(() -> {
                    Map<String, Integer> words = counts(read.getT1());
                    Vocabulary vocabulary = Vocabulary.of(words);
                    // what took long is done more seldom
                    long took = System.nanoTime() - begun;
                    Known renewed = new Known(snapshot.mark(), begun + took * 10, words, counts(read.getT2()),
                            vocabulary);
                    known = renewed;
                    return renewed;
                }));
    }

    private Mono<JsonNode> count(ClusterSnapshots.Snapshot snapshot, String field) {
        return cluster.post("/_search", Map.of("size", 0, "pit", snapshot.read(), "track_total_hits", false, "aggs",
                Map.of("values", Map.of("terms", Map.of("field", field, "size", MOST_WORDS)))));
    }

    private static Map<String, Integer> counts(JsonNode answer) {
        Map<String, Integer> counts = new HashMap<>();
        answer.at("/aggregations/values/buckets")
                .forEach(bucket -> counts.put(bucket.path("key").asString(), bucket.path("doc_count").asInt()));
        return counts;
    }

    /** Answers what is known here, and collects what is not, so that it can be asked for all at once. */
    final class Asked implements Frequencies {

        private final Known known;
        private final Map<String, Boolean> answered = new HashMap<>();
        private final Set<String> open = new LinkedHashSet<>();

        Asked(Known known) {
            this.known = known;
        }

        @Override
        public int of(String field, String word) throws IOException {
            if (field.equals("text" + Analysis.WORD) && known.words().containsKey(word)) {
                return known.words().get(word);
            }
            if (field.equals("title" + Analysis.BIGRAM) && word.length() == 2) {
                return known.pairs().getOrDefault(word, 0);
            }
            String term = field + "\n" + word;
            if (field.equals("text" + Analysis.WORD) && word.chars().allMatch(Characters::han)) {
                return 0;
            }
            if (standing.contains(term)) {
                return 1;
            }
            if (!answered.containsKey(term)) {
                open.add(term);
            }
            return answered.getOrDefault(term, false) ? 1 : 0;
        }

        /** Asks for what could not be answered; false where there was nothing. */
        Mono<Boolean> ask() {
            if (open.isEmpty()) {
                return Mono.just(false);
            }
            List<String> terms = List.copyOf(open);
            open.clear();
            return cluster.lines("/_msearch", lines(terms)).map(answer -> {
                for (int i = 0; i < terms.size(); i++) {
                    boolean stands = answer.at("/responses/" + i + "/hits/total/value").asInt(0) > 0;
                    answered.put(terms.get(i), stands);
                    if (stands && standing.size() < MOST_REMEMBERED) {
                        standing.add(terms.get(i));
                    }
                }
                return true;
            });
        }

        private List<Object> lines(List<String> terms) {
            List<Object> lines = new ArrayList<>();
            for (String term : terms) {
                String[] parts = term.split("\n", 2);
                lines.add(Map.of("index", index.alias()));
                lines.add(Map.of("size", 0, "terminate_after", 1, "query",
                        Map.of("term", Map.of(QueryJson.field(parts[0]), parts[1]))));
            }
            return lines;
        }
    }
}
