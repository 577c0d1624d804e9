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
    private static final int ARTICLES_SHOWN = 3;
    private static final int COUNTED = 1_000;

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

    Mono<Found> find(Snapshot snapshot, Query query, SearchRequest request) {
        return find(snapshot, QueryJson.of(query), request, FIRST_READ);
    }

    private Mono<Found> find(Snapshot snapshot, Map<String, Object> query, SearchRequest request, int read) {
        // frequencies of the whole index, not of the part an article happens to be in
        return cluster.post("/_search?search_type=dfs_query_then_fetch&allow_partial_search_results=false",
                Map.of("size", read, "pit", snapshot.read(), "query", query, "track_total_hits", COUNTED,
                        "track_scores", true, "_source", false, "sort", sort(request.order())))
                .flatMap(answer -> {
                    JsonNode hits = answer.at("/hits/hits");
                    List<Group> groups = groups(hits, request.order(), request.after(), request.limit());
                    boolean exhausted = hits.size() < read || read == ClusterMapping.LONGEST_RESULT;
                    return groups.size() > request.limit() || exhausted
                            ? Mono.just(found(answer, groups))
                            : find(snapshot, query, request, Math.min(read * 4, ClusterMapping.LONGEST_RESULT));
                });
    }

    private static Found found(JsonNode answer, List<Group> groups) {
        return new Found(groups, answer.at("/hits/total/value").asLong(),
                answer.at("/hits/total/relation").asString().equals("gte"));
    }

    private static List<Object> sort(Order order) {
        List<Object> sort = new ArrayList<>();
        if (order == Order.DATE) {
            sort.add(by("n.issuedDay", "desc", "long"));
        }
        sort.add(Map.of("_score", "desc"));
        sort.add(by("d.workId", "asc", "keyword"));
        sort.add(by("place", "asc", "integer"));
        return sort;
    }

    private static Map<String, Object> by(String field, String order, String type) {
        return Map.of(field, Map.of("order", order, "unmapped_type", type));
    }

    private static List<Group> groups(JsonNode hits, Order order, Optional<Place> after, int limit) {
        int work = order == Order.DATE ? 2 : 1;
        Map<String, Group> byWork = new LinkedHashMap<>();
        for (JsonNode hit : hits) {
            String id = hit.path("sort").path(work).asString();
            Place place = new Place(hit.path("sort").path(0).asDouble(), id);
            Group group = byWork.computeIfAbsent(id, first -> new Group(place, new ArrayList<>()));
            if (group.articles().size() < ARTICLES_SHOWN) {
                group.articles().add(hit.path("_id").asString());
            }
        }
        return byWork.values().stream().filter(group -> after.isEmpty() || group.place().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(Group::place)).limit(limit + 1L).toList();
    }
}
