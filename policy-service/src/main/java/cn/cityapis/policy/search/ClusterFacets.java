package cn.cityapis.policy.search;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import cn.cityapis.policy.search.SearchAnswer.Count;
import cn.cityapis.policy.text.Status;
import tools.jackson.databind.JsonNode;

/** Counts documents, not articles, by what they are, as {@link Facets} does it here; large numbers are estimates. */
final class ClusterFacets {

    private static final int MOST_VALUES = 20;
    /** Numbers of documents up to this are exact. */
    private static final int EXACT = 3_000;
    private static final int FIRST_YEAR = 1949;
    private static final int YEARS_AHEAD = 20;
    private static final Map<String, Object> WORKS = Map.of("works",
            Map.of("cardinality", Map.of("field", "d.workId", "precision_threshold", EXACT)));

    private ClusterFacets() {
    }

    static Map<String, Object> asked(LocalDate today) {
        Map<String, Object> facets = new LinkedHashMap<>();
        facets.put("issuer", values("d.organFacet"));
        facets.put("topic", values("d.topicFacet"));
        facets.put("kind", values("d.kindFacet"));
        Map<String, Object> statuses = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            statuses.put(status.code(), QueryJson.of(Queries.status(status, today)));
        }
        facets.put("status", counted("filters", Map.of("filters", statuses)));
        List<Object> years = new ArrayList<>();
        for (int year = FIRST_YEAR; year <= today.getYear() + YEARS_AHEAD; year++) {
            years.add(Map.of("key", String.valueOf(year), "from", LocalDate.of(year, 1, 1).toEpochDay(), "to",
                    LocalDate.of(year + 1, 1, 1).toEpochDay()));
        }
        facets.put("year", counted("range", Map.of("field", "n.issuedDay", "ranges", years)));
        return facets;
    }

    private static Map<String, Object> values(String field) {
        return counted("terms", Map.of("field", field, "size", MOST_VALUES, "order",
                List.of(Map.of("works", "desc"), Map.of("_key", "asc"))));
    }

    private static Map<String, Object> counted(String kind, Map<String, Object> what) {
        return Map.of(kind, what, "aggs", WORKS);
    }

    static Map<String, List<Count>> read(JsonNode aggregations) {
        Map<String, List<Count>> facets = new LinkedHashMap<>();
        for (String name : List.of("issuer", "topic", "kind", "status", "year")) {
            List<Count> counts = new ArrayList<>();
            JsonNode buckets = aggregations.path(name).path("buckets");
            if (buckets.isObject()) {
                buckets.properties().forEach(bucket -> count(counts, bucket.getKey(), bucket.getValue()));
            } else {
                buckets.forEach(bucket -> count(counts, bucket.path("key").asString(), bucket));
            }
            facets.put(name, counts.stream()
                    .sorted(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::value))
                    .limit(MOST_VALUES).toList());
        }
        return facets;
    }

    private static void count(List<Count> counts, String value, JsonNode bucket) {
        long works = bucket.at("/works/value").asLong();
        if (works > 0) {
            counts.add(new Count(value, works));
        }
    }
}
