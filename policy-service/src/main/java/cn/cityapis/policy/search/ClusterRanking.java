package cn.cityapis.policy.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import cn.cityapis.policy.opensearch.OpenSearchClient;
import cn.cityapis.policy.search.ClusterSnapshots.Snapshot;
import cn.cityapis.policy.search.SearchRequest.Order;
import cn.cityapis.policy.search.SearchRequest.Place;
import org.apache.lucene.search.Query;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The best articles of a cluster's index, grouped by document, as {@link Ranking} does it here. */
final class ClusterRanking {

    private static final int FIRST_READ = 200;
    private static final int COUNTED = 1_000;

    /** @param rank its score, or its day */
    private record Hit(String id, String work, double rank) {
    }

    /** A document with the ids of its best articles. */
    record Group(Place place, List<String> articles) {
    }

    /** @param groups one more than asked for where there is a further page */
    record Found(List<Group> groups, long articles, boolean atLeast) {
    }

    private final OpenSearchClient cluster;

    ClusterRanking(OpenSearchClient cluster) {
        this.cluster = cluster;
    }

    /** @param candidates finds articles quickly, @param whole says how well they answer */
    Mono<Found> find(Snapshot snapshot, Query candidates, Query whole, SearchRequest request) {
        return find(snapshot, QueryJson.of(candidates), QueryJson.of(whole), request, FIRST_READ);
    }

    private Mono<Found> find(Snapshot snapshot, Map<String, Object> candidates, Map<String, Object> whole,
            SearchRequest request, int read) {
        boolean byDate = request.order() == Order.DATE;
        return search(snapshot, candidates, sort(byDate), read).flatMap(answer -> {
            List<Hit> hits = hits(answer, byDate);
            return (byDate || hits.isEmpty() ? Mono.just(hits) : closely(snapshot, hits, whole)).flatMap(ranked -> {
                List<Group> groups = groups(ranked, byDate, request.after(), request.limit());
                boolean exhausted = hits.size() < read || read == ClusterMapping.LONGEST_RESULT;
                return groups.size() > request.limit() || exhausted
                        ? Mono.just(found(answer, groups))
                        : find(snapshot, candidates, whole, request,
                                Math.min(read * 4, ClusterMapping.LONGEST_RESULT));
            });
        });
    }

    /** Orders the first candidates by the whole query, as {@link Ranking#closely} does. */
    private Mono<List<Hit>> closely(Snapshot snapshot, List<Hit> hits, Map<String, Object> whole) {
        List<Hit> first = hits.subList(0, Math.min(Ranking.LOOKED_AT, hits.size()));
        List<Hit> behind = hits.subList(first.size(), hits.size());
        Map<String, Object> these = Map.of("bool", Map.of("filter",
                List.of(Map.of("ids", Map.of("values", first.stream().map(Hit::id).toList()))), "should",
                List.of(whole)));
        return search(snapshot, these, sort(false), first.size()).map(answer -> {
            List<Hit> ranked = new ArrayList<>(hits(answer, false));
            double scale = ranked.getLast().rank() / first.getLast().rank();
            behind.forEach(hit -> ranked.add(new Hit(hit.id(), hit.work(), hit.rank() * scale)));
            return ranked;
        });
    }

    private Mono<JsonNode> search(Snapshot snapshot, Map<String, Object> query, List<Object> sort, int read) {
        // frequencies of the whole index, not of the part an article happens to be in
        return cluster.post("/_search?search_type=dfs_query_then_fetch&allow_partial_search_results=false",
                Map.of("size", read, "pit", snapshot.read(), "query", query, "track_total_hits", COUNTED,
                        "track_scores", true, "_source", false, "sort", sort));
    }

    private static List<Hit> hits(JsonNode answer, boolean byDate) {
        List<Hit> hits = new ArrayList<>();
        answer.at("/hits/hits").forEach(hit -> hits.add(new Hit(hit.path("_id").asString(),
                hit.path("sort").path(1).asString(), hit.path("sort").path(0).asDouble())));
        return hits;
    }

    private static Found found(JsonNode answer, List<Group> groups) {
        return new Found(groups, answer.at("/hits/total/value").asLong(),
                answer.at("/hits/total/relation").asString().equals("gte"));
    }

    /** As a {@link Place} is ordered, so that what was not read stands behind what was. */
    private static List<Object> sort(boolean byDate) {
        Map<String, Object> score = Map.of("_score", "desc");
        Map<String, Object> work = by("d.workId", "asc", "keyword");
        Map<String, Object> place = by("place", "asc", "integer");
        return byDate ? List.of(by("n.issuedDay", "desc", "long"), work, score, place) : List.of(score, work, place);
    }

    private static Map<String, Object> by(String field, String order, String type) {
        return Map.of(field, Map.of("order", order, "unmapped_type", type));
    }

    private static List<Group> groups(List<Hit> hits, boolean byDate, Optional<Place> after, int limit) {
        Map<String, Group> byWork = new LinkedHashMap<>();
        for (Hit hit : hits) {
            Group group = byWork.computeIfAbsent(hit.work(),
                    first -> new Group(new Place(hit.rank(), hit.work()), new ArrayList<>()));
            boolean worth = byDate || hit.rank() >= group.place().rank() * Ranking.WORTH_SHOWING;
            if (worth && group.articles().size() < Ranking.ARTICLES_SHOWN) {
                group.articles().add(hit.id());
            }
        }
        return byWork.values().stream().filter(group -> after.isEmpty() || group.place().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(Group::place)).limit(limit + 1L).toList();
    }
}
